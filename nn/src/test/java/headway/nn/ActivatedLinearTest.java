package headway.nn;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.ActivationOp;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The activation inside the product gives the bits of the activation behind it.
class ActivatedLinearTest {
    @ParameterizedTest
    @EnumSource(Activation.class)
    void equalsTheActivationBehindTheProduct(Activation f) {
        try (var workspace = new Workspace()) {
            for (DType type : new DType[] {DType.F32, DType.BF16}) {
                for (int rows : new int[] {1, 5, 70, 300}) {
                    workspace.run(() -> {
                        var linear = new DenseLinear(
                                new Parameter("w", random(type, "out", 800, "in", 33)),
                                new Parameter("b", random(DType.F32, "out", 800)),
                                DenseLinear.Layout.OUT_IN);
                        Tensor x = random(DType.F32, "batch", 1, "seq", rows, "in", 33);
                        float[] behind =
                                new ActivationOp(linear.forward(x), f).run().toFloats();
                        assertThat(linear.activated(x, f).toFloats()).containsExactly(behind);
                        return null;
                    });
                }
            }
        }
    }

    private static Tensor random(DType type, Object... axes) {
        Tensor t = Tensor.allocate(Shape.of(axes), type);
        var random = new Random(11);
        for (long i = 0; i < t.count(); i++) {
            t.memory().set(i, random.nextGaussian());
        }
        return t;
    }
}
