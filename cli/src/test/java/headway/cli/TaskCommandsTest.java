package headway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headway.io.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Commands over the goldens of `testkit/goldens/tasks.py`; the numbers themselves are held against the
/// pipelines' in
/// the module of tasks.
class TaskCommandsTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "tasks");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Headway.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private static String golden(String name) {
        return GOLDENS.resolve(name).toString();
    }

    private static JsonNode first(String name, String task) {
        for (JsonNode c : Json.read(GOLDENS.resolve(name).resolve("cases.json"))) {
            if (c.path("task").asString("").equals(task)) {
                return c;
            }
        }
        throw new IllegalStateException(name);
    }

    private List<JsonNode> lines() {
        return out.toString().lines().map(l -> Json.parse(l, "output")).toList();
    }

    @Test
    void rowsOfAParquetFileAreTexts() {
        Path tables = Path.of("..", "testkit", "goldens", "parquet");
        String model = golden("classify-bert");
        assertThat(run(
                        "classify",
                        model,
                        "--file",
                        tables.resolve("texts.jsonl").toString(),
                        "--json"))
                .as(err.toString())
                .isZero();
        String expected = out.toString();
        assertThat(expected.lines()).hasSize(9).last().asString().contains("\"id\":\"t8\",\"text\":\"the cat sat\"");
        assertThat(run(
                        "classify",
                        model,
                        "--file",
                        tables.resolve("texts.parquet").toString(),
                        "--json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo(expected);
        String rows = tables.resolve("rows-zstd.parquet").toString();
        assertThat(run("classify", model, "--file", rows)).isEqualTo(1);
        assertThat(err.toString()).contains("[input] " + rows + " row 3: no text field 'text'; expected {\"text\": …}");
    }

    @Test
    void fillMaskPrintsGuessesAndJson() {
        JsonNode c = first("fill-bert", "fill-mask");
        String text = c.path("input").stringValue();
        assertThat(run("fill-mask", golden("fill-bert"), "--text", text, "--json"))
                .as(err.toString())
                .isZero();
        JsonNode guess = lines().getFirst().path("masks").path(0).path(0);
        assertThat(guess.propertyNames()).containsExactly("score", "token", "tokenStr", "sequence");
        assertThat(guess.path("sequence")).isEqualTo(c.path("output").path(0).path("sequence"));
        assertThat(run("fill-mask", golden("fill-bert"), "--text", text, "--top-k", "3"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(out.toString())
                .contains(c.path("output").path(0).path("sequence").stringValue());
    }

    @Test
    void classifyReadsLinesPairsAndStandardFields() throws IOException {
        Path file = folder.resolve("in.jsonl");
        Files.writeString(file, """
                {"id": 7, "text": "Speak, speak."}
                {"text": "We know't.", "text_pair": "You are"}
                """);
        assertThat(run("classify", golden("classify-bert"), "--file", file.toString(), "--json", "--top-k", "0"))
                .as(err.toString())
                .isZero();
        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst().path("id").asInt()).isEqualTo(7);
        assertThat(lines().getFirst().path("labels")).hasSize(3);
        double with = lines().get(1).path("labels").path(0).path("score").asDouble();
        assertThat(run("classify", golden("classify-bert"), "--text", "We know't.", "--json"))
                .isZero();
        assertThat(lines().getFirst().path("labels").path(0).path("score").asDouble())
                .isNotCloseTo(with, within(1e-6));
        assertThat(run("classify", golden("classify-bert"), "--text", "x", "--function", "softmux"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--function softmux; expected one of automatic, softmax, sigmoid, none");
    }

    @Test
    void anInterruptedFileGoesOnWhereItStopped() throws IOException {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 700; i++) {
            texts.add("{\"text\": \"we know it %d, speak\"}".formatted(1000 + i));
        }
        Path whole = folder.resolve("whole.jsonl");
        Files.write(whole, texts);
        Path expected = folder.resolve("expected.jsonl");
        String model = golden("embed-bert");
        assertThat(run("embed", model, "--file", whole.toString(), "--json", "--output", expected.toString()))
                .isZero();
        assertThat(Files.readAllLines(expected)).hasSize(700);

        // A line that cannot be read stops the second piece; the file is mended, and nothing is done twice.
        Path input = folder.resolve("in.jsonl");
        var broken = new ArrayList<>(texts);
        broken.set(600, broken.get(600).replace('{', '['));
        Files.write(input, broken);
        Path output = folder.resolve("out.jsonl");
        assertThat(run("embed", model, "--file", input.toString(), "--json", "--output", output.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("in.jsonl, line 601");
        assertThat(output).doesNotExist();
        Path part = folder.resolve("out.jsonl.part");
        assertThat(Files.readAllLines(part)).hasSize(512);
        // What was written behind the last whole piece when the power went is cut off.
        Files.writeString(part, Files.readString(part) + "{\"text\": \"hal");
        Files.write(input, texts);
        assertThat(run("embed", model, "--file", input.toString(), "--json", "--output", output.toString(), "--resume"))
                .as(err.toString())
                .isZero();
        assertThat(output).hasSameTextualContentAs(expected);
        assertThat(part).doesNotExist();
        assertThat(folder.resolve("out.jsonl.part.json")).doesNotExist();

        assertThat(run("embed", model, "--file", input.toString(), "--output", output.toString(), "--resume"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is whole already");
    }

    @Test
    void anotherJobIsNotGoneOnWith() throws IOException {
        Path input = folder.resolve("in.txt");
        Files.writeString(input, "Speak\n");
        Path output = folder.resolve("out.txt");
        Files.writeString(folder.resolve("out.txt.part"), "x\n");
        Files.writeString(
                folder.resolve("out.txt.part.json"), "{\"job\": \"embed other\", \"texts\": 1, \"bytes\": 2}");
        assertThat(run(
                        "classify",
                        golden("classify-bert"),
                        "--file",
                        input.toString(),
                        "--output",
                        output.toString(),
                        "--resume"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("was begun by another call: embed other");
        assertThat(run("classify", golden("classify-bert"), "--text", "x", "--resume"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--resume needs --file FILE and --output FILE");
    }

    @Test
    void textsThatAreTooLongSaySo() {
        String text = "speak ".repeat(200);
        assertThat(run("classify", golden("classify-bert"), "--text", text)).isEqualTo(1);
        assertThat(err.toString()).startsWith("headway: [classify] text 1 has ").contains("--truncate");
        assertThat(run("classify", golden("classify-bert"), "--text", text, "--truncate"))
                .isZero();
    }

    @Test
    void otherTasksAreNamedWhereTheHeadCannot() {
        assertThat(run("answer", golden("classify-bert"), "--text", "Who?")).isEqualTo(1);
        assertThat(err.toString()).contains("this checkpoint can: classify, rerank, embed");
    }

    @Test
    void tagAnswerRerankAndScorePrint() throws IOException {
        JsonNode tags = first("tag-bert", "token-classification");
        assertThat(run(
                        "tag",
                        golden("tag-bert"),
                        "--text",
                        tags.path("input").stringValue(),
                        "--aggregation",
                        "none",
                        "--json"))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("entities"))
                .hasSize(tags.path("output").size());

        JsonNode asked = first("answer-bert", "question-answering");
        Path context = folder.resolve("context.txt");
        Files.writeString(context, asked.path("input").path("context").stringValue());
        String question = asked.path("input").path("question").stringValue();
        assertThat(run("answer", golden("answer-bert"), "--text", question, "--context", context.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains(asked.path("output").path("answer").stringValue());
        assertThat(run("answer", golden("answer-bert"), "--text", question)).isEqualTo(1);
        assertThat(err.toString()).contains("has no text to answer it; give --context FILE");
        // Rows to learn from are asked as they are.
        Path rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, asked.path("input") + "\n{\"query\":\"Who?\"}\n");
        assertThat(run("answer", golden("answer-bert"), "--file", rows.toString(), "--json"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("rows.jsonl, line 2: no text field 'text'; expected {\"text\": …}");
        // As an editor on Windows saves them, and as nobody should.
        Path marked = folder.resolve("marked.jsonl.gz");
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(marked))) {
            out.write(("\uFEFF" + asked.path("input") + "\r\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(run("answer", golden("answer-bert"), "--file", marked.toString(), "--json"))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("answers").path(0).path("answer"))
                .isEqualTo(asked.path("output").path("answer"));
        assertThat(run("answer", golden("answer-bert"), "--file", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("[text] " + folder + ": is a folder; expected a file");
        Files.writeString(rows, "Who?\n\n");
        Path plain = Files.move(rows, folder.resolve("rows.txt"));
        assertThat(run("answer", golden("answer-bert"), "--file", plain.toString(), "--context", context.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("[answer] question 2 is empty; give both a question and a text");
        Files.writeString(rows, asked.path("input") + "\n");
        assertThat(run("answer", golden("answer-bert"), "--file", rows.toString(), "--json"))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("answers").path(0).path("answer"))
                .isEqualTo(asked.path("output").path("answer"));

        assertThat(run("rerank", golden("rerank-bert"), "--query", "Who?", "--text", "We", "--text", "Speak", "--json"))
                .isZero();
        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst().path("score").asDouble())
                .isGreaterThan(lines().get(1).path("score").asDouble());

        JsonNode scored = first("write-gpt2", "score");
        assertThat(run(
                        "score",
                        golden("write-gpt2"),
                        "--text",
                        scored.path("input").stringValue(),
                        "--json"))
                .isZero();
        assertThat(lines().getFirst()
                        .path("tokens")
                        .path(1)
                        .path("logProbability")
                        .asDouble())
                .isCloseTo(scored.path("output").path(0).asDouble(), within(2e-5));
        assertThat(run("score", golden("write-gpt2"), "--file", context.toString()))
                .isZero();
        assertThat(out.toString()).startsWith("perplexity ").contains("bits a token");
    }

    @Test
    void translateAndSummarizeWrite() {
        JsonNode c = first("write-t5", "translation_en_to_de");
        String text = c.path("input").stringValue();
        assertThat(run(
                        "translate",
                        golden("write-t5"),
                        "--text",
                        text,
                        "--source",
                        "en",
                        "--target",
                        "de",
                        "--max-new-tokens",
                        "24",
                        "--json"))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("translation")).isEqualTo(c.path("output"));
        JsonNode s = first("write-bart", "summarization");
        assertThat(run(
                        "summarize",
                        golden("write-bart"),
                        "--text",
                        s.path("input").stringValue()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().strip()).isEqualTo(s.path("output").stringValue());
    }

    @Test
    void attentionWritesAPageThatAsksNobody() throws IOException {
        Path page = folder.resolve("a.html");
        String text = "You are </script><b>resolved.";
        assertThat(run("attention", golden("write-gpt2"), "--text", text, "--out", page.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("importance").contains("8 heads over ");
        String html = Files.readString(page);
        assertThat(html)
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("src=\"")
                .contains("\\u003c");
        assertThat(html.split("</script>", -1)).hasSize(2);
        String data = html.substring(html.indexOf("const data = ") + 13, html.indexOf(";\nconst ink"));
        JsonNode layer = Json.parse(data, "page").path("layers").path(1);
        assertThat(layer.path("heads")).hasSize(4);
        byte[] weights = java.util.Base64.getDecoder()
                .decode(layer.path("heads").path(0).path("weights").stringValue());
        assertThat(weights)
                .hasSize(layer.path("queries").size() * layer.path("keys").size());
        // The first token sees itself alone.
        assertThat(weights[0] & 0xFF).isEqualTo(255);
        assertThat(weights[1]).isZero();
        assertThat(run("attention", golden("write-gpt2"), "--text", text, "--json"))
                .isZero();
        assertThat(lines()).hasSize(8);
    }

    @Test
    void transcribeWritesSubtitles() throws IOException {
        Path sound = folder.resolve("tone.wav");
        float[] samples = new float[24000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.sin(0.1 * i);
        }
        new headway.io.audio.Sound(samples, 16000).writeWav(sound);
        Path output = folder.resolve("tone.srt");
        String model = golden("transcribe-whisper");
        assertThat(run("transcribe", model, sound.toString(), "--format", "srt", "--output", output.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(output)).startsWith("1\n00:00:0").contains(" --> ");
        assertThat(run("transcribe", model, sound.toString(), sound.toString(), "--json"))
                .isZero();
        assertThat(lines()).hasSize(2);
        assertThat(lines().getFirst().propertyNames()).containsExactly("file", "language", "text", "segments");
        String plain = lines().getFirst().path("text").stringValue();
        String[] silent = {"--logprob-threshold", "0", "--no-speech-threshold", "0", "--temperature", "0,0.5"};
        assertThat(run(Stream.concat(Stream.of("transcribe", model, sound.toString(), "--json"), Stream.of(silent))
                        .toArray(String[]::new)))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("segments").size()).isZero();
        assertThat(run("transcribe", model, sound.toString(), "--json", "--prompt", "so speak", "--temperature", "0"))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("text").stringValue()).isNotEqualTo(plain);
        assertThat(run("transcribe", model, sound.toString(), "--no-speech-threshold", "0.5"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no_speech_threshold=0.5 without logprob_threshold");
        Files.writeString(sound, "no sound");
        assertThat(run("transcribe", model, sound.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("tone.wav");
    }

    @Test
    void picturesAreClassifiedAndMatched() {
        JsonNode c = first("see-vit", "image-classification");
        String picture = GOLDENS.resolve("pictures")
                .resolve(c.path("input").stringValue())
                .toString();
        assertThat(run("classify-image", golden("see-vit"), picture, "--json"))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("labels").path(0).path("label"))
                .isEqualTo(c.path("output").path(0).path("label"));
        JsonNode said = first("caption-vit-gpt2", "image-to-text");
        assertThat(run("caption", golden("caption-vit-gpt2"), picture, "--max-new-tokens", "10", "--json"))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("caption").stringValue())
                .isEqualTo(said.path("output").stringValue().strip());
        assertThat(run("caption", golden("caption-vit-gpt2"), picture, picture, "--max-new-tokens", "10"))
                .isZero();
        String line = picture + ": " + said.path("output").stringValue().strip();
        assertThat(out.toString()).isEqualToNormalizingNewlines(line + "\n" + line + "\n");
        assertThat(run("match", golden("see-clip"), picture, picture, "--label", "citizen", "--label", "sea"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines()).hasSize(6);
        assertThat(run("classify-image", golden("see-clip"), picture)).isEqualTo(1);
        assertThat(err.toString()).contains("this checkpoint can: match");
        assertThat(run("classify-image", golden("see-vit"), golden("see-vit") + "/config.json"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("config.json");
    }

    @Test
    void chatAnswersMessagesAndLines() {
        JsonNode c = first("write-gpt2", "chat");
        String system = c.path("input").path(0).path("content").stringValue();
        String message = c.path("input").path(1).path("content").stringValue();
        String model = golden("write-gpt2");
        assertThat(run(
                        "chat",
                        model,
                        "--system",
                        system,
                        "--message",
                        message,
                        "--max-new-tokens",
                        "8",
                        "--do-sample",
                        "false",
                        "--json"))
                .as(err.toString())
                .isZero();
        assertThat(lines().getFirst().path("content")).isEqualTo(c.path("output"));
        assertThat(lines().getFirst().path("finishReason").stringValue()).isEqualTo("length");
        String answer = c.path("output").stringValue().strip();
        assertThat(chatLines(model, message)).isZero();
        assertThat(out.toString().strip()).isNotEqualTo(answer);
        // A pipe says what a person types, commands included.
        String[] typed = {"/system " + system, "", message, "/forget", message, "/nonsense", "/exit", message};
        assertThat(chatLines(model, String.join("\n", typed))).isZero();
        assertThat(out.toString().strip()).isEqualTo(answer + "\n" + answer);
        assertThat(err.toString()).contains("known: /system TEXT, /forget, /exit");
    }

    private int chatLines(String model, String lines) {
        var before = System.in;
        System.setIn(new java.io.ByteArrayInputStream(lines.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        try {
            return run("chat", model, "--max-new-tokens", "8", "--do-sample", "false");
        } finally {
            System.setIn(before);
        }
    }
}
