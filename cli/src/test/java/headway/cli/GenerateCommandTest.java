package headway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import headway.io.tokenizer.ByteTokenizer;
import headway.models.Pretrained;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GenerateCommandTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "decoders");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        return Headway.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private static String golden(String name) {
        return GOLDENS.resolve(name).toString();
    }

    private static String list(JsonNode ids) {
        return ids.toString().replaceAll("[\\[\\]]", "");
    }

    @Test
    void jsonIsOneDocumentWithTheGoldenIds() {
        JsonNode golden =
                Json.read(GOLDENS.resolve("llama-a").resolve("generate.json")).path(0);
        assertThat(run(
                        "generate",
                        golden("llama-a"),
                        "--ids",
                        list(golden.path("promptIds").path(0)),
                        "--max-new-tokens",
                        "12",
                        "--json"))
                .as(err.toString())
                .isZero();
        JsonNode root = Json.parse(out.toString(), "output");
        assertThat(root.propertyNames())
                .containsExactly("sequences", "promptTokensPerSecond", "tokensPerSecond", "timeToFirstTokenMs");
        JsonNode sequence = root.path("sequences").path(0);
        assertThat(sequence.propertyNames())
                .containsExactly("promptIds", "ids", "text", "finishReason", "logProbability");
        assertThat(sequence.path("ids")).isEqualTo(golden.path("ids").path(0));
        assertThat(sequence.path("promptIds"))
                .isEqualTo(golden.path("promptIds").path(0));
        assertThat(sequence.path("finishReason").asString()).isEqualTo("length");
        assertThat(sequence.path("logProbability").asDouble()).isNegative();
    }

    @Test
    void aBatchOfInputsComesBackInItsOrder() {
        String inputs = GOLDENS.resolve("llama-a").resolve("inputs.safetensors").toString();
        assertThat(run("generate", golden("llama-a"), "--inputs", inputs, "--max-new-tokens", "4", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode sequences = Json.parse(out.toString(), "output").path("sequences");
        assertThat(sequences.size()).isEqualTo(3);
        // Row 1 starts with three paddings, which a prompt of its own does not need.
        JsonNode padded = sequences.path(1);
        assertThat(padded.path("promptIds").size()).isEqualTo(8);
        run("generate", golden("llama-a"), "--ids", list(padded.path("promptIds")), "--max-new-tokens", "4", "--json");
        assertThat(Json.parse(out.toString(), "output")
                        .path("sequences")
                        .path(0)
                        .path("ids"))
                .isEqualTo(padded.path("ids"));
    }

    @Test
    void optionsReachTheSettings() {
        String[] base = {"generate", golden("llama-a"), "--ids", "1,2,3", "--max-new-tokens", "20"};
        assertThat(run(base)).isZero();
        String[] plain = out.toString().strip().split(",");
        assertThat(plain).hasSize(20);
        // Each of the two options names one end token; the second one comes third.
        assertThat(run(with(base, "--eos-token-id", "66", "--eos-token-id", plain[2])))
                .isZero();
        assertThat(out.toString().strip()).isEqualTo(plain[0] + "," + plain[1] + "," + plain[2]);
        assertThat(run(with(base, "--eos-token-id", plain[2] + ",66", "--ignore-eos")))
                .isZero();
        assertThat(out.toString().strip().split(",")).isEqualTo(plain);
        assertThat(run(with(base, "--suppress-tokens", plain[0] + "," + plain[2])))
                .isZero();
        assertThat(out.toString().strip().split(",")).doesNotContain(plain[0], plain[2]);
        assertThat(run(with(base, "--bad-words-ids", "[[3," + plain[0] + "]]"))).isZero();
        assertThat(out.toString()).doesNotStartWith(plain[0] + ",");
        assertThat(run(with(base, "--use-cache", "false"))).isZero();
        assertThat(out.toString().strip().split(",")).isEqualTo(plain);
        String[] sampled = with(base, "--temperature", "1.5", "--seed", "5");
        assertThat(run(sampled)).isZero();
        String first = out.toString();
        assertThat(first.strip().split(",")).isNotEqualTo(plain);
        assertThat(run(sampled)).isZero();
        assertThat(out.toString()).isEqualTo(first);
    }

    private static String[] with(String[] base, String... more) {
        return Stream.concat(Arrays.stream(base), Arrays.stream(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--num-beams 4 --num-beam-groups 2 --diversity-penalty 1 --temperature 0.7 | groups of beams are not drawn: numBeamGroups=2 with sampling",
                "--penalty-alpha 1.6 | penaltyAlpha=1.6; expected more than 0 and at most 1",
                "--decoder-ids 1 | --decoder-ids: LlamaForCausalLM has no encoder; give --ids",
                "--early-stopping perhaps | --early-stopping perhaps; expected true, false or never",
                "--top-p 1.5 | topP=1.5; expected 0 ≤ topP ≤ 1",
                "--num-return-sequences 2 | numReturnSequences=2 with greedy decoding",
                "--bad-words-ids [1] | --bad-words-ids [1]; expected lists of token ids",
                "--prompt text | --ids",
                "--max-new-token 4 | unknown option '--max-new-token'"
            })
    void wrongUsageEndsWithTwo(String options, String message) {
        assertThat(run(with(new String[] {"generate", golden("llama-a"), "--ids", "1,2"}, options.split(" "))))
                .isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void neutralValuesOfLaterOptionsAreNoError() {
        assertThat(run("generate", golden("llama-a"), "--ids", "1,2", "--num-beams", "1", "--length-penalty", "1.0"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void textGoesInAndOut(@TempDir Path folder) {
        try (var model = Pretrained.create(Json.parse("""
                        {"model_type": "llama", "vocab_size": 256, "hidden_size": 16, "intermediate_size": 24,
                         "num_hidden_layers": 1, "num_attention_heads": 2}""", "test"), "test", 3)) {
            model.save(folder);
        }
        new ByteTokenizer().save(folder);
        String[] base = {"generate", folder.toString(), "--prompt", "Hé", "--max-new-tokens", "6"};
        assertThat(run(with(base, "--json"))).as(err.toString()).isZero();
        JsonNode sequence =
                Json.parse(out.toString(), "output").path("sequences").path(0);
        assertThat(list(sequence.path("promptIds"))).isEqualTo("72,195,169");
        assertThat(sequence.path("text").isString()).isTrue();
        assertThat(run(base)).isZero();
        assertThat(out.toString()).isEqualTo(sequence.path("text").stringValue() + System.lineSeparator());
    }

    @Test
    void tokenizeAnswersLineByLine(@TempDir Path folder) {
        new ByteTokenizer().save(folder);
        var in = System.in;
        System.setIn(new ByteArrayInputStream(
                "{\"text\": \"aé\"}\n\n{\"ids\": [97, 195, 169]}\n".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("tokenize", folder.toString(), "--json"))
                    .as(err.toString())
                    .isZero();
        } finally {
            System.setIn(in);
        }
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"ids\":[97,195,169],\"tokens\":[\"a\",\"Ã\",\"©\"],\"offsets\":[[0,1],[1,2],[1,2]]}",
                        "{\"text\":\"aé\"}");
        System.setIn(new ByteArrayInputStream("{\"text\": \"a\"}\n{\"txt\": 1}".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("tokenize", folder.toString(), "--json")).isEqualTo(1);
        } finally {
            System.setIn(in);
        }
        assertThat(err.toString()).contains("standard input, line 2: expected {\"text\": …} or {\"ids\": […]}");
    }
}
