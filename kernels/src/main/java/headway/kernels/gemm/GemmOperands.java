package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.kernels.gemm.PackingCode.From;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import headway.kernels.simd.Rows;

/// Brings blocks of A and B into the order in which [GemmCode] reads them, by [PackingCode] where it can. Loaded only
/// where machine code runs.
final class GemmOperands {
    private static final Level LEVEL = Machine.level();
    private static final int LANES = LEVEL.lanes();
    private static final From[] FROM = From.values();
    private static final int WIDEST = GemmCode.widest(LEVEL);

    private static final CodeTable COPIES =
            new CodeTable(WIDEST * FROM.length, (a, i) -> PackingCode.copy(a, LEVEL, FROM[i / WIDEST], i % WIDEST + 1));
    private static final CodeTable TRANSPOSES =
            new CodeTable(FROM.length, (a, i) -> PackingCode.transpose(a, LEVEL, FROM[i]));
    private static final CodeTable ROWS = new CodeTable(2, (a, i) -> {
        if (i == 0) {
            PackingCode.round(a, LEVEL);
        } else {
            PackingCode.fill(a, LEVEL);
        }
    });

    private GemmOperands() {}

    /// One panel of `wide` columns from column `n` on, `depth` rows from `k` on.
    ///
    /// @param spare memory for [#LANES] rows
    static void packB(long panel, Span b, GemmShape s, boolean pairs, int n, int wide, int k, int depth, long spare) {
        long kB = s.transB() ? 1 : s.ldb();
        long nB = s.transB() ? s.ldb() : 1;
        long from = b.address(k * kB + n * nB);
        int vectors = (wide + LANES - 1) / LANES;
        From type = from(b.dtype(), pairs);
        if (!PackingCode.fits(LEVEL, type)) {
            widen(panel, from, b.dtype(), nB, kB, wide, depth, vectors * LANES, spare);
        } else if (!s.transB()) {
            copy(panel, from, type, kB * b.dtype().bytes(), depth, vectors, wide - (vectors - 1) * LANES, spare);
        } else {
            long row = nB * b.dtype().bytes();
            for (int g = 0; g < wide; g += LANES) {
                int rows = Math.min(LANES, wide - g);
                long to = panel + 4L * g;
                if (!pairs) {
                    transpose(type, to, 4L * vectors * LANES, from + g * row, row, rows, depth);
                    continue;
                }
                long lines = from + g * row;
                long pitch = row;
                if (b.dtype() != DType.BF16 || depth % 2 != 0) {
                    pitch = 2L * ((depth + 15) / 16 * 16 + 16);
                    rows(b.dtype(), spare, pitch, lines, row, rows, depth);
                    lines = spare;
                }
                transpose(From.F32, to, 4L * vectors * LANES, lines, pitch, rows, (depth + 1) / 2);
            }
        }
    }

    /// A panel of a type that is widened first: rows of k, or up to [#LANES] rows of columns that are then turned.
    private static void widen(
            long panel, long from, DType type, long nB, long kB, int wide, int depth, int width, long spare) {
        if (nB == 1) {
            for (int k = 0; k < depth; k++) {
                long row = panel + 4L * k * width;
                ConvertKernel.widen(row, from + k * kB * type.bytes(), type, wide);
                Rows.fill(row + 4L * wide, 0f, width - wide);
            }
            return;
        }
        for (int g = 0; g < wide; g += LANES) {
            int rows = Math.min(LANES, wide - g);
            for (int i = 0; i < rows; i++) {
                ConvertKernel.widen(spare + 4L * i * depth, from + (g + i) * nB * type.bytes(), type, depth);
            }
            transpose(From.F32, panel + 4L * g, 4L * width, spare, 4L * depth, rows, depth);
        }
    }

    /// Rows `m …` of A, contiguous in k, `pitch` bytes apart.
    static void packA(long to, long pitch, Span a, GemmShape s, boolean pairs, int m, int rows, int k, int depth) {
        long size = a.dtype().bytes();
        From type = from(a.dtype(), pairs);
        if (!s.transA()) {
            long from = a.address(m * s.lda() + k);
            if (pairs) {
                rows(a.dtype(), to, pitch, from, s.lda() * size, rows, depth);
            } else {
                for (int i = 0; i < rows; i++) {
                    ConvertKernel.widen(to + i * pitch, from + i * s.lda() * size, a.dtype(), depth);
                }
            }
        } else if (PackingCode.fits(LEVEL, type)) {
            int group = pairs ? 2 * LANES : LANES;
            for (int g = 0; g < depth; g += group) {
                long from = a.address((k + g) * s.lda() + m);
                long at = to + 4L * LANES * (g / group);
                transpose(type, at, pitch, from, s.lda() * size, Math.min(group, depth - g), rows);
            }
        } else {
            for (int i = 0; i < depth; i++) {
                for (int r = 0; r < rows; r++) {
                    Memory.f32(to + r * pitch + 4L * i, (float) a.dtype().get(a.address((k + i) * s.lda() + m + r)));
                }
            }
        }
    }

    private static From from(DType type, boolean pairs) {
        return switch (type) {
            case F32 -> pairs ? From.F32_PAIRS : From.F32;
            case BF16 -> pairs ? From.BF16_PAIRS : From.BF16;
            default -> From.F16;
        };
    }

    private static void copy(long to, long from, From type, long row, int depth, int vectors, int last, long zeros) {
        var code = COPIES.of(type.ordinal() * WIDEST + vectors - 1);
        if (!type.pairs()) {
            Machine.call(code, to, from, row, depth, last, 0, 0, 0);
            return;
        }
        int even = depth / 2 * 2;
        Machine.call(code, to, from, row, even, last, 0, 0, 0);
        if (even < depth) {
            // The last row alone: its partner are zeros, told by the distance to them.
            Memory.ALL.asSlice(zeros, 4L * WIDEST * LANES).fill((byte) 0);
            long single = from + even * row;
            long at = to + 2L * even * vectors * LANES;
            Machine.call(code, at, single, zeros - single, 2, last, 0, 0, 0);
        }
    }

    static void transpose(From type, long to, long stepTo, long from, long stepFrom, int rows, int k) {
        Machine.call(TRANSPOSES.of(type.ordinal()), to, stepTo, from, stepFrom, rows, k, 0, 0);
    }

    static void rows(DType type, long to, long stepTo, long from, long stepFrom, int rows, int k) {
        Machine.call(ROWS.of(type == DType.BF16 ? 1 : 0), to, stepTo, from, stepFrom, rows, k, 0, 0);
    }
}
