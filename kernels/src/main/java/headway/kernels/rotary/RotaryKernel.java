package headway.kernels.rotary;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.attention.Heads;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

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
        boolean f32 = f32(y.span()) && f32(x.span()) && f32(cos) && f32(sin);
        if (Tier.machine() && f32) {
            machine(y, x, cos, sin, positions, layout, shape, inverse, accumulate, r0, r1);
        } else if (Tier.vectors() && f32) {
            Vectorized.apply(y, x, cos, sin, positions, layout, shape, inverse, accumulate, r0, r1);
        } else {
            reference(y, x, cos, sin, positions, layout, shape, inverse, accumulate, r0, r1);
        }
    }

    private static boolean f32(Span span) {
        return span.dtype() == DType.F32;
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

    /// Machine code for all heads of a row; pairs that do not fill a register, and what does not turn, are scalar.
    private static void machine(
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
        int H = shape.heads();
        float sign = inverse ? -1 : 1;
        boolean pairs = layout == RotaryLayout.INTERLEAVED;
        for (int r = r0; r < r1; r++) {
            long angles = (long) Memory.i32(positions.address(r)) * half;
            long c = cos.address(angles);
            long s = sin.address(angles);
            long row = x.address(r / shape.T(), r % shape.T(), 0);
            long rowY = y.address(r / shape.T(), r % shape.T(), 0);
            long step = 4 * x.headStride();
            long stepY = 4 * y.headStride();
            int done = MachineRotary.row(layout, rowY, stepY, row, step, c, s, half, H, inverse, accumulate);
            for (int h = 0; h < H && (done < half || 2 * half < shape.headDim()); h++) {
                long from = row + h * step;
                long to = rowY + h * stepY;
                for (int i = done; i < half; i++) {
                    float cosine = Memory.f32(c + 4L * i);
                    float sine = sign * Memory.f32(s + 4L * i);
                    turn(to, from, pairs ? 2 * i : i, pairs ? 2 * i + 1 : i + half, cosine, sine, accumulate);
                }
                for (int d = 2 * half; d < shape.headDim(); d++) {
                    put(to + 4L * d, Memory.f32(from + 4L * d), accumulate);
                }
            }
        }
    }

    private static void turn(long y, long x, int first, int second, float c, float s, boolean accumulate) {
        float x1 = Memory.f32(x + 4L * first);
        float x2 = Memory.f32(x + 4L * second);
        put(y + 4L * first, x1 * c - x2 * s, accumulate);
        put(y + 4L * second, x2 * c + x1 * s, accumulate);
    }

    private static void put(long address, float value, boolean accumulate) {
        Memory.f32(address, accumulate ? Memory.f32(address) + value : value);
    }

    /// Same contract on vector lanes, head by head; what is left of a half that is no multiple of the
    /// lanes, and the part that does not turn, are scalar.
    static final class Vectorized {
        private static final int STEP = Simd.LANES;
        /// Lanes (0, 0, 1, 1, …): one angle for both elements of a pair.
        private static final VectorShuffle<Float> TWICE = VectorShuffle.fromOp(Simd.F, lane -> lane / 2);
        /// Lanes (1, 0, 3, 2, …): each element beside its partner.
        private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(Simd.F, lane -> lane ^ 1);
        /// (-1, 1, -1, 1, …): the first of a pair subtracts its partner's sine.
        private static final FloatVector SIGNS = signs();

        static void apply(
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
            float sign = inverse ? -1 : 1;
            for (int r = r0; r < r1; r++) {
                long angles = (long) Memory.i32(positions.address(r)) * half;
                long c = cos.address(angles);
                long s = sin.address(angles);
                for (int h = 0; h < shape.heads(); h++) {
                    long from = x.address(r / shape.T(), r % shape.T(), h);
                    long to = y.address(r / shape.T(), r % shape.T(), h);
                    switch (layout) {
                        case HALF_SPLIT -> halves(to, from, c, s, half, sign, accumulate);
                        case INTERLEAVED -> pairs(to, from, c, s, half, sign, accumulate);
                    }
                    for (int d = 2 * half; d < shape.headDim(); d++) {
                        put(to + 4L * d, Memory.f32(from + 4L * d), accumulate);
                    }
                }
            }
        }

        private static void halves(long y, long x, long cos, long sin, int half, float sign, boolean accumulate) {
            int i = 0;
            for (; i <= half - STEP; i += STEP) {
                FloatVector c = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, cos + 4L * i, Memory.ORDER);
                FloatVector s = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, sin + 4L * i, Memory.ORDER)
                        .mul(sign);
                FloatVector x1 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * i, Memory.ORDER);
                FloatVector x2 = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 4L * (i + half), Memory.ORDER);
                write(y + 4L * i, x1.mul(c).sub(x2.mul(s)), accumulate);
                write(y + 4L * (i + half), x2.mul(c).add(x1.mul(s)), accumulate);
            }
            for (; i < half; i++) {
                turn(y, x, i, i + half, Memory.f32(cos + 4L * i), sign * Memory.f32(sin + 4L * i), accumulate);
            }
        }

        private static void pairs(long y, long x, long cos, long sin, int half, float sign, boolean accumulate) {
            FloatVector signs = SIGNS.mul(sign);
            int i = 0;
            for (; i <= half - STEP / 2; i += STEP / 2) {
                var angles = Simd.first(STEP / 2);
                FloatVector c = Simd.load(cos + 4L * i, angles).rearrange(TWICE);
                FloatVector s = Simd.load(sin + 4L * i, angles).rearrange(TWICE).mul(signs);
                FloatVector v = FloatVector.fromMemorySegment(Simd.F, Memory.ALL, x + 8L * i, Memory.ORDER);
                write(y + 8L * i, v.mul(c).add(v.rearrange(SWAP).mul(s)), accumulate);
            }
            for (; i < half; i++) {
                turn(y, x, 2 * i, 2 * i + 1, Memory.f32(cos + 4L * i), sign * Memory.f32(sin + 4L * i), accumulate);
            }
        }

        private static void write(long address, FloatVector value, boolean accumulate) {
            if (accumulate) {
                FloatVector.fromMemorySegment(Simd.F, Memory.ALL, address, Memory.ORDER)
                        .add(value)
                        .intoMemorySegment(Memory.ALL, address, Memory.ORDER);
            } else {
                value.intoMemorySegment(Memory.ALL, address, Memory.ORDER);
            }
        }

        private static FloatVector signs() {
            float[] lanes = new float[STEP];
            for (int i = 0; i < STEP; i++) {
                lanes[i] = i % 2 == 0 ? -1 : 1;
            }
            return FloatVector.fromArray(Simd.F, lanes, 0);
        }
    }
}
