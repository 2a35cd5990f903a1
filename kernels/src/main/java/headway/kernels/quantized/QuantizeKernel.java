package headway.kernels.quantized;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;

/// Values to blocks: `Q8_0`, `Q4_0`, `Q4_1`, `Q5_0`, `Q5_1`, as the format's own library rounds them, bit for bit.
///
///     Q8_0            d = max|x| / 127,             q = round(x/d), halves away from 0
///     Q4_0, Q5_0      d = x with max|x| / -8, -16   q = ⌊x/d + 8.5⌋, ⌊x/d + 16.5⌋
///     Q4_1, Q5_1      d = (max - min) / 15, 31      q = ⌊(x - min)/d + 0.5⌋
///
/// `x/d` is `x · (1/d)` with the scale as it was before it is rounded to f16. Values are finite.
public final class QuantizeKernel {
    private QuantizeKernel() {}

    /// Whether there is a rule for `type` here.
    public static boolean knows(BlockType type) {
        return switch (type) {
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1 -> true;
            case Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4 -> false;
        };
    }

    /// Quantizes rows `r0 … r1 - 1` of `width` f32 values each.
    public static void run(BlockSpan to, Span from, int width, int r0, int r1) {
        if (!knows(to.type())) {
            throw new IllegalArgumentException("[quantize] values cannot be quantized to %s in this version; known: %s"
                    .formatted(
                            to.type(),
                            java.util.Arrays.stream(BlockType.values())
                                    .filter(QuantizeKernel::knows)
                                    .toList()));
        }
        from.requireType("quantize", "from", DType.F32);
        from.requireRows("quantize", "from", r0, r1, width);
        to.require("quantize", "to", r1, width);
        long at = to.address(r0, width);
        for (long i = (long) r0 * width; i < (long) r1 * width; i += to.type().size()) {
            block(to.type(), at, from.address(i));
            at += to.type().bytes();
        }
    }

    private static void block(BlockType type, long to, long x) {
        switch (type) {
            case Q8_0 -> q8(to, x);
            case Q4_0 -> symmetric(to, x, 8);
            case Q5_0 -> symmetric(to, x, 16);
            case Q4_1 -> affine(to, x, 15);
            case Q5_1 -> affine(to, x, 31);
            default -> throw new IllegalArgumentException("[quantize] no rule for " + type);
        }
    }

    private static void q8(long to, long x) {
        float most = Math.abs(extreme(x));
        float d = most / 127;
        float inverse = d == 0 ? 0 : 1 / d;
        for (int i = 0; i < 32; i++) {
            float scaled = Memory.f32(x + 4L * i) * inverse;
            float a = Math.abs(scaled);
            double floor = Math.floor(a);
            double rounded = floor + Math.floor(2 * (a - floor));
            Memory.i8(to + 2 + i, (byte) (scaled < 0 ? -rounded : rounded));
        }
        Memory.i16(to, Float.floatToFloat16(d));
    }

    private static void symmetric(long to, long x, int middle) {
        float d = extreme(x) / -middle;
        float inverse = d == 0 ? 0 : 1 / d;
        int[] q = new int[32];
        for (int i = 0; i < 32; i++) {
            int level = (int) (Memory.f32(x + 4L * i) * inverse + (middle + 0.5f));
            q[i] = Math.clamp(level, 0, 2 * middle - 1);
        }
        Memory.i16(to, Float.floatToFloat16(d));
        pack(to + 2, q, middle == 16);
    }

    private static void affine(long to, long x, int levels) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < 32; i++) {
            least = Math.min(least, Memory.f32(x + 4L * i));
            most = Math.max(most, Memory.f32(x + 4L * i));
        }
        float d = (most - least) / levels;
        float inverse = d == 0 ? 0 : 1 / d;
        int[] q = new int[32];
        for (int i = 0; i < 32; i++) {
            q[i] = Math.clamp((int) ((Memory.f32(x + 4L * i) - least) * inverse + 0.5f), 0, levels);
        }
        Memory.i16(to, Float.floatToFloat16(d));
        Memory.i16(to + 2, Float.floatToFloat16(least));
        pack(to + 4, q, levels == 31);
    }

    /// The first value of the greatest magnitude.
    private static float extreme(long x) {
        float extreme = 0;
        for (int i = 0; i < 32; i++) {
            float v = Memory.f32(x + 4L * i);
            extreme = Math.abs(v) > Math.abs(extreme) ? v : extreme;
        }
        return extreme;
    }

    /// Four bits a value, and the fifth ones in a word before them.
    private static void pack(long to, int[] q, boolean five) {
        if (five) {
            int bits = 0;
            for (int i = 0; i < 32; i++) {
                bits |= q[i] >>> 4 << i;
            }
            Memory.i32(to, bits);
            to += 4;
        }
        for (int i = 0; i < 16; i++) {
            Memory.i8(to + i, (byte) (q[i] & 15 | (q[i + 16] & 15) << 4));
        }
    }
}
