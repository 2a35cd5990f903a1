package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import java.lang.foreign.Arena;

/// A right operand `(K, N)` of products, packed once for many: in the order in which machine code reads it, so that a
/// few rows times a large matrix are bound by memory alone.
///
/// Panels of columns follow each other; a panel has all of `K`, in f32 or in pairs of bf16 ([#pairs]).
///
/// @param memory elements of four bytes: `N` rounded up to whole vectors, times K or half of it
public record PackedMatrix(Span memory, int N, int K, boolean pairs) {
    /// Whether a matrix of this type can be packed in as many bytes as it has, or as its pairs of bf16: machine code
    /// runs, and nothing is rounded that its owner wants whole.
    public static boolean fits(DType type, boolean rounds) {
        if (!Tier.machine()) {
            return false;
        }
        boolean pairs = MachineGemm.pairs(
                DType.F32, type, GemmShape.of(1, 1, 1, false, false).rounding(rounds));
        return pairs || type == DType.F32;
    }

    /// Memory for a matrix; its contents come from [#pack].
    public static PackedMatrix allocate(Arena arena, DType type, boolean rounds, int N, int K) {
        boolean pairs = MachineGemm.pairs(
                DType.F32, type, GemmShape.of(1, 1, 1, false, false).rounding(rounds));
        int lanes = MachineGemm.LANES;
        long columns = (N + lanes - 1L) / lanes * lanes;
        Span memory = Span.allocate(arena, DType.F32, columns * (pairs ? (K + 1) / 2 : K));
        return new PackedMatrix(memory, N, K, pairs);
    }

    /// Packs columns `[n0, n1)` of `b`, which lies as `shape` says; n0 and n1 are multiples of 64, or n1 is N.
    public void pack(Span b, GemmShape shape, Span scratch, int n0, int n1) {
        java.util.Objects.checkFromToIndex(n0, n1, N);
        b.require("pack", "b", shape.elementsB());
        scratch.require("pack", "scratch", GemmKernel.scratch());
        if (n0 % 64 != 0 || n1 % 64 != 0 && n1 != N) {
            throw new IllegalArgumentException("[pack] columns %d … %d; expected multiples of 64".formatted(n0, n1));
        }
        MachineGemm.pack(this, b, shape, scratch, n0, n1);
    }

    /// Units of four bytes that `k` elements of a column take.
    int units(int k) {
        return pairs ? (k + 1) / 2 : k;
    }

    /// Address of the panel that begins with column `n`.
    long panel(int n) {
        return memory.address((long) n * units(K));
    }
}
