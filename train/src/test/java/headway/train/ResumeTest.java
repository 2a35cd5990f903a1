package headway.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.ConfigException;
import headway.io.Json;
import headway.io.Yaml;
import headway.models.Loading;
import headway.models.Pretrained;
import headway.tensor.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A stopped run that goes on ends bit for bit as one that was never stopped.
class ResumeTest {
    @TempDir
    private Path folder;

    private static byte[] bytes(Path folder, String file) throws IOException {
        return Files.readAllBytes(folder.resolve(file));
    }

    /// The log without what the clock says.
    private static List<String> log(Path output) throws IOException {
        return Files.readAllLines(output.resolve("log.jsonl")).stream()
                .map(line -> line.replaceFirst(",\"tokensPerSecond\":[0-9.E]+", ""))
                .toList();
    }

    private static void assertSame(Path whole, Path resumed) throws IOException {
        for (String file : List.of("model.safetensors", "config.json", "tokenizer.json", "run.yaml")) {
            assertThat(bytes(resumed, file)).as(file).isEqualTo(bytes(whole, file));
        }
        Path last = Path.of("checkpoints", "step-%06d".formatted(SmallRun.STEPS));
        for (String file : List.of("model.safetensors", "optimizer.safetensors", "state.json")) {
            assertThat(bytes(resumed.resolve(last), file)).as(file).isEqualTo(bytes(whole.resolve(last), file));
        }
        assertThat(log(resumed)).isEqualTo(log(whole)).hasSize(SmallRun.STEPS + 3);
    }

    @ParameterizedTest
    @CsvSource({"f32,1", "f32,5", "f32,8", "f32,11", "bf16,5", "f16,7"})
    void aStoppedRunEndsAsOneThatWasNot(String precision, int stop) throws IOException {
        Path whole = folder.resolve("whole");
        Path resumed = folder.resolve("resumed");
        String set = "precision=" + precision;
        assertThat(SmallRun.train(folder, whole, false, set).finished()).isTrue();

        var stopped = SmallRun.trainUntil(stop, folder, resumed, false, set);
        assertThat(stopped.finished()).isFalse();
        assertThat(stopped.step()).isEqualTo(stop);
        try (var usable = Pretrained.load(resumed.toString(), Loading.RUN)) {
            assertThat(usable.parameterCount()).isPositive();
        }
        var end = SmallRun.train(folder, resumed, true, set);
        assertThat(end.finished()).isTrue();
        assertThat(end.step()).isEqualTo(SmallRun.STEPS);
        assertSame(whole, resumed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "characters", "{train: bpe, vocabSize: 300}"})
    void theTokenizerOfTheFirstProcessIsUsed(String tokenizer) throws IOException {
        Path whole = folder.resolve("whole");
        Path resumed = folder.resolve("resumed");
        String set = "tokenizer=" + tokenizer;
        SmallRun.train(folder, whole, false, set);
        SmallRun.trainUntil(2, folder, resumed, false, set);
        SmallRun.trainUntil(7, folder, resumed, true, set);
        SmallRun.train(folder, resumed, true, set);
        assertSame(whole, resumed);
    }

