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
/// B is packed panel by panel; A is read where it lies when its rows are f32 and contiguous, and copied into such rows
/// otherwise. Loaded only where machine code runs.
final class MachineGemm {
    private static final Level LEVEL = Machine.level();
    private static final int LANES = LEVEL.lanes();
    private static final int NR = GemmCode.widest(LEVEL) * LANES;

    private static final CodeTable PANELS =
            new CodeTable(GemmCode.widest(LEVEL), (a, i) -> GemmCode.write(a, LEVEL, i + 1));
    private static final CodeTable COPIES =
            new CodeTable(GemmCode.widest(LEVEL), (a, i) -> PackingCode.copy(a, LEVEL, i + 1));
    private static final CodeTable TRANSPOSE = new CodeTable(1, (a, _) -> PackingCode.transpose(a, LEVEL));

    /// Rows of A, depth and columns of B that are packed at a time: a block of A stays in the second cache, one of B in
    /// the third.
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

    /// What [GemmKernel#block] computes.
    static void block(
            Span c, Span a, Span b, GemmShape s, Epilogue epilogue, Span scratch, int m0, int m1, int n0, int n1) {
        long arguments = scratch.address();
        long packedA = arguments + 4 * ARGUMENTS;
        long packedB = packedA + 4L * MC * PITCH;
        boolean continues = s.accumulate() || GemmKernel.inPlace(c, s, epilogue);
        boolean plainA = !s.transA() && a.dtype() == DType.F32;
        Memory.i64(arguments + GemmCode.ROW_C, 4 * s.ldc());
        Memory.i64(arguments + GemmCode.ROW_A, 4 * (plainA ? s.lda() : PITCH));
        for (int n = n0; n < n1; n += NC) {
            int columns = Math.min(NC, n1 - n);
            // The first pass runs even where K is 0: it writes the empty sum.
            int step = evenly(s.K(), KS);
            for (int k = 0; k == 0 || k < s.K(); k += step) {
                int depth = Math.min(step, s.K() - k);
                Epilogue end = k + step >= s.K() ? epilogue : Epilogue.NONE;
                packB(packedB, b, s, n, columns, k, depth, packedA);
                for (int m = m0; m < m1; m += MC) {
                    int rows = Math.min(MC, m1 - m);
                    if (!plainA) {
                        packA(packedA, a, s, m, rows, k, depth);
                    }
                    Memory.i64(arguments + GemmCode.ROWS, rows);
                    long fromA = plainA ? a.address(m * s.lda() + k) : packedA;
                    panels(arguments, c, fromA, packedB, s, end, m, n, columns, depth, continues || k > 0);
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
                Machine.call(PANELS.of(vectors - 1), arguments, 0, 0, 0, 0, 0, 0, 0);
            }
        }
    }

    private static void packB(long to, Span b, GemmShape s, int n, int columns, int k, int depth, long spare) {
        long kB = s.transB() ? 1 : s.ldb();
        long nB = s.transB() ? s.ldb() : 1;
        for (int j = 0; j < columns; j += NR) {
            int wide = Math.min(NR, columns - j);
            int vectors = (wide + LANES - 1) / LANES;
            long panel = to + 4L * j * depth;
            long from = b.address(k * kB + (n + j) * nB);
            if (b.dtype() != DType.F32) {
                GemmPacking.pack(panel, from, b.dtype(), nB, kB, wide, depth, vectors * LANES, spare);
            } else if (s.transB()) {
                for (int g = 0; g < wide; g += LANES) {
                    long rows = from + 4 * g * nB;
                    transpose(panel + 4L * g, 4L * vectors * LANES, rows, 4 * nB, Math.min(LANES, wide - g), depth);
                }
            } else {
                int last = wide - (vectors - 1) * LANES;
                Machine.call(COPIES.of(vectors - 1), panel, from, 4 * kB, depth, last, 0, 0, 0);
            }
        }
    }

    /// Rows of A, contiguous in k, at a distance of KC.
    private static void packA(long to, Span a, GemmShape s, int m, int rows, int k, int depth) {
        long step = 4L * PITCH;
        if (!s.transA()) {
            for (int i = 0; i < rows; i++) {
                GemmPacking.widen(to + i * step, a.address((m + i) * s.lda() + k), a.dtype(), depth);
            }
        } else if (a.dtype() == DType.F32) {
            for (int g = 0; g < depth; g += LANES) {
                long from = a.address((k + g) * s.lda() + m);
                transpose(to + 4L * g, step, from, 4 * s.lda(), Math.min(LANES, depth - g), rows);
            }
        } else {
            for (int i = 0; i < depth; i++) {
                for (int r = 0; r < rows; r++) {
                    Memory.f32(to + r * step + 4L * i, (float) a.dtype().get(a.address((k + i) * s.lda() + m + r)));
                }
            }
        }
    }

    private static void transpose(long to, long stepTo, long from, long stepFrom, int rows, int k) {
        Machine.call(TRANSPOSE.of(0), to, stepTo, from, stepFrom, rows, k, 0, 0);
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
