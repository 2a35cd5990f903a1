package headway.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.ffn.GatedMlp;
import headway.nn.norm.LayerNorm;
import headway.nn.norm.RmsNorm;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LayersTest {
    public record Block(RmsNorm norm, GatedMlp mlp, String note, int number) implements Layer {}

    public record Model(Embedding embed, List<Block> blocks, Linear head, LayerNorm last) implements Layer {}

    record Hidden(Embedding embed) implements Layer {}

    public record Pair(Embedding a, Embedding b) implements Layer {}

    static final class NoRecord implements Layer {}

    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void close() {
        arena.close();
    }

    private Weights weights(long seed) {
        return Weights.of(new NewWeights(arena, DType.F32, seed));
    }

    private static Model model(Weights w, boolean tied) {
        var init = new Init.Normal(0.02);
        var embed = Embedding.load(w.at("embed"), 7, 4, init);
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < 2; i++) {
            Weights b = w.at("blocks").at(i);
            var mlp = new GatedMlp(
                    DenseLinear.load(b.at("mlp").at("gate"), 4, 6, false, init),
                    DenseLinear.load(b.at("mlp").at("up"), 4, 6, true, init),
                    DenseLinear.load(b.at("mlp").at("down"), 6, 4, false, init),
                    Activation.SILU);
            blocks.add(new Block(RmsNorm.load(b.at("norm"), 4, 1e-5), mlp, "note", i));
        }
        Linear head = tied ? embed.asHead() : DenseLinear.load(w.at("head"), 4, 7, false, init);
        return new Model(embed, blocks, head, LayerNorm.load(w.at("last"), 4, 1e-5));
    }

    @Test
    void namesAreCheckpointPathsInOrder() {
        assertThat(Layers.parameters(model(weights(1), false)).keySet())
                .containsExactly(
                        "embed.weight",
                        "blocks.0.norm.weight",
                        "blocks.0.mlp.gate.weight",
                        "blocks.0.mlp.up.weight",
                        "blocks.0.mlp.up.bias",
                        "blocks.0.mlp.down.weight",
                        "blocks.1.norm.weight",
                        "blocks.1.mlp.gate.weight",
                        "blocks.1.mlp.up.weight",
                        "blocks.1.mlp.up.bias",
                        "blocks.1.mlp.down.weight",
                        "head.weight",
                        "last.weight",
                        "last.bias");
    }

    @Test
    void aTiedParameterComesOnce() {
        Model tied = model(weights(1), true);
        assertThat(Layers.parameters(tied)).doesNotContainKey("head.weight").hasSize(13);
        assertThat(Layers.count(tied)).isEqualTo(28 + 2 * (4 + 24 + 24 + 6 + 24) + 8);
        assertThat(Layers.count(model(weights(1), false))).isEqualTo(Layers.count(tied) + 28);
    }

    @Test
    void saysWhatHidesParameters() {
        Weights w = weights(1);
        assertThatThrownBy(() -> Layers.parameters(new NoRecord()))
                .hasMessage(
                        "[layers] headway.nn.LayersTest$NoRecord is not a record, so its parameters cannot be found");
        var a = Embedding.load(w.at("embed"), 7, 4, Init.ONES);
        var b = Embedding.load(w.at("embed"), 7, 4, Init.ONES);
        assertThat(Layers.parameters(new Pair(a, a))).hasSize(1);
        assertThatThrownBy(() -> Layers.parameters(new Pair(a, b)))
                .hasMessage("[layers] two parameters are called embed.weight; expected one, or one that is shared");
    }

    @Test
    void drawsDependOnSeedAndNameAlone() {
        float[] first = values(weights(5), "b");
        assertThat(values(weights(5), "b")).isEqualTo(first);
        Weights other = weights(5);
        values(other, "a");
        assertThat(values(other, "b")).isEqualTo(first);
        assertThat(values(other, "c")).isNotEqualTo(first);
        assertThat(values(weights(6), "b")).isNotEqualTo(first);
    }

    @Test
    void drawsDoNotDependOnTheNumberOfThreads() {
        int before = Parallel.threads();
        try {
            var results = new ArrayList<float[]>();
            for (int threads : new int[] {1, 2, 7}) {
                Parallel.threads(threads);
                results.add(values(weights(5), "b"));
            }
            assertThat(results)
                    .allSatisfy(r ->
                            assertThat(Arrays.equals(r, results.getFirst())).isTrue());
        } finally {
            Parallel.threads(before);
        }
    }

    private static float[] values(Weights w, String name) {
        var all = new ArrayList<float[]>();
        for (Init init : List.of(
                new Init.Normal(0.5),
                new Init.TruncatedNormal(0.5),
                new Init.Uniform(0.25),
                new Init.XavierUniform(),
                new Init.KaimingUniform(1))) {
            String kind = init.getClass().getSimpleName();
            all.add(w.at(name).get(kind, init, "out", 101, "in", 97).tensor().toFloats());
        }
        float[] joined = new float[all.stream().mapToInt(a -> a.length).sum()];
        int at = 0;
        for (float[] a : all) {
            System.arraycopy(a, 0, joined, at, a.length);
            at += a.length;
        }
        return joined;
    }

    /// GPT-2's layout, `(in, out)`, is bounded by its inputs as well.
    @Test
    void kaimingLooksAtTheInputsWhereverTheyLie() {
        for (Init init : List.of(new Init.KaimingUniform(0), new Init.XavierUniform())) {
            double bound = init instanceof Init.XavierUniform ? Math.sqrt(6.0 / 410) : Math.sqrt(6.0 / 10);
            float[] usual = weights(5)
                    .at("a")
                    .get("w", init, "out", 400, "in", 10)
                    .tensor()
                    .toFloats();
            float[] turned = weights(5)
                    .at("a")
                    .get("w", init, "in", 10, "out", 400)
                    .tensor()
                    .toFloats();
            for (float[] drawn : List.of(usual, turned)) {
                assertThat((double) largest(drawn, 0, 4000))
                        .isLessThanOrEqualTo(bound)
                        .isGreaterThan(0.99 * bound);
            }
        }
    }

    @Test
    void drawsHaveTheSizeThatTheirNameSays() {
        int n = 101 * 97;
        float[] all = values(weights(5), "b");
        assertThat(spread(all, 0, n)).isCloseTo(0.5, org.assertj.core.data.Offset.offset(0.02));
        // A normal cut at two standard deviations has 0.88 of the spread.
        assertThat(spread(all, n, n)).isCloseTo(0.44, org.assertj.core.data.Offset.offset(0.02));
        assertThat(largest(all, n, n)).isLessThanOrEqualTo(1).isGreaterThan(0.95f);
        assertThat(largest(all, 2 * n, n)).isLessThanOrEqualTo(0.25f).isGreaterThan(0.249f);
        float xavier = (float) Math.sqrt(6.0 / 198);
        assertThat(largest(all, 3 * n, n)).isLessThanOrEqualTo(xavier).isGreaterThan(0.99f * xavier);
        float kaiming = (float) Math.sqrt(3.0 / 97);
        assertThat(largest(all, 4 * n, n)).isLessThanOrEqualTo(kaiming).isGreaterThan(0.99f * kaiming);
    }

    private static double spread(float[] x, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) x[i] * x[i];
        }
        return Math.sqrt(sum / count);
    }

    private static float largest(float[] x, int from, int count) {
        float most = 0;
        for (int i = from; i < from + count; i++) {
            most = Math.max(most, Math.abs(x[i]));
        }
        return most;
    }

    @Test
    void errorsNameThePlaceInTheModel() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                var linear =
                        DenseLinear.load(weights(1).at("model").at("layers").at(3), 4, 6, false, Init.ONES);
                Tensor x = Tensor.allocate(Shape.of("seq", 2, "hidden", 5), DType.F32);
                assertThatThrownBy(() -> linear.forward(x))
                        .isInstanceOf(ShapeException.class)
                        .hasMessage("[linear] inner axes differ: x(seq=2, hidden=5) × weight(out=6, in=4):"
                                + " hidden=5 ≠ in=4, at model.layers.3.weight");
                return null;
            });
        }
    }

    @Test
    void bothLayoutsOfAWeightMeanTheSame() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                Weights w = weights(2);
                var init = new Init.Normal(1);
                var outIn = DenseLinear.load(w.at("a"), 3, 5, true, init);
                var inOut = DenseLinear.load(w.at("b"), 3, 5, true, init, DenseLinear.Layout.IN_OUT);
                for (int o = 0; o < 5; o++) {
                    for (int i = 0; i < 3; i++) {
                        inOut.weight()
                                .tensor()
                                .memory()
                                .set(
                                        i * 5L + o,
                                        outIn.weight().tensor().memory().get(o * 3L + i));
                    }
                }
                Tensor x = Tensor.of(Shape.of("seq", 2, "hidden", 3), 1f, 2, 3, -4, 5, -6);
                assertThat(inOut.forward(x).toFloats())
                        .containsExactly(outIn.forward(x).toFloats(), org.assertj.core.data.Offset.offset(1e-6f));
                assertThat(List.of(inOut.in(), inOut.out(), outIn.in(), outIn.out()))
                        .containsExactly(3, 5, 3, 5);
                return null;
            });
        }
    }
}
