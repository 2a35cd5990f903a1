package headway.kernels;

/// Element type of a run of memory.
///
/// `get` and `put` go through `double`, which holds every value of every type here except the largest
/// `I64`; they serve the reference tier and tests. Fast kernels read memory themselves.
public enum DType {
    F64(8),
    F32(4),
    BF16(2),
    F16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U8(1),
    BOOL(1),
    /// Sign, four bits of exponent, three of fraction, no infinities: a form in which files keep weights that a scale
    /// beside them belongs to. Nothing is computed in it.
    F8_E4M3(1);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    /// Whether values are floating-point numbers, hence may carry gradients.
    public boolean isFloat() {
        return this == F64 || this == F32 || this == BF16 || this == F16;
    }

    /// Element at `address`, widened.
    public double get(long address) {
        return switch (this) {
            case F64 -> Memory.f64(address);
            case F32 -> Memory.f32(address);
            case BF16 -> bf16ToFloat(Memory.i16(address));
            case F16 -> Float.float16ToFloat(Memory.i16(address));
            case I64 -> Memory.i64(address);
            case I32 -> Memory.i32(address);
            case I16 -> Memory.i16(address);
            case I8 -> Memory.i8(address);
            case U8, BOOL -> Memory.i8(address) & 0xFF;
            case F8_E4M3 -> e4m3ToFloat(Memory.i8(address));
        };
    }

    /// Stores `value` at `address`: rounded once, to nearest even, for floating-point types; the
    /// fraction cut for integers; 1 for any `BOOL` that is not 0.
    public void put(long address, double value) {
        switch (this) {
            case F64 -> Memory.f64(address, value);
            case F32 -> Memory.f32(address, (float) value);
            case BF16 -> Memory.i16(address, floatToBf16(toOdd(value)));
            case F16 -> Memory.i16(address, Float.floatToFloat16(toOdd(value)));
            case I64 -> Memory.i64(address, (long) value);
            case I32 -> Memory.i32(address, (int) value);
            case I16 -> Memory.i16(address, (short) value);
            case I8, U8 -> Memory.i8(address, (byte) (int) value);
            case BOOL -> Memory.i8(address, (byte) (value != 0 ? 1 : 0));
            case F8_E4M3 -> Memory.i8(address, floatToE4m3(toOdd(value)));
        }
    }

    /// bfloat16 bits as `float`: the upper half of the same number.
    public static float bf16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /// `float` as bfloat16 bits, ties to even; a NaN stays a (quiet) NaN.
    public static short floatToBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & 0x7FFF_FFFF) > 0x7F80_0000) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /// Bits of an `F8_E4M3` as `float`.
    public static float e4m3ToFloat(byte bits) {
        int exponent = bits >> 3 & 15;
        int fraction = bits & 7;
        float size = (bits & 0x7F) == 0x7F
                ? Float.NaN
                : exponent == 0 ? fraction * 0x1p-9f : Math.scalb(1 + fraction / 8f, exponent - 7);
        return bits < 0 ? -size : size;
    }

    /// `float` as the bits of an `F8_E4M3`, ties to even; beyond its range NaN.
    public static byte floatToE4m3(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 24 & 0x80;
        float size = Math.abs(value);
        // 448 is the largest; halfway to what would follow, 480, is rounded to it.
        if (!(size <= 464)) {
            return (byte) (sign | 0x7F);
        }
        int exponent = Math.max(-6, Math.getExponent(size));
        int steps = (int) Math.rint(Math.scalb(size, 3 - exponent));
        int bits = exponent == -6 ? steps : (exponent + 6 << 3) + steps;
        return (byte) (sign | bits);
    }

    /// `value` as `float`, rounded to odd: an inexact result is cut toward zero and its last bit set,
    /// so that a second rounding to fewer bits equals one rounding of `value` ([Boldo & Melquiond
    /// 2008](https://doi.org/10.1109/TC.2007.70819)).
    private static float toOdd(double value) {
        float nearest = (float) value;
        if (nearest == value || value != value) {
            return nearest;
        }
        int bits = Float.floatToRawIntBits(nearest);
        return Float.intBitsToFloat((Math.abs((double) nearest) > Math.abs(value) ? bits - 1 : bits) | 1);
    }
}
