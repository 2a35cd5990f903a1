package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.activation.ActivationKernel;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;

/// The product in machine code: the loops around [GemmCode], and packing.
///
/// B is packed panel by panel; A is read where it lies when its rows are contiguous in the type that is multiplied, and
/// copied into such rows otherwise. Loaded only where machine code runs.
///
/// Along k everything counts in units of four bytes: one f32, or two bf16 where [#pairs] says so.
final class MachineGemm {
    private static final Level LEVEL = Machine.level();
    private static final int LANES = LEVEL.lanes();
    private static final int NR = GemmCode.widest(LEVEL) * LANES;

    private static final int WIDEST = GemmCode.widest(LEVEL);
    private static final CodeTable PANELS = new CodeTable(WIDEST, (a, i) -> GemmCode.write(a, LEVEL, i + 1));
    private static final CodeTable PAIRS = new CodeTable(WIDEST, (a, i) -> GemmCode.writePairs(a, LEVEL, i + 1));

    /// Rows of A, depth in units and columns of B that are packed at a time: a block of A stays in the second cache,
    /// one
    /// of B in the third.
    private static final int MC = 192;

    private static final int KS = 1024;
    private static final int NC = 768;

    /// Depth of one call: a panel of B this deep stays in the first cache while all rows pass by. Sums in between lie
    /// in C, whose columns under one panel stay in the second.
    private static final int KC = 128;

    /// Distance of packed rows of A: rows at a power of two would all fall into one set of the first cache.
    private static final int PITCH = KS + LANES;

    private static final int ARGUMENTS = 32;

    private MachineGemm() {}

    /// Elements of f32 that a call needs.
    static long scratch() {
        return ARGUMENTS + (long) MC * PITCH + (long) NC * KS;
    }

    /// Whether this product runs on pairs of bf16: the processor has sums of their products, and no operand is rounded
    /// that its owner wants whole.
    private static boolean pairs(Span a, Span b, GemmShape s) {
        boolean whole = a.dtype() == DType.BF16 && b.dtype() == DType.BF16;
        boolean narrow = a.dtype() != DType.F16 && b.dtype() != DType.F16;
        return LEVEL.has(Level.AVX512BF16) && (whole || s.rounds() && narrow);
    }

    /// What [GemmKernel#block] computes.
    static void block(
            Span c, Span a, Span b, GemmShape s, Epilogue epilogue, Span scratch, int m0, int m1, int n0, int n1) {
        long arguments = scratch.address();
        long packedA = arguments + 4 * ARGUMENTS;
        long packedB = packedA + 4L * MC * PITCH;
        boolean pairs = pairs(a, b, s);
        int per = pairs ? 2 : 1;
        boolean continues = s.accumulate() || GemmKernel.inPlace(c, s, epilogue);
        boolean plainA = !s.transA() && (pairs ? a.dtype() == DType.BF16 && s.K() % 2 == 0 : a.dtype() == DType.F32);
        Memory.i64(arguments + GemmCode.ROW_C, 4 * s.ldc());
        Memory.i64(arguments + GemmCode.ROW_A, plainA ? s.lda() * a.dtype().bytes() : 4 * PITCH);
        int step = per * evenly((s.K() + per - 1) / per, KS);
        for (int n = n0; n < n1; n += NC) {
            int columns = Math.min(NC, n1 - n);
            // The first pass runs even where K is 0: it writes the empty sum.
            for (int k = 0; k == 0 || k < s.K(); k += step) {
                int depth = Math.min(step, s.K() - k);
                int units = (depth + per - 1) / per;
                Epilogue end = k + step >= s.K() ? epilogue : Epilogue.NONE;
                for (int j = 0; j < columns; j += NR) {
                    long panel = packedB + 4L * j * units;
                    GemmOperands.packB(panel, b, s, pairs, n + j, Math.min(NR, columns - j), k, depth, packedA);
                }
                for (int m = m0; m < m1; m += MC) {
                    int rows = Math.min(MC, m1 - m);
                    if (!plainA) {
                        GemmOperands.packA(packedA, 4 * PITCH, a, s, pairs, m, rows, k, depth);
                    }
                    Memory.i64(arguments + GemmCode.ROWS, rows);
                    long fromA = plainA ? a.address(m * s.lda() + k) : packedA;
                    CodeTable code = pairs ? PAIRS : PANELS;
                    panels(code, arguments, c, fromA, packedB, s, end, m, n, columns, units, continues || k > 0);
                    if (end.activation() != Activation.IDENTITY) {
                        activate(c, s, end, m, rows, n, columns);
                    }
                }
            }
        }
    }

    /// The smallest step of at most `most` that cuts `size` into no more pieces: two even pieces beat a whole and a
    /// rest.
    private static int evenly(int size, int most) {
        int pieces = Math.max(1, (size + most - 1) / most);
        return Math.max(1, (size + pieces - 1) / pieces);
    }

    /// Rows of A times all panels of B, each panel in steps of KC.
    private static void panels(
            CodeTable code,
            long arguments,
            Span c,
            long fromA,
            long packedB,
            GemmShape s,
            Epilogue end,
            int m,
            int n,
            int columns,
            int depth,
            boolean continues) {
        boolean residual =
                end.residual() != null && end.activation() == Activation.IDENTITY && !GemmKernel.inPlace(c, s, end);
        Memory.i64(arguments + GemmCode.ROW_RESIDUAL, 4 * end.residualStride());
        for (int j = 0; j < columns; j += NR) {
            int wide = Math.min(NR, columns - j);
            int vectors = (wide + LANES - 1) / LANES;
            Memory.i64(arguments + GemmCode.C, c.address(m * s.ldc() + n + j));
            Memory.i64(arguments + GemmCode.LAST, wide - (vectors - 1) * LANES);
            for (int k = 0; k == 0 || k < depth; k += KC) {
                boolean last = k + KC >= depth;
                boolean biased = last && end.bias() != null;
                boolean added = last && residual;
                Memory.i64(arguments + GemmCode.A, fromA + 4L * k);
                Memory.i64(arguments + GemmCode.B, packedB + 4L * j * depth + 4L * k * vectors * LANES);
                Memory.i64(arguments + GemmCode.DEPTH, Math.min(KC, depth - k));
                Memory.i64(arguments + GemmCode.CONTINUES, continues || k > 0 ? 1 : 0);
                Memory.i64(arguments + GemmCode.BIAS, biased ? end.bias().address(n + j) : 0);
                Memory.i64(
                        arguments + GemmCode.RESIDUAL,
                        added ? end.residual().address(m * end.residualStride() + n + j) : 0);
                Machine.call(code.of(vectors - 1), arguments, 0, 0, 0, 0, 0, 0, 0);
            }
        }
    }

    private static void activate(Span c, GemmShape s, Epilogue epilogue, int m, int rows, int n, int columns) {
        for (int i = m; i < m + rows; i++) {
            long first = i * s.ldc() + n;
            ActivationKernel.forward(c, c, epilogue.activation(), first, first + columns);
            if (epilogue.residual() != null) {
                long residual = epilogue.residual().address(i * epilogue.residualStride() + n);
                GemmKernel.Vectorized.add(c.address(first), residual, columns);
            }
        }
    }
}
