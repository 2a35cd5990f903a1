package headway.models;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Models that start at random, as their papers say, learn the batch of a golden case by heart.
class NewModelsLearnTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens");
    private static final int STEPS = 60;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decoders/gpt1-a",
                "decoders/qwen2moe-b",
                "decoders/gptoss-a",
                "decoders/deepseek2-a",
                "decoders/deepseek3-a",
                "statespace/mamba2-other",
                "statespace/jamba",
                "encoder_decoders/m2m100",
                "encoders/deberta-masked",
                "encoders/longformer-masked",
                "encoders/bigbird-masked",
                "encoders/llama-sequence",
                "encoders/gpt2-answers",
                "encoder_decoders/led",
                "encoder_decoders/switch",
                "vision/llava",
                "vision/qwen2vl",
                "vision/qwen25vl",
                "recurrent/lstm-local"
            })
    void lossFalls(String folder) {
        var config = Json.read(GOLDENS.resolve(folder).resolve("config.json"));
        try (var model = Pretrained.create(config, folder, 7);
                var file = SafetensorsFile.open(GOLDENS.resolve(folder).resolve("inputs.safetensors"));
                var arena = Arena.ofShared();
                var workspace = new Workspace()) {
            var adam = new PlainAdam(model.parameters(), arena, 0.01);
            double first = 0;
            double last = 0;
            for (int step = 1; step <= STEPS; step++) {
                last = workspace.run(() -> {
                    var tape = new Tape();
                    Tensor loss = tape.record(() -> model.model().forward(Inputs.of(file.tensors())));
                    tape.backward(loss, 1);
                    return loss.item();
                });
                adam.step(step);
                first = step == 1 ? last : first;
            }
            assertThat(first).isFinite();
            assertThat(last).isLessThan(0.6 * first);
        }
    }
}
