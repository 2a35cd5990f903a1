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
    BOOL(1);

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
