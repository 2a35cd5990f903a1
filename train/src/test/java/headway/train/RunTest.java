package headway.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.ConfigException;
import headway.io.Yaml;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run file may say, and how it is told where it is wrong.
class RunTest {
    private static Run read(String... assignments) {
        return Run.read(
                Yaml.with(Yaml.parse("{model: {model_type: gpt2}, data: t.txt}", "r.yaml"), List.of(assignments)),
                "r.yaml");
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Run run = read();
        assertThat(run.steps()).isEqualTo(1000);
        assertThat(run.optimizer().betas()).containsExactly(0.9, 0.999);
        assertThat(run.optimizer().eps()).isEqualTo(1e-8);
        assertThat(run.schedule().name()).isEqualTo("constant");
        assertThat(run.precision()).isEqualTo("f32");
        assertThat(read("optimizer.learningRate=0.5").optimizer().weightDecay()).isEqualTo(0.01);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stepps=3 | unknown key stepps; did you mean 'steps'?",
                "optimizer.learnigRate=1 | unknown key optimizer.learnigRate; did you mean 'optimizer.learningRate'?",
                "schedule.warmup=1 | unknown key schedule.warmup",
                "evaluate.fractoin=0.1 | unknown key evaluate.fractoin; did you mean 'evaluate.fraction'?",
                "steps=many | steps",
                "steps=1.5 | steps",
                "steps=0 | steps is 0; expected at least 1",
                "accumulate=0 | accumulate is 0; expected at least 1",
                "batchSize=-1 | batchSize is -1; expected at least 1",
                "sequenceLength=1 | sequenceLength is 1; expected at least 2",
                "maxGradNorm=-0.5 | maxGradNorm is -0.5; expected at least 0",
                "dropout=1 | dropout is 1.0; expected 0 ≤ p < 1",
                "dropout=.nan | dropout",
                "precision=f8 | precision is 'f8'; expected f32, bf16, f16",
                "optimizer=3 | optimizer",
                "optimizer.name=sgd | optimizer.name is 'sgd'; expected adamw",
                "optimizer.decayOn=some | optimizer.decayOn is 'some'; expected matrices, all",
                "optimizer.eps=0 | optimizer.eps is 0.0; expected more than 0",
                "optimizer.betas=[0.9] | optimizer.betas is [0.9]; expected two numbers in [0, 1)",
                "optimizer.betas=[0.9, 1] | optimizer.betas is [0.9, 1.0]; expected two numbers in [0, 1)",
                "schedule.name=cos | schedule.name is 'cos'; expected cosine, linear, constant, wsd, inverse-sqrt, table",
                "schedule.warmupSteps=-1 | schedule.warmupSteps is -1; expected at least 0",
                "schedule={name: table, learningRates: [1, 2]} | schedule.learningRates has 2 entries; steps is 1000",
                "schedule={name: table} | schedule.learningRates has 0 entries; steps is 1000",
                "evaluate.fraction=1 | evaluate.fraction is 1.0; expected 0 ≤ f < 1",
                "evaluate.every=-1 | evaluate.every is -1; expected at least 0",
                "checkpoint.keep=0 | checkpoint.keep is 0; expected at least 1",
                "batches=b.safetensors | give either data: (text) or batches: (a safetensors file)",
                "model=gpt2 | neither model nor init is there; give model: {model_type: llama, …} or init: FOLDER",
            })
    void wrongValuesAreNamed(String assignment, String text) {
        assertThatThrownBy(() -> read(assignment))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("[config] r.yaml")
                .hasMessageContaining(text);
    }

    @Test
    void severalUnknownKeysAreNamedTogether() {
        assertThatThrownBy(() -> read("sed=1", "stepps=1"))
                .hasMessageContaining("'seed'")
                .hasMessageContaining("'steps'");
    }

    @Test
    void neitherDataNorModelIsRefused() {
        assertThatThrownBy(() -> Run.read(Yaml.parse("{steps: 3, data: t.txt}", "r"), "r"))
                .hasMessageContaining("neither model nor init is there");
        assertThatThrownBy(() -> Run.read(Yaml.parse("{model: {model_type: gpt2}}", "r"), "r"))
                .hasMessageContaining("give either data: (text) or batches: (a safetensors file)");
    }

    private static final Path GOLDEN = Path.of("..", "testkit", "goldens", "training", "gpt2-linear");

    @Test
    void aRunOverStoredBatchesTakesThemAll(@TempDir Path folder) {
        var yaml = Yaml.read(GOLDEN.resolve("run.yaml"));
        yaml.remove("steps");
        yaml.set("schedule", Yaml.parse("{name: linear, warmupSteps: 3}", "schedule"));
        try (var run = new TrainingRun(yaml, GOLDEN.resolve("run.yaml"), folder.resolve("out"), false)) {
            assertThat(run.settings().steps()).isEqualTo(30);
            assertThat(run.tokenizer()).isNull();
        }
        assertThat(Yaml.read(folder.resolve("out/run.yaml")).path("steps").asInt())
                .as("run.yaml as executed")
                .isEqualTo(30);
        yaml.put("steps", 31);
        assertThatThrownBy(() -> new TrainingRun(yaml, GOLDEN.resolve("run.yaml"), folder.resolve("more"), false))
                .hasMessageContaining("batches.safetensors holds 30 steps; the run has steps: 31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bf16", "f16"})
    void halfPrecisionLearnsAboutAsMuch(String precision, @TempDir Path folder) {
        String[] longer = {"steps=60", "evaluate.every=60", "checkpoint.every=0"};
        var full = SmallRun.train(folder, folder.resolve("f32"), false, longer);
        var half = SmallRun.train(
                folder, folder.resolve(precision), false, longer[0], longer[1], longer[2], "precision=" + precision);
        assertThat(full.bestEvalLoss()).as("of ln 256 = 5.5 at the start").isLessThan(3.3);
        assertThat(half.bestEvalLoss())
                .isNotEqualTo(full.bestEvalLoss())
                .isCloseTo(full.bestEvalLoss(), Assertions.within(0.05));
    }
}
