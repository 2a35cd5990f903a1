package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.activation.ActivationKernel;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import headway.kernels.simd.Rows;

/// The product in machine code: the loops around [GemmCode], and packing.
///
/// B is packed panel by panel; A is read where it lies when its rows are contiguous in the type that is multiplied, and
/// copied into such rows otherwise. Loaded only where machine code runs.
///
/// Along k everything counts in units of four bytes: one f32, or two bf16 where [#pairs] says so.
final class MachineGemm {
    private static final Level LEVEL = Machine.level();
    static final int LANES = LEVEL.lanes();
    private static final int NR = GemmCode.widest(LEVEL) * LANES;

    private static final int WIDEST = GemmCode.widest(LEVEL);
    private static final CodeTable PANELS = new CodeTable(WIDEST, (a, i) -> GemmCode.write(a, LEVEL, i + 1));
    private static final boolean TILES = LEVEL.has(Level.AMX);
    private static final CodeTable PAIRS = new CodeTable(WIDEST, (a, i) -> {
        if (TILES) {
            TileGemmCode.write(a, i + 1);
        } else {
            GemmCode.writePairs(a, LEVEL, i + 1);
        }
    });

    private static final CodeTable AHEAD =
            new CodeTable(2 * WIDEST, (a, i) -> GemmCode.writeAhead(a, LEVEL, i % WIDEST + 1, i >= WIDEST));

    /// Rows of A up to which a packed B comes from memory faster than it is multiplied.
    private static final int FEW = 64;

    /// Rows of A, depth in units and columns of B that are packed at a time: a block of A stays in the second cache,
    /// one
    /// of B in the third. Processors that have no more than AVX2 have 256 to 512 KB of the second.
    private static final int MC = LEVEL == Level.AVX2 ? 96 : 192;

    private static final int KS = LEVEL == Level.AVX2 ? 512 : 1024;
    private static final int NC = 768;

    /// Depth of one call: a panel of B this deep stays in the first cache while all rows pass by. Sums in between lie
    /// in C, whose columns under one panel stay in the second.
    private static final int KC = 128;

    /// The same in tiles, which hold a quarter as many columns of a panel at a time.
    private static final int TILE_KC = 256;

    /// Rows of A at multiples of this many bytes are copied before tiles are loaded from them: sixteen rows of a tile
    /// would share a few sets of the first cache.
    private static final int ALIASED = 1024;

    /// Distance of packed rows of A: rows at a power of two would all fall into one set of the first cache.
    private static final int PITCH = KS + LANES;

    /// Elements.
    static final int ARGUMENTS = TILES ? (TileGemmCode.BYTES + 63) / 64 * 16 : 32;

    private MachineGemm() {}

    /// Elements of f32 that a call needs.
    static long scratch() {
        return ARGUMENTS + (long) MC * PITCH + (long) NC * KS;
    }

    /// Whether this product runs on pairs of bf16: the processor has sums of their products, and no operand is rounded
    /// that its owner wants whole.
    static boolean pairs(DType a, DType b, GemmShape s) {
        boolean whole = a == DType.BF16 && b == DType.BF16;
        boolean narrow = a != DType.F16 && b != DType.F16;
        return LEVEL.has(Level.AVX512BF16) && (whole || s.rounds() && narrow);
    }

    /// What [GemmKernel#block] computes.
    static void block(
            Span c, Span a, Span b, GemmShape s, Epilogue epilogue, Span scratch, int m0, int m1, int n0, int n1) {
        block(c, a, b, null, pairs(a.dtype(), b.dtype(), s), s, epilogue, scratch, m0, m1, n0, n1);
    }

    /// The same with all of B packed before.
    static void block(
            Span c,
            Span a,
            PackedMatrix b,
            GemmShape s,
            Epilogue epilogue,
            Span scratch,
            int m0,
            int m1,
            int n0,
            int n1) {
        block(c, a, null, b, b.pairs(), s, epilogue, scratch, m0, m1, n0, n1);
    }

    /// Packs columns `[n0, n1)` of B; `n0` is a multiple of [#NR], and so is `n1` unless it is N.
    static void pack(PackedMatrix to, Span b, GemmShape s, Span scratch, int n0, int n1) {
        for (int n = n0; n < n1; n += NR) {
            int wide = Math.min(NR, n1 - n);
            int step = KS * (to.pairs() ? 2 : 1);
            int width = (wide + LANES - 1) / LANES * LANES;
            for (int k = 0; k < s.K(); k += step) {
                long at = to.panel(n) + 4L * to.units(k) * width;
                GemmOperands.packB(at, b, s, to.pairs(), n, wide, k, Math.min(step, s.K() - k), scratch.address());
            }
        }
    }

