package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import java.lang.foreign.Arena;

/// A right operand `(N, K)` of bytes with sign, packed once for many products ([IntegerGemmKernel]): four bytes along k
/// of each column side by side, panel after panel.
///
/// @param memory bytes: `N` rounded up to whole vectors, times K rounded up to fours
public record PackedBytes(Span memory, int N, int K) {
    /// Whether bytes can be packed: machine code multiplies them.
    public static boolean fits() {
        return Tier.machine() && MachineIntegerGemm.fits();
    }

    /// Memory for a matrix, where [#fits] says so; its contents come from [#pack].
    public static PackedBytes allocate(Arena arena, int N, int K) {
        int lanes = MachineIntegerGemm.LANES;
        long columns = (N + lanes - 1L) / lanes * lanes;
        return new PackedBytes(Span.allocate(arena, DType.I8, columns * ((K + 3) / 4 * 4)), N, K);
    }

    /// Packs columns `[n0, n1)` of `b`, rows of K bytes; n0 and n1 are multiples of 64, or n1 is N.
    public void pack(Span b, Span scratch, int n0, int n1) {
        java.util.Objects.checkFromToIndex(n0, n1, N);
        b.requireType("pack", "b", DType.I8);
        b.require("pack", "b", (long) N * K);
        scratch.require("pack", "scratch", IntegerGemmKernel.scratch());
        if (n0 % 64 != 0 || n1 % 64 != 0 && n1 != N) {
            throw new IllegalArgumentException("[pack] columns %d … %d; expected multiples of 64".formatted(n0, n1));
        }
        MachineIntegerGemm.pack(this, b, scratch, n0, n1);
    }

    /// Units of four bytes of a column.
    int units() {
        return (K + 3) / 4;
    }

    /// Address of the panel that begins with column `n`.
    long panel(int n) {
        return memory.address((long) n * 4 * units());
    }
}
