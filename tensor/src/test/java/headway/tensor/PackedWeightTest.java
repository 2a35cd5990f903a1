package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.DType;
import headway.kernels.gemm.PackedMatrix;
import headway.kernels.random.Philox;
import headway.tensor.op.LinearOp;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A weight that a few rows keep coming back to is packed on the way; its results stay what they were.
class PackedWeightTest {
    @ParameterizedTest
    @CsvSource({"F32, false, 16", "F32, true, 5", "BF16, false, 16", "BF16, false, 3"})
    void resultsStayWhatTheyWere(DType type, boolean inOut, int M) {
        int N = 200;
        int K = 70;
        try (Arena arena = Arena.ofConfined();
                var workspace = new Workspace()) {
            Tensor weight =
                    Tensor.owned(arena, inOut ? Shape.of("in", K, "out", N) : Shape.of("out", N, "in", K), type);
            Philox.normal(weight.memory(), 5, 0, 0, 1, 0, weight.count());
            if (type == DType.BF16) {
                weight.rounding();
            }
            Tensor x = Tensor.owned(arena, Shape.of("seq", M, "in", K), DType.F32);
            Philox.normal(x.memory(), 6, 0, 0, 1, 0, x.count());
            float[] first = null;
            for (int use = 0; use < 8; use++) {
                float[] y = workspace.run(() -> values(new LinearOp(x, weight, null, null, inOut).run()));
                if (first == null) {
                    first = y;
                }
                // To the bit: an answer must not depend on how many there were before.
                assertThat(y).as("use %d", use).isEqualTo(first);
            }
            assertThat(weight.packed != null).isEqualTo(PackedMatrix.fits(type, weight.rounds()));
        }
    }

    private static float[] values(Tensor t) {
        float[] values = new float[(int) t.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) t.memory().get(i);
        }
        return values;
    }
}