    private static void block(
            Span c,
            Span a,
            Span b,
            PackedMatrix packed,
            boolean pairs,
            GemmShape s,
            Epilogue epilogue,
            Span scratch,
            int m0,
            int m1,
            int n0,
            int n1) {
        long arguments = scratch.address();
        long packedA = arguments + 4 * ARGUMENTS;
        long packedB = packedA + 4L * MC * PITCH;
        int per = pairs ? 2 : 1;
        boolean continues = s.accumulate() || GemmKernel.inPlace(c, s, epilogue);
        boolean tiles = pairs && TILES;
        boolean plainA = plain(a, s, pairs);
        Memory.i64(arguments + GemmCode.ROW_C, 4 * s.ldc());
        Memory.i64(arguments + GemmCode.ROW_A, plainA ? s.lda() * a.dtype().bytes() : 4 * PITCH);
        int step = per * evenly((s.K() + per - 1) / per, KS, tiles ? TileGemmCode.DEPTH : 1);
        for (int n = n0; n < n1; n += NC) {
            int columns = Math.min(NC, n1 - n);
            // The first pass runs even where K is 0: it writes the empty sum.
            for (int k = 0; k == 0 || k < s.K(); k += step) {
                int depth = Math.min(step, s.K() - k);
                int units = (depth + per - 1) / per;
                Epilogue end = k + step >= s.K() ? epilogue : Epilogue.NONE;
                for (int j = 0; packed == null && j < columns; j += NR) {
                    long panel = packedB + 4L * j * units;
                    GemmOperands.packB(panel, b, s, pairs, n + j, Math.min(NR, columns - j), k, depth, packedA);
                }
                for (int m = m0; m < m1; m += MC) {
                    int rows = Math.min(MC, m1 - m);
                    if (!plainA) {
                        GemmOperands.packA(packedA, 4 * PITCH, a, s, pairs, m, rows, k, depth);
                    }
                    long fromA = plainA ? a.address(m * s.lda() + k) : packedA;
                    Panels of = packed == null
                            ? new Panels(packedB, units, 0, false)
                            : new Panels(packed.panel(n), packed.units(s.K()), packed.units(k), true);
                    panels(pairs, arguments, c, fromA, of, s, end, m, rows, n, columns, units, continues || k > 0);
                    if (end.activation() != Activation.IDENTITY) {
                        activate(c, s, end, m, rows, n, columns);
                    }
                }
            }
        }
    }

    /// Whether A is read where it lies.
    private static boolean plain(Span a, GemmShape s, boolean pairs) {
        boolean aliased = pairs && TILES && s.lda() * a.dtype().bytes() % ALIASED == 0;
        return !s.transA() && !aliased && (pairs ? a.dtype() == DType.BF16 && s.K() % 2 == 0 : a.dtype() == DType.F32);
    }

    /// The smallest step of at most `most` that cuts `size` into no more pieces: two even pieces beat a whole and a
    /// rest. A multiple of `of`, which divides `most`.
    private static int evenly(int size, int most, int of) {
        int pieces = Math.max(1, (size + most - 1) / most);
        int step = Math.max(1, (size + pieces - 1) / pieces);
        return (step + of - 1) / of * of;
    }

    /// Where packed panels of B lie: the first one, units in each, the unit to begin at, and whether they come from
    /// memory.
    private record Panels(long address, int units, int first, boolean fetched) {}

    /// Rows of A times all panels of B, each panel in steps of KC.
    private static void panels(
            boolean pairs,
            long arguments,
            Span c,
            long fromA,
            Panels b,
            GemmShape s,
            Epilogue end,
            int m,
            int rows,
            int n,
            int columns,
            int depth,
            boolean continues) {
        Memory.i64(arguments + GemmCode.ROWS, rows);
        boolean residual =
                end.residual() != null && end.activation() == Activation.IDENTITY && !GemmKernel.inPlace(c, s, end);
        Memory.i64(arguments + GemmCode.ROW_RESIDUAL, 4 * end.residualStride());
        for (int j = 0; j < columns; j += NR) {
            int wide = Math.min(NR, columns - j);
            int vectors = (wide + LANES - 1) / LANES;
            Memory.i64(arguments + GemmCode.C, c.address(m * s.ldc() + n + j));
            Memory.i64(arguments + GemmCode.LAST, wide - (vectors - 1) * LANES);
            int k = 0;
            // The first pass runs even where the depth is 0.
            do {
                int units = pairs && TILES ? TileGemmCode.depth(depth - k, TILE_KC) : Math.min(KC, depth - k);
                boolean last = k + units >= depth;
                boolean biased = last && end.bias() != null;
                boolean added = last && residual;
                Memory.i64(arguments + GemmCode.A, fromA + 4L * k);
                long from = b.address + 4L * j * b.units + 4L * (b.first + k) * vectors * LANES;
                Memory.i64(arguments + GemmCode.B, from);
                Memory.i64(arguments + GemmCode.DEPTH, units);
                Memory.i64(arguments + GemmCode.CONTINUES, continues || k > 0 ? 1 : 0);
                Memory.i64(arguments + GemmCode.BIAS, biased ? end.bias().address(n + j) : 0);
                Memory.i64(
                        arguments + GemmCode.RESIDUAL,
                        added ? end.residual().address(m * end.residualStride() + n + j) : 0);
                if (pairs && TILES) {
                    TileGemmCode.shapes(arguments, rows, units);
                }
                boolean fetches = b.fetched && rows > GemmCode.MR && rows <= FEW && !(pairs && TILES);
                Memory.i64(arguments + GemmCode.AHEAD, from + 4L * units * vectors * LANES);
                CodeTable table = fetches ? AHEAD : pairs ? PAIRS : PANELS;
                int kind = fetches && pairs ? WIDEST : 0;
                Machine.call(table.of(kind + vectors - 1), arguments, 0, 0, 0, 0, 0, 0, 0);
                k += units;
            } while (k < depth);
        }
    }

    private static void activate(Span c, GemmShape s, Epilogue epilogue, int m, int rows, int n, int columns) {
        for (int i = m; i < m + rows; i++) {
            long first = i * s.ldc() + n;
            ActivationKernel.forward(c, c, epilogue.activation(), first, first + columns);
            if (epilogue.residual() != null) {
                long residual = epilogue.residual().address(i * epilogue.residualStride() + n);
                Rows.add(c.address(first), c.address(first), residual, columns);
            }
        }
    }
}
