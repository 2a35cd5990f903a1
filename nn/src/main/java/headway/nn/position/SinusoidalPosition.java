package headway.nn.position;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;

/// Fixed waves of geometrically growing length; three layouts are in use that do not agree with each other.
public final class SinusoidalPosition {
    /// Order of sines and cosines, and the exponents of the wavelengths.
    public enum Layout {
        /// `sin, cos, sin, cos, …`, exponent `2i/d`: section 3.5 of
        /// [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762).
        INTERLEAVED,
        /// `[sin … | cos …]`, exponent `i/(d/2 - 1)`: tensor2tensor, fairseq, Whisper.
        CONCATENATED,
        /// `[sin … | cos …]`, exponent `2i/d`: Transformer-XL, Marian.
        CONCATENATED_PAPER
    }

    private SinusoidalPosition() {}

    /// The table `(positions, hidden)`, in `F32`.
    public static Tensor table(Arena arena, int positions, int hiddenSize, Layout layout) {
        Tensor table = Tensor.owned(arena, Shape.of("positions", positions, "hidden", hiddenSize), DType.F32);
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < hiddenSize; c++) {
                table.memory().set((long) p * hiddenSize + c, value(p, c, hiddenSize, layout));
            }
        }
        return table;
    }

    /// Column `c` of position `p`.
    public static double value(int p, int c, int hiddenSize, Layout layout) {
        int half = (hiddenSize + 1) / 2;
        boolean sine = layout == Layout.INTERLEAVED ? c % 2 == 0 : c < half;
        int i = layout == Layout.INTERLEAVED ? c / 2 : c % half;
        double angle = p * StrictMath.pow(10000, -exponent(layout, i, hiddenSize));
        return sine ? StrictMath.sin(angle) : StrictMath.cos(angle);
    }

    private static double exponent(Layout layout, int i, int hiddenSize) {
        return switch (layout) {
            case INTERLEAVED, CONCATENATED_PAPER -> 2.0 * i / hiddenSize;
            // One pair alone has the exponent 0, not 0/0.
            case CONCATENATED -> i / Math.max(1, hiddenSize / 2 - 1.0);
        };
    }
}
