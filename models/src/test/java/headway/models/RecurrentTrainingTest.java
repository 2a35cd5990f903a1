package headway.models;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import headway.nn.Trace;
import headway.tensor.Shape;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.Arena;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Recurrent encoder-decoders learn to write a text backwards, and look at the right token while they do.
class RecurrentTrainingTest {
    private static final int B = 16;
    private static final int LENGTH = 5;
    private static final int VOCAB = 12;
    private static final int STEPS = 300;

    @ParameterizedTest
    @ValueSource(strings = {"gru bahdanau", "lstm general"})
    void learnsToReverse(String kinds) {
        String[] kind = kinds.split(" ");
        var config = Json.parse("""
                {"model_type": "recurrent-seq2seq", "vocab_size": 12, "embedding_size": 16, "hidden_size": 24,
                 "cell_type": "%s", "attention_type": "%s"}""".formatted(kind[0], kind[1]), "test");
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
        try (var model = Pretrained.create(config, "test", 3);
                var arena = Arena.ofShared();
                var workspace = new Workspace()) {
            var adam = new PlainAdam(model.parameters(), arena, 0.01);
            double first = 0;
            double last = 0;
            for (int step = 1; step <= STEPS; step++) {
                double loss = workspace.run(() -> {
                    var tape = new Tape();
                    Inputs inputs = batch(random);
                    Tensor value = tape.record(() -> model.model().forward(inputs));
                    tape.backward(value, 1);
                    return value.item();
                });
                adam.step(step);
                first += step <= 20 ? loss / 20 : 0;
                last += step > STEPS - 20 ? loss / 20 : 0;
            }
            assertThat(first).isGreaterThan(2);
            assertThat(last).isLessThan(0.4);
            assertThat(backwards(model, workspace, random)).isGreaterThan(0.6);
        }
    }

    /// Share of the written tokens at which attention is highest on the token that is to be written.
    private static double backwards(Pretrained model, Workspace workspace, RandomGenerator random) {
        return workspace.run(() -> {
            var trace = new Trace();
            Inputs inputs = batch(random);
            trace.record(() -> model.model().forward(inputs));
            Tensor weights = trace.values().get("cross_attentions.0");
            double right = 0;
            for (int row = 0; row < B * LENGTH; row++) {
                int best = 0;
                for (int j = 1; j < LENGTH; j++) {
                    boolean higher = weights.memory().get((long) row * LENGTH + j)
                            > weights.memory().get((long) row * LENGTH + best);
                    best = higher ? j : best;
                }
                right += best == LENGTH - 1 - row % LENGTH ? 1 : 0;
            }
            return right / (B * LENGTH);
        });
    }

    private static Inputs batch(RandomGenerator random) {
        int[] ids = random.ints(B * LENGTH, 3, VOCAB).toArray();
        int[] labels = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            labels[i / LENGTH * LENGTH + LENGTH - 1 - i % LENGTH] = ids[i];
        }
        Shape shape = Shape.of("batch", B, "seq", LENGTH);
        return new Inputs(Map.of("input_ids", Tensor.of(shape, ids), "labels", Tensor.of(shape, labels)), null);
    }
}
