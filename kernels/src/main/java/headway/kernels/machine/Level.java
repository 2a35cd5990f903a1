package headway.kernels.machine;

import java.util.Locale;

/// Instruction sets that code is written for; each contains the ones before it.
///
/// `HEADWAY_INSTRUCTIONS` or the system property `headway.instructions` (`avx2`, `avx512`, `avx512bf16`, `amx`) caps
/// what is used below what the processor has, so that each level can be tested on one machine.
public enum Level {
    /// AVX2, FMA, F16C, BMI2: sixteen registers of 256 bits.
    AVX2,
    /// AVX-512 F, BW, DQ, VL and VNNI: thirty-two registers of 512 bits, masks, sums of products of bytes.
    AVX512,
    /// The same with sums of products of bfloat16.
    AVX512BF16,
    /// The same with tiles: AMX for bfloat16 and bytes.
    AMX;

    /// Whether this level has what `other` has.
    public boolean has(Level other) {
        return compareTo(other) >= 0;
    }

    /// Bits of a vector register.
    public int bits() {
        return this == AVX2 ? 256 : 512;
    }

    /// `f32` lanes of a register.
    public int lanes() {
        return bits() / 32;
    }

    /// The name that a user types.
    public String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The level that the user allows at most.
    static Level cap() {
        String wanted = System.getProperty("headway.instructions");
        if (wanted == null || wanted.isBlank()) {
            wanted = System.getenv("HEADWAY_INSTRUCTIONS");
        }
        if (wanted == null || wanted.isBlank()) {
            return AMX;
        }
        for (Level level : values()) {
            if (level.option().equals(wanted.strip().toLowerCase(Locale.ROOT))) {
                return level;
            }
        }
        throw new IllegalArgumentException(
                "[kernels] unknown instruction set '%s'; expected avx2, avx512, avx512bf16 or amx".formatted(wanted));
    }
}