    @Test
    void whatAKilledProcessLeftIsPassedOverAndSwept() throws IOException {
        Path whole = folder.resolve("whole");
        Path resumed = folder.resolve("resumed");
        SmallRun.train(folder, whole, false);
        SmallRun.trainUntil(7, folder, resumed, false);
        // Killed later, while it wrote: log lines of steps without a checkpoint, half a line, half folders.
        Files.writeString(
                resumed.resolve("log.jsonl"),
                Files.readString(resumed.resolve("log.jsonl"))
                        + "{\"step\":8,\"loss\":1.0,\"gradNorm\":1.0,\"learningRate\":1.0,\"tokensPerSecond\":1.0}\n"
                        + "{\"step\":8,\"evalLoss\":1.0}\n{\"step\":9,\"lo");
        Path half = resumed.resolve("checkpoints/step-000009.tmp-4711-0badcafe");
        Files.createDirectories(half);
        Files.writeString(half.resolve("model.safetensors.tmp-4711-0badcafe"), "half");
        Files.createDirectories(resumed.resolve("checkpoints/step-000003.old-1f2e3d"));
        Files.createDirectories(resumed.resolve("checkpoints/step-000010"));
        Files.writeString(resumed.resolve("model.safetensors.tmp-4711-00000001"), "half");
        Files.writeString(resumed.resolve("notes.tmp"), "mine");

        SmallRun.train(folder, resumed, true);
        assertSame(whole, resumed);
        try (var files = Files.walk(resumed)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.contains(".tmp-") || name.contains(".old-"))
                    .contains("notes.tmp");
        }
    }

    @Test
    void resumeWithoutACheckpointStartsAnew() throws IOException {
        Path whole = folder.resolve("whole");
        Path resumed = folder.resolve("resumed");
        SmallRun.train(folder, whole, false);
        Files.createDirectories(resumed);
        Files.writeString(resumed.resolve("log.jsonl"), "{\"step\":1,\"loss\":9.0}\n");
        SmallRun.train(folder, resumed, true);
        assertSame(whole, resumed);
    }

    @Test
    void aFinishedRunThatIsResumedStaysAsItIs() throws IOException {
        Path whole = folder.resolve("whole");
        SmallRun.train(folder, whole, false);
        byte[] weights = bytes(whole, "model.safetensors");
        List<String> log = log(whole);
        var again = SmallRun.train(folder, whole, true);
        assertThat(again.finished()).isTrue();
        assertThat(bytes(whole, "model.safetensors")).isEqualTo(weights);
        assertThat(log(whole)).isEqualTo(log);
    }

    @Test
    void aRunThatIsStoppedBeforeItsFirstStepLeavesAUsableFolder() {
        Path output = folder.resolve("out");
        try (var run = SmallRun.open(folder, output, false)) {
            run.stop();
            var result = run.train(Progress.SILENT);
            assertThat(result.finished()).isFalse();
            assertThat(result.step()).isZero();
        }
        assertThat(output.resolve("model.safetensors")).exists();
        assertThat(SmallRun.train(folder, output, true).finished()).isTrue();
    }

    @Test
    void aFolderWithCheckpointsIsNotOverwritten() {
        SmallRun.train(folder, folder.resolve("out"), false);
        assertThatThrownBy(() -> SmallRun.train(folder, folder.resolve("out"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("already holds checkpoints of a run; give --resume to go on, or another output:");
    }

    @Test
    void twoRunsInOneFolderAreRefused() {
        Path output = folder.resolve("out");
        try (var run = SmallRun.open(folder, output, false)) {
            assertThatThrownBy(() -> SmallRun.open(folder, output, true))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("[train] another process trains in %s; wait for it, or choose another output:", output);
            assertThat(run.startStep()).isZero();
        }
        SmallRun.train(folder, output, false);
    }

    @Test
    void aRunThatCannotBeginLeavesNoFolder() {
        Path output = folder.resolve("out");
        assertThatThrownBy(() -> SmallRun.train(folder, output, false, "sequenceLength=6000"))
                .hasMessageContaining("sequenceLength: 6000 is more than the model's 32 positions");
        assertThatThrownBy(() -> SmallRun.train(folder, output, false, "data=none.txt"))
                .hasMessageContaining("data: none.txt does not exist");
        assertThatThrownBy(() -> SmallRun.train(folder, output, false, "model.vocab_size=5"))
                .hasMessageContaining("tokens, the model's vocab_size is 5");
        assertThat(output).doesNotExist();
    }

    @Test
    void theWeightsAreTheSameForAnyNumberOfThreads() throws IOException {
        String[] larger = {
            "model.hidden_size=64",
            "model.intermediate_size=160",
            "model.num_attention_heads=4",
            "sequenceLength=32",
            "batchSize=4",
            "steps=30",
            "model.vocab_size=320",
            "dropout=0.1"
        };
        int before = Parallel.threads();
        byte[] one = null;
        try {
            for (int threads : new int[] {1, 2, 4, 7}) {
                Parallel.threads(threads);
                Path output = folder.resolve("threads-" + threads);
                SmallRun.train(folder, output, false, larger);
                byte[] weights = bytes(output, "model.safetensors");
                one = one == null ? weights : one;
                assertThat(weights).as("weights with %d threads", threads).isEqualTo(one);
            }
        } finally {
            Parallel.threads(before);
        }
    }

    @Test
    void anotherSeedGivesOtherWeights() throws IOException {
        SmallRun.train(folder, folder.resolve("a"), false);
        SmallRun.train(folder, folder.resolve("b"), false, "seed=2");
        assertThat(bytes(folder.resolve("a"), "model.safetensors"))
                .isNotEqualTo(bytes(folder.resolve("b"), "model.safetensors"));
    }

    @Test
    void theFolderHoldsWhatTheContractSays() {
        Path output = folder.resolve("out");
        SmallRun.train(folder, output, false);
        assertThat(Yaml.read(output.resolve("run.yaml"))).isEqualTo(SmallRun.yaml(folder));
        assertThat(output.resolve("loss.png")).isNotEmptyFile();
        var config = Json.read(output.resolve("config.json"));
        assertThat(config.path("model_type").asString()).isEqualTo("llama");
        assertThat(config.path("architectures").path(0).asString()).isEqualTo("LlamaForCausalLM");
        try (var model = Pretrained.load(output.toString(), Loading.RUN)) {
            assertThat(model.decoder().sizes().vocabSize())
                    .isEqualTo(config.path("vocab_size").asInt());
        }
    }

    @Test
    void lastCheckpointsStayAndTheBest() throws IOException {
        Path output = folder.resolve("out");
        // Six steps learn, then the rate is so high that all is lost: the best comes early.
        String rates = "schedule={name: table, learningRates: [%s]}"
                .formatted("0.01, ".repeat(6) + "0.5, ".repeat(13) + "0.5");
        SmallRun.train(folder, output, false, "dropout=0", "evaluate.every=1", "steps=20", "checkpoint.every=2", rates);
        var evaluations = log(output).stream()
                .filter(l -> l.contains("evalLoss"))
                .map(l -> Json.parse(l, "log").path("evalLoss").asDouble())
                .toList();
        int best = IntStream.range(0, 20)
                        .boxed()
                        .min(java.util.Comparator.comparing(evaluations::get))
                        .orElseThrow()
                + 1;
        assertThat(best).isLessThan(18);
        try (var checkpoints = Files.list(output.resolve("checkpoints"))) {
            assertThat(checkpoints.map(c -> c.getFileName().toString()).filter(c -> !c.equals(".lock")))
                    .containsExactlyInAnyOrder("step-%06d".formatted(best), "step-000018", "step-000020");
        }
    }

    @Test
    void earlyStoppingKeepsTheBestWeights() throws IOException {
        String[] set = {
            "evaluate={every: 1, fraction: 0.1, patience: 3}",
            "steps=60",
            "checkpoint.every=1",
            "checkpoint.keep=1",
            "schedule.name=constant",
            "optimizer.learningRate=0.2"
        };
        Path output = folder.resolve("out");
        var result = SmallRun.train(folder, output, false, set);
        assertThat(result.finished()).isTrue();
        assertThat(result.step()).isLessThan(60);
        int best = result.step() - 3;
        assertThat(bytes(output, "model.safetensors"))
                .isEqualTo(bytes(output.resolve("checkpoints/step-%06d".formatted(best)), "model.safetensors"))
                .isNotEqualTo(
                        bytes(output.resolve("checkpoints/step-%06d".formatted(result.step())), "model.safetensors"));
        List<String> log = log(output);
        byte[] weights = bytes(output, "model.safetensors");

        var again = SmallRun.train(folder, output, true, set);
        assertThat(again.step()).isEqualTo(result.step());
        assertThat(bytes(output, "model.safetensors")).isEqualTo(weights);
        assertThat(log(output)).isEqualTo(log);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "seed=9|seed: 1|9",
                "batchSize=2|batchSize: 3|2",
                "accumulate=1|accumulate: 2|1",
                "sequenceLength=7|sequenceLength: 16|7",
                "dropout=0.3|dropout: 0.1|0.3",
                "precision=bf16|precision: f32|bf16",
                "tokenizer=characters|tokenizer: |characters",
                "model.hidden_size=32|model: |\"hidden_size\":32",
                "optimizer.learningRate=0.5|optimizer.learningRate: |0.5",
                "data=other.txt|data: |other.txt",
                "evaluate.every=0|evaluate.fraction: |0.0",
                "steps=6|steps: 12|6, which is fewer"
            })
    void anotherRunIsNoticed(String set, String before, String now) throws IOException {
        Path output = folder.resolve("run");
        Files.writeString(folder.resolve("other.txt"), "text ".repeat(500));
        SmallRun.trainUntil(2, folder, output, false);
        byte[] yaml = bytes(output, "run.yaml");
        assertThatThrownBy(() -> SmallRun.train(folder, output, true, set))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("[train] --resume: the run in", before, "now it is", now, "another output:");
        assertThat(bytes(output, "run.yaml")).isEqualTo(yaml);
    }

    @Test
    void moreStepsAndOtherCheckpointsAreWelcome() {
        Path output = folder.resolve("run");
        SmallRun.trainUntil(2, folder, output, false);
        var end = SmallRun.train(folder, output, true, "steps=14", "checkpoint.keep=1", "name=longer");
        assertThat(end.step()).isEqualTo(14);
    }
}
