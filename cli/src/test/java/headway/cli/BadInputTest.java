package headway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import headway.io.SafetensorsWriter;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.tensor.Parallel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a user sees who gives something wrong: an exit code, one line that names the thing, and no half-written file.
class BadInputTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens");
    private static final Path LLAMA = GOLDENS.resolve("decoders/llama-a");
    private static final Path GPT2 = GOLDENS.resolve("decoders/gpt2-a");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path runFile;

    @BeforeEach
    void writeRun() throws IOException {
        Files.writeString(folder.resolve("text.txt"), "the cat sat on a mat and then it ran. ".repeat(40));
        runFile = Files.writeString(folder.resolve("run.yaml"), """
                data: text.txt
                model: {model_type: llama, hidden_size: 16, intermediate_size: 24, num_hidden_layers: 1,
                        num_attention_heads: 2, num_key_value_heads: 2, max_position_embeddings: 32, rms_norm_eps: 1.0e-5}
                tokenizer: bytes
                sequenceLength: 16
                batchSize: 2
                steps: 3
                """);
    }

    @AfterEach
    void forgetProperties() {
        System.clearProperty("headway.threads");
    }

    @Test
    void hubNamesThatLeadOutOfTheCacheAreRefused() {
        assertThat(run("pull", "../x")).isEqualTo(1);
        assertThat(err.toString()).contains("'../x' is no hub name; expected org/name");
        assertThat(run("rm", "org/..")).isEqualTo(1);
        assertThat(err.toString()).contains("'org/..' is no hub name; expected org/name");
    }

    private int run(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] line = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
        return Headway.run(new PrintWriter(out, true), new PrintWriter(err, true), line);
    }

    /// Exit code 1, nothing on standard output, one line that contains all of `parts`.
    private void assertFails(List<?> args, String... parts) {
        assertThat(run(args.toArray())).as(err.toString()).isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).as(err.toString()).hasSize(1);
        assertThat(err.toString())
                .startsWith("headway: [")
                .doesNotContain("internal error")
                .contains(parts);
    }

    private void assertTrainFails(List<String> sets, String... parts) {
        Path output = folder.resolve("out");
        var args = new java.util.ArrayList<Object>(List.of("train", runFile, "--set", "output=" + output));
        sets.forEach(s -> args.addAll(List.of("--set", s)));
        assertFails(args, parts);
        assertThat(output).doesNotExist();
    }

    @Test
    void aRunFileThatIsNotThere() {
        Path none = folder.resolve("none.yaml");
        assertFails(List.of("train", none), none.toString(), "no such file");
        assertFails(List.of("train", folder), folder.toString());
    }

    @Test
    void aRunFileThatIsNoYaml() throws IOException {
        assertFails(List.of("train", Files.writeString(folder.resolve("a.yaml"), "steps: [1, 2")), "[yaml]", "a.yaml");
        assertFails(List.of("train", Files.writeString(folder.resolve("b.yaml"), "just words")), "holds no mapping");
        assertFails(
                List.of("train", Files.writeString(folder.resolve("c.yaml"), "steps: 1\nsteps: 2\n")),
                "c.yaml",
                "steps");
    }

    @Test
    void keysThatAreNotKnown() throws IOException {
        Files.writeString(runFile, Files.readString(runFile) + "learningrate: 3\n");
        assertTrainFails(List.of(), runFile.toString(), "unknown key learningrate");
        writeRun();
        assertTrainFails(List.of("stesp=3"), "unknown key stesp; did you mean 'steps'?");
        assertTrainFails(
                List.of("optimizer.learnigRate=3"),
                "unknown key optimizer.learnigRate; did you mean 'optimizer.learningRate'?");
        assertTrainFails(List.of("steps"), "[set] 'steps': expected KEY=VALUE");
        assertTrainFails(List.of("steps.more=3"), "[set] 'steps.more=3': steps is 3, not a mapping");
    }

    @Test
    void textThatIsMissingEmptyOrShort() throws IOException {
        assertTrainFails(List.of("data=none.txt"), "data: none.txt does not exist");
        Files.writeString(folder.resolve("empty.txt"), "");
        assertTrainFails(List.of("data=empty.txt"), "empty.txt", "holds no text");
        Files.writeString(folder.resolve("short.txt"), "ten bytes.");
        assertTrainFails(
                List.of("data=short.txt"),
                "the text has 10 tokens to train on; sequenceLength: 16 needs at least 17",
                "give more text or a smaller sequenceLength");
        assertTrainFails(List.of("sequenceLength=33"), "sequenceLength: 33 is more than the model's 32 positions");
        assertTrainFails(List.of("evaluate={every: 1, fraction: 0.001}"), "the held-out part has 1 tokens");
        assertTrainFails(List.of("model.vocab_size=100"), "tokens, the model's vocab_size is 100");
        assertTrainFails(List.of("tokenizer=words.json"), "words.json");
    }

    @Test
    void aModelThatCannotBe() {
        assertTrainFails(List.of("model.model_type=lama"), "lama", "llama");
        assertTrainFails(List.of("model.num_attention_heads=3"), "num_attention_heads");
        assertTrainFails(List.of("model={preset: gpt-3}"), "gpt-3");
        assertTrainFails(List.of("init=nowhere", "model=null"), "nowhere");
    }

    @Test
    void anOutputThatIsAFileOrForbidden() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        assertFails(
                List.of("train", runFile, "--set", "output=" + file),
                "[train] " + file + " is a file, not a folder; choose another output:");
        assertThat(file).hasContent("mine");
        assertFails(
                List.of("train", runFile, "--set", "output=" + file + "/below"),
                "cannot make the folder",
                file.toString());
    }

    private Path batches(int... ids) {
        Path file = folder.resolve("b.safetensors");
        SafetensorsWriter.write(file, List.of(tensor("input_ids", new long[] {1, 1, ids.length}, ids)));
        return file;
    }

    private static StoredTensor tensor(String name, long[] shape, int... values) {
        var data = Arena.ofAuto().allocate(8L * values.length, 64);
        for (int i = 0; i < values.length; i++) {
            data.setAtIndex(ValueLayout.JAVA_LONG, i, values[i]);
        }
        return new StoredTensor(name, DType.I64, shape, data);
    }

    private void assertBatchesFail(String steps, String... parts) {
        Path output = folder.resolve("out");
        assertFails(
                List.of(
                        "train",
                        runFile,
                        "--set",
                        "output=" + output,
                        "--set",
                        "data=null",
                        "--set",
                        "batches=b.safetensors",
                        "--set",
                        "model.vocab_size=10",
                        "--set",
                        "steps=" + steps),
                parts);
        assertThat(output).doesNotExist();
    }

    @Test
    void batchesWithIdsOutsideTheVocabularyOrTooLong() {
        batches(1, 2, 10);
        assertBatchesFail("1", "input_ids[2] is 10; expected an id below vocab_size=10");
        batches(1, 2, 3);
        assertBatchesFail("2", "b.safetensors holds 1 steps; the run has steps: 2");
        batches(new int[33]);
        assertBatchesFail("1", "b.safetensors: input_ids has rows of 33 tokens; the model has 32 positions");
    }

    private void assertTraceFails(Path model, List<?> input, String... parts) {
        Path to = folder.resolve("trace.safetensors");
        var args = new java.util.ArrayList<Object>(List.of("trace", model, "--out", to));
        args.addAll(input);
        assertFails(args, parts);
        assertThat(to).doesNotExist();
    }

    @Test
    void traceOfIdsAndPositionsThatAreNotThere() {
        assertTraceFails(LLAMA, List.of("--ids", "1,2,999"), "id 999 at position 2 is outside the vocabulary 0 … ");
        assertTraceFails(LLAMA, List.of("--ids", "1,-1"), "id -1 at position 1 is outside the vocabulary");
        Path inputs = folder.resolve("in.safetensors");
        var ids = tensor("input_ids", new long[] {1, 2}, 1, 2);
        SafetensorsWriter.write(inputs, List.of(ids, tensor("position_ids", new long[] {1, 2}, 0, 48)));
        assertTraceFails(
                GPT2, List.of("--inputs", inputs), "[position] position 48 is outside the 48 learned ones (0 … 47)");
        String long49 = "1" + ",1".repeat(48);
        assertTraceFails(GPT2, List.of("--ids", long49), "position 48 is outside the 48 learned ones");
        SafetensorsWriter.write(inputs, List.of(ids));
        assertTraceFails(
                GPT2, List.of("--inputs", inputs, "--gradients"), "gradients need a loss: give labels of the shape");
        SafetensorsWriter.write(inputs, List.of(ids, tensor("labels", new long[] {1, 3}, 1, 2, 3)));
        assertTraceFails(GPT2, List.of("--inputs", inputs), "labels has shape", "expected (batch=1, seq=2)");
        SafetensorsWriter.write(inputs, List.of(ids, tensor("lables", new long[] {1, 2}, 1, 2)));
        assertTraceFails(GPT2, List.of("--inputs", inputs), "input 'lables' is not an argument of this model");
        SafetensorsWriter.write(inputs, List.of(ids, tensor("labels", new long[] {1, 2}, 1, 5000)));
        assertTraceFails(GPT2, List.of("--inputs", inputs), "5000");
    }

    private Path copy(Path model) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("model"));
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(model.resolve(file), copy.resolve(file), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    @Test
    void modelsThatAreMissingOrDamaged() throws IOException {
        Path none = folder.resolve("none");
        assertTraceFails(none, List.of("--ids", "1"), none.toString(), "no such folder");
        assertFails(List.of("inspect", folder), folder.toString(), "no config.json");
        Path model = copy(LLAMA);
        byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
        for (int length : new int[] {0, 4, 8, 100, weights.length / 2, weights.length - 1}) {
            Files.write(model.resolve("model.safetensors"), Arrays.copyOf(weights, length));
            assertFails(List.of("inspect", model), "[safetensors] ", "model.safetensors");
        }
        byte[] hostile = weights.clone();
        Arrays.fill(hostile, 0, 7, (byte) 0xff);
        Files.write(model.resolve("model.safetensors"), hostile);
        assertFails(List.of("inspect", model), "[safetensors] ");
        Files.delete(model.resolve("model.safetensors"));
        assertFails(List.of("inspect", model), model.toString(), "safetensors");
    }

    private ObjectNode config(Path model) {
        return (ObjectNode) Json.read(model.resolve("config.json"));
    }

    @Test
    void aConfigWithoutAKeyItNeeds() throws IOException {
        Path model = copy(LLAMA);
        ObjectNode config = config(model);
        config.remove("hidden_size");
        Files.writeString(model.resolve("config.json"), config.toString());
        assertFails(List.of("inspect", model), "config.json: key hidden_size is missing");
        Files.writeString(model.resolve("config.json"), "{\"model_type\": ");
        assertFails(List.of("inspect", model), "config.json");
        config.put("model_type", "llamma");
        Files.writeString(model.resolve("config.json"), config.toString());
        assertFails(List.of("inspect", model), "llamma", "llama");
    }

    @Test
    void aConfigThatContradictsTheWeightsIsToldAllAtOnce() throws IOException {
        Path model = copy(LLAMA);
        ObjectNode config = config(model);
        int layers = config.path("num_hidden_layers").asInt();
        config.put("num_hidden_layers", layers + 1).put("intermediate_size", 40);
        Files.writeString(model.resolve("config.json"), config.toString());
        assertThat(run("inspect", model)).isEqualTo(1);
        assertThat(err.toString())
                .contains(model + " does not fit its config")
                .contains("9 missing:", "model.layers.%d.self_attn.q_proj.weight (out=24, in=24)".formatted(layers))
                .contains("of another shape or type:", "model.layers.0.mlp.gate_proj.weight: the file has [37, 24]")
                .contains("Check that config.json belongs to these weights.");
        config.put("num_hidden_layers", layers - 1).put("intermediate_size", 37);
        Files.writeString(model.resolve("config.json"), config.toString());
        assertThat(run("inspect", model)).isEqualTo(1);
        assertThat(err.toString()).contains("9 not used:", "model.layers.%d.".formatted(layers - 1));
    }

    @Test
    void wrongUsageEndsWithTwo() {
        for (List<?> args : List.of(
                List.of("train"),
                List.of("train", runFile, "--resum"),
                List.of("trace", GPT2, "--ids", "1"),
                List.of("trace", GPT2, "--out", folder.resolve("o")),
                List.of("trace", GPT2, "--ids", "1,x", "--out", folder.resolve("o")),
                List.of("inspect"))) {
            assertThat(run(args.toArray())).as("%s", args).isEqualTo(2);
            assertThat(err.toString().lines()).as("%s: %s", args, err).hasSize(1);
        }
    }

    @Test
    void moreThreadsThanCoresTrainTheSame() throws IOException {
        int before = Parallel.threads();
        try {
            Parallel.threads(1);
            assertThat(run("train", runFile, "--set", "output=" + folder.resolve("one")))
                    .isZero();
            Parallel.threads(Runtime.getRuntime().availableProcessors() * 3 + 1);
            assertThat(run("train", runFile, "--set", "output=" + folder.resolve("many")))
                    .isZero();
        } finally {
            Parallel.threads(before);
        }
        assertThat(Files.mismatch(folder.resolve("one/model.safetensors"), folder.resolve("many/model.safetensors")))
                .isEqualTo(-1);
    }

    @Test
    void trainPrintsOneJsonDocument() throws IOException {
        Path output = folder.resolve("out");
        assertThat(run("train", runFile, "--json", "--set", "output=" + output, "--set", "evaluate.every=3"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines()).hasSize(1);
        JsonNode result = Json.parse(out.toString(), "train --json");
        assertThat(result.propertyNames()).containsExactly("output", "step", "loss", "bestEvalLoss", "finished");
        assertThat(result.path("output").asString()).isEqualTo(output.toString());
        assertThat(result.path("step").asInt()).isEqualTo(3);
        assertThat(result.path("finished").asBoolean()).isTrue();
        List<String> log = Files.readAllLines(output.resolve("log.jsonl"));
        assertThat(result.path("loss").asDouble())
                .isEqualTo(Json.parse(log.get(2), "log").path("loss").asDouble());
    }
}
