package headway.nn.ffn;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.NewWeights;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.Arena;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The paper's formula, every expert on every token, in f64.
class MixtureOfExpertsTest {
    private static final int D = 6;
    private static final int F = 5;
    private static final int E = 4;
    private static final int K = 2;

    @ParameterizedTest
    @EnumSource
    void equalsTheFormula(TopKRouter.Weights weights) {
        try (Arena arena = Arena.ofConfined();
                var workspace = new Workspace()) {
            var init = new Init.Normal(0.7);
            Weights w = Weights.of(new NewWeights(arena, DType.F32, 5));
            List<GatedMlp> experts = IntStream.range(0, E)
                    .mapToObj(e -> new GatedMlp(
                            DenseLinear.load(w.at("gate").at(e), D, F, false, init),
                            DenseLinear.load(w.at("up").at(e), D, F, false, init),
                            DenseLinear.load(w.at("down").at(e), F, D, false, init),
                            Activation.SILU))
                    .toList();
            var router = DenseLinear.load(w.at("router"), D, E, false, init);
            var mixture = new MixtureOfExperts(new TopKRouter(router, K, weights), new Experts.Separate(experts), null);
            workspace.run(() -> {
                Tensor x = draw("batch", 2, "seq", 7, "hidden", D);
                Tensor y = mixture.forward(x, null);
                Tensor more = mixture.forward(x, x);
                assertThat(y.shape()).isEqualTo(x.shape());
                for (int t = 0; t < 14; t++) {
                    double[] expected = formula(x, t, router, experts, weights);
                    for (int d = 0; d < D; d++) {
                        long at = (long) t * D + d;
                        assertThat(y.memory().get(at)).isCloseTo(expected[d], Offset.offset(2e-6));
                        assertThat(more.memory().get(at))
                                .isCloseTo(expected[d] + x.memory().get(at), Offset.offset(2e-6));
                    }
                }
                return null;
            });
        }
    }

    private static double[] formula(
            Tensor x, int t, DenseLinear router, List<GatedMlp> experts, TopKRouter.Weights weights) {
        double[] row = IntStream.range(0, D)
                .mapToDouble(d -> x.memory().get((long) t * D + d))
                .toArray();
        double[] exponentials = IntStream.range(0, E)
                .mapToDouble(e -> Math.exp(times(router, row, e)))
                .toArray();
        List<Integer> chosen = IntStream.range(0, E)
                .boxed()
                .sorted(Comparator.comparing((Integer e) -> -exponentials[e]))
                .limit(K)
                .toList();
        double total = (weights == TopKRouter.Weights.ALL
                        ? IntStream.range(0, E)
                        : chosen.stream().mapToInt(e -> e))
                .mapToDouble(e -> exponentials[e])
                .sum();
        double[] y = new double[D];
        for (int e : chosen) {
            GatedMlp expert = experts.get(e);
            double[] inner = IntStream.range(0, F)
                    .mapToDouble(f -> {
                        double gate = times((DenseLinear) expert.gateProj(), row, f);
                        return gate / (1 + Math.exp(-gate)) * times((DenseLinear) expert.upProj(), row, f);
                    })
                    .toArray();
            for (int d = 0; d < D; d++) {
                y[d] += exponentials[e] / total * times((DenseLinear) expert.downProj(), inner, d);
            }
        }
        return y;
    }

    /// Element `out` of `weight · x`.
    private static double times(DenseLinear linear, double[] x, int out) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += linear.weight().tensor().memory().get((long) out * x.length + i) * x[i];
        }
        return sum;
    }

    private static Tensor draw(Object... namesAndSizes) {
        var random = new Random(7);
        Tensor x = Tensor.allocate(Shape.of(namesAndSizes), DType.F32);
        for (int i = 0; i < x.count(); i++) {
            x.memory().set(i, random.nextGaussian());
        }
        return x;
    }
}
