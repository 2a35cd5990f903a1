package headway.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.Json;
import headway.io.Yaml;
import headway.io.tokenizer.Tokenizers;
import headway.models.Loading;
import headway.models.Pretrained;
import headway.tensor.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rows of questions and of pictures.
class RowKindsTest {
    private static final Path GOLDEN = Path.of("..", "testkit", "goldens", "tasks", "answer-bert");
    private static final Path RUNS = Path.of("..", "examples", "runs", "families");
    private static final Map<String, String> COLUMNS =
            Map.of("question", "question", "context", "context", "answers", "answers");

    @TempDir
    private Path temp;

    private static int[] ints(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }

    @Test
    void answersBeginAndEndAtTheTokensOfTheRecipe() {
        try (var tokenizer = Tokenizers.of(GOLDEN)) {
            var objective = new FindAnswers(tokenizer, COLUMNS, 40, 0, true);
            JsonNode cases = Json.read(GOLDEN.resolve("positions.json"));
            assertThat(cases.size()).isEqualTo(8);
            var examples = new ArrayList<FindAnswers.Example>();
            for (JsonNode c : cases.values()) {
                var example = objective.example(new DataRows.Row((ObjectNode) c, "row", temp));
                assertThat(example.ids()).as(c.toString()).isEqualTo(ints(c.path("ids")));
                assertThat(example.start())
                        .as(c.toString())
                        .isEqualTo(c.path("start").intValue());
                assertThat(example.end())
                        .as(c.toString())
                        .isEqualTo(c.path("end").intValue());
                examples.add(example);
            }
            try (var workspace = new Workspace()) {
                workspace.run(() -> {
                    var values = objective.batch(examples, 0).inputs().values();
                    assertThat(values.keySet())
                            .containsExactly(
                                    "input_ids",
                                    "attention_mask",
                                    "token_type_ids",
                                    "start_positions",
                                    "end_positions");
                    assertThat(values.get("end_positions").toInts())
                            .isEqualTo(examples.stream()
                                    .mapToInt(FindAnswers.Example::end)
                                    .toArray());
                    return null;
                });
            }
        }
    }

    @Test
    void answersMayBeTextsAndHaveToStandInTheContext() {
        try (var tokenizer = Tokenizers.of(GOLDEN)) {
            var objective = new FindAnswers(tokenizer, COLUMNS, 40, 0, true);
            var said =
                    objective.example(row("{\"question\":\"who?\",\"context\":\"we know it\",\"answers\":\"know\"}"));
            var placed = objective.example(
                    row(
                            "{\"question\":\"who?\",\"context\":\"we know it\",\"answers\":{\"text\":[\"know\"],\"answer_start\":[3]}}"));
            assertThat(said.start()).isEqualTo(placed.start()).isPositive();
            assertThat(objective
                            .example(row("{\"question\":\"who?\",\"context\":\"we know it\",\"answers\":\"\"}"))
                            .end())
                    .isZero();
            assertThatThrownBy(() -> objective.example(
                            row("{\"question\":\"who?\",\"context\":\"we know it\",\"answers\":\"nobody\"}")))
                    .hasMessage("[train] data: f line 1: the answer 'nobody' does not stand in the context");
            assertThatThrownBy(
                            () -> objective.example(
                                    row(
                                            "{\"question\":\"who?\",\"context\":\"we know it\",\"answers\":{\"text\":[\"know\"],\"answer_start\":[4]}}")))
                    .hasMessageContaining("the answer 'know' does not stand in the context at character 4");
        }
    }

    private DataRows.Row row(String json) {
        return new DataRows.Row((ObjectNode) Json.parse(json, "row"), "f line 1", temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip", "llava", "qwen2_vl", "vision-encoder-decoder", "bert-answers", "bart-classes"})
    void runFilesLearnAndTheirFoldersAreRead(String name) throws IOException {
        ObjectNode yaml = Yaml.parse(Files.readString(RUNS.resolve(name + ".yaml")), name);
        yaml.put("steps", 25);
        Path output = temp.resolve("out");
        List<Double> losses = new ArrayList<>();
        try (var run = new TrainingRun(yaml, RUNS.resolve(name + ".yaml"), output, false)) {
            run.train(new SmallRun.EachStep(r -> losses.add(r.loss())));
        }
        assertThat(losses).hasSize(25);
        assertThat(losses.getLast()).isLessThan(0.9 * losses.getFirst());
        try (var model = Pretrained.load(output.toString(), Loading.RUN);
                var tokenizer = Tokenizers.of(output)) {
            assertThat(model.parameterCount()).isPositive();
            assertThat(tokenizer.vocabSize()).isPositive();
        }
        boolean sees = !name.startsWith("b");
        assertThat(Files.exists(output.resolve("preprocessor_config.json"))).isEqualTo(sees);
    }
}
