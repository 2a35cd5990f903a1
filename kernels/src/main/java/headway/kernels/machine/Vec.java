package headway.kernels.machine;

/// A vector register: `xmm`, `ymm` or `zmm` with its number.
///
/// @param number 0 … 15; up to 31 with AVX-512
/// @param bits 128, 256 or 512
public record Vec(int number, int bits) implements Operand {
    public Vec {
        if (number < 0 || number > 31 || bits != 128 && bits != 256 && bits != 512) {
            throw new IllegalArgumentException("[assembler] no vector register %d of %d bits".formatted(number, bits));
        }
    }

    public static Vec xmm(int number) {
        return new Vec(number, 128);
    }

    public static Vec ymm(int number) {
        return new Vec(number, 256);
    }

    public static Vec zmm(int number) {
        return new Vec(number, 512);
    }

    /// The lower part of the same register.
    public Vec low(int bits) {
        return new Vec(number, bits);
    }

    @Override
    public String toString() {
        return (bits == 128 ? "xmm" : bits == 256 ? "ymm" : "zmm") + number;
    }
}
