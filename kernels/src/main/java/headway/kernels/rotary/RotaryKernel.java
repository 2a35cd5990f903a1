package headway.kernels.rotary;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.attention.Heads;

/// Rotary position embedding, [Su et al. 2021](https://arxiv.org/abs/2104.09864): each pair of
/// elements of a head turns by an angle that grows with the position.
///
///     (y₁, y₂) = (x₁·cos - x₂·sin, x₂·cos + x₁·sin)        pairs as RotaryLayout says
///
/// | buffer       | shape             | access |
/// |--------------|-------------------|--------|
/// | `y`          | `(B, T, H, Dh)`, any strides | write (also read when accumulating) |
/// | `x`          | `(B, T, H, Dh)`, any strides | read |
/// | `cos`, `sin` | `(P, Dr/2)`       | read   |
/// | `positions`  | `(B·T)` I32       | read   |
///
/// The first `Dr` (`rotaryDim`) elements of each head turn, the rest is copied. `inverse` turns back,
/// which is also the derivative. Cost: 3 flops an element that turns and 8 bytes an element in f32;
/// memory-bound. Rows are independent: any split gives the same bits.
public final class RotaryKernel {
    private RotaryKernel() {}

    /// Rotates rows `[r0, r1)`, row `b·T + t` by the angles of row `positions[b·T + t]` of `cos` and
    /// `sin`. `y` may be `x` when `accumulate` is false. Throws `IndexOutOfBoundsException` for a
    /// position outside the tables, before anything is written.
    public static void apply(
            Heads y,
            Heads x,
            Span cos,
            Span sin,
            Span positions,
            RotaryLayout layout,
            RotaryShape shape,
            boolean inverse,
            boolean accumulate,
            int r0,
            int r1) {
        positions.requireType("rotary", "positions", DType.I32);
        positions.requireRange("rotary", "positions", r0, r1);
        requireRows(y, "y", shape, r1);
        requireRows(x, "x", shape, r1);
        int half = shape.rotaryDim() / 2;
        if (half > 0) {
            long P = cos.count() / half;
            sin.require("rotary", "sin", P * half);
            cos.require("rotary", "cos", P * half);
            for (int r = r0; r < r1; r++) {
                int position = Memory.i32(positions.address(r));
                if (position < 0 || position >= P) {
                    throw new IndexOutOfBoundsException(
                            "[rotary] position %d at row %d is outside the angle table 0 … %d"
                                    .formatted(position, r, P - 1));
                }
            }
        }
        reference(y, x, cos, sin, positions, layout, shape, inverse, accumulate, r0, r1);
    }

    private static void requireRows(Heads heads, String operand, RotaryShape shape, int rows) {
        if (rows > 0) {
            int last = (rows - 1) / shape.T();
            heads.require("rotary", operand, last, shape.T(), shape.heads(), shape.headDim());
            long end = heads.index(last, (rows - 1) % shape.T(), shape.heads() - 1) + shape.headDim();
            heads.span().require("rotary", operand, end);
        }
    }

    static void reference(
            Heads y,
            Heads x,
            Span cos,
            Span sin,
            Span positions,
            RotaryLayout layout,
            RotaryShape shape,
            boolean inverse,
            boolean accumulate,
            int r0,
            int r1) {
        int half = shape.rotaryDim() / 2;
        for (int r = r0; r < r1; r++) {
            long angles = (long) Memory.i32(positions.address(r)) * half;
            for (int h = 0; h < shape.heads(); h++) {
                long from = x.index(r / shape.T(), r % shape.T(), h);
                long to = y.index(r / shape.T(), r % shape.T(), h);
                for (int i = 0; i < half; i++) {
                    double c = get(cos, angles + i);
                    double s = inverse ? -get(sin, angles + i) : get(sin, angles + i);
                    int first = layout == RotaryLayout.INTERLEAVED ? 2 * i : i;
                    int second = layout == RotaryLayout.INTERLEAVED ? 2 * i + 1 : i + half;
                    double x1 = get(x.span(), from + first);
                    double x2 = get(x.span(), from + second);
                    put(y.span(), to + first, x1 * c - x2 * s, accumulate);
                    put(y.span(), to + second, x2 * c + x1 * s, accumulate);
                }
                for (int d = 2 * half; d < shape.headDim(); d++) {
                    put(y.span(), to + d, get(x.span(), from + d), accumulate);
                }
            }
        }
    }

    private static double get(Span span, long index) {
        return span.dtype().get(span.address(index));
    }

    private static void put(Span span, long index, double value, boolean accumulate) {
        long address = span.address(index);
        span.dtype().put(address, accumulate ? span.dtype().get(address) + value : value);
    }
}
