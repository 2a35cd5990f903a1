package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of the product's inner loops: all rows of A times one packed panel of B.
///
///     C[m, n] = from[m, n] + Σ_k A[m, k] · B[k, n] (+ bias[n] + residual[m, n])
///
/// A tile is six rows by four vectors (AVX-512: 24 accumulators of 32 registers) or two (AVX2: 12 of 16). B comes in
/// panels `(K, tile width)`, A as it lies, a row at a time: broadcasts reach six rows with two base registers. Each
/// step of `k` loads the panel's vectors once and broadcasts six numbers. What was tried is in
/// `docs/decisions/0009-machine-code.md`.
///
/// Arguments lie in memory, eight bytes each: see the constants.
final class GemmCode {
    static final int C = 0;
    static final int ROW_C = 8;
    static final int A = 16;
    static final int ROW_A = 24;
    static final int B = 32;
    static final int DEPTH = 40;
    static final int ROWS = 48;
    /// 1 where sums go on from C, 0 where they start.
    static final int CONTINUES = 56;
    /// Columns in the last vector, 1 … lanes.
    static final int LAST = 64;
    /// Address of the panel's first bias, or 0.
    static final int BIAS = 72;
    /// Address of the first residual, or 0.
    static final int RESIDUAL = 80;
    static final int ROW_RESIDUAL = 88;
    /// Address of what is multiplied next, for kernels that fetch it.
    static final int AHEAD = 96;

    /// Rows of a tile.
    static final int MR = 6;

    private static final int UNROLL = 4;

    /// Cache lines a step of fetching kernels: two tiles of rows bring the four lines that a step reads.
    private static final int LINES = 2;

    private final VectorCode v;
    private final Assembler a;
    private final int width;
    private final Instruction multiply;
    private final int firstAccumulator;
    /// Cache lines that each step fetches ahead.
    private final int lines;

    private GemmCode(Assembler a, Level level, int width, Instruction multiply, int lines) {
        this.lines = lines;
        this.multiply = multiply;
        this.v = new VectorCode(a, level, 0);
        this.a = a;
        this.width = width;
        this.firstAccumulator = v.wide() ? 8 : 4;
    }

    /// Vectors in the widest tile.
    static int widest(Level level) {
        return level == Level.AVX2 ? 2 : 4;
    }

    /// The kernel for panels of `width` vectors of f32.
    static void write(Assembler a, Level level, int width) {
        new GemmCode(a, level, width, VFMADD231PS, 0).panel();
    }

    /// The same for a few rows of A, to which B comes from memory: what is multiplied next is fetched meanwhile.
    static void writeAhead(Assembler a, Level level, int width, boolean pairs) {
        new GemmCode(a, level, width, pairs ? VDPBF16PS : VFMADD231PS, LINES).panel();
    }

    /// The same for pairs of bf16, [Level#AVX512BF16]: four bytes hold two neighbours along k, in A as they lie, in B's
    /// panels interleaved, so that each step of the loop does two of k.
    static void writePairs(Assembler a, Level level, int width) {
        new GemmCode(a, level, width, VDPBF16PS, 0).panel();
    }

    /// The same for fours of bytes, [Level#AVX512]: without sign in B's panels, with it in A; sums in i32, for which
    /// bias and residual must be 0.
    static void writeBytes(Assembler a, Level level, int width) {
        new GemmCode(a, level, width, VPDPBUSD, 0).panel();
    }

    private Vec accumulator(int row, int n) {
        return v.v(firstAccumulator + row * width + n);
    }

    /// Row `i` of six, from a base register, another three rows further, and the distance of rows.
    private static Mem row(Gp base, Gp third, Gp stride, int i, int displacement) {
        Gp from = i < 3 ? base : third;
        return i % 3 == 0 ? from.at(displacement) : from.at(stride, i % 3, displacement);
    }

    private void panel() {
        a.mov(RDX, RDI.at(C));
        a.mov(RSI, RDI.at(ROW_C));
        a.mov(RAX, RDI.at(A));
        a.mov(RCX, RDI.at(ROW_A));
        a.mov(R8, RDI.at(B));
        a.mov(R12, RDI.at(DEPTH));
        a.mov(RBP, RDI.at(ROWS));
        a.mov(R13, RDI.at(CONTINUES));
        a.mov(R15, RDI.at(RESIDUAL));
        if (v.wide()) {
            a.mov(R14, RDI.at(LAST));
            v.first(R14, R11);
        }
        a.mov(R14, RDI.at(BIAS));
        Label end = new Label();
        Label[] fewer = new Label[MR];
        for (int r = 1; r < MR; r++) {
            fewer[r] = new Label();
        }
        Label loop = new Label();
        Label small = new Label();
        a.bind(loop);
        a.cmp(RBP, MR);
        a.jump(If.L, small);
        tile(MR);
        a.jump(loop);
        a.bind(small);
        for (int r = MR - 1; r > 0; r--) {
            a.cmp(RBP, r);
            a.jump(If.E, fewer[r]);
        }
        a.jump(end);
        for (int r = 1; r < MR; r++) {
            a.bind(fewer[r]);
            tile(r);
            a.jump(end);
        }
        a.bind(end);
    }

    private void tile(int rows) {
        start(rows);
        if (lines > 0) {
            a.mov(R11, RDI.at(AHEAD));
        }
        a.mov(R10, R8);
        if (rows > 3) {
            a.lea(RBX, RAX.at(RCX, 2, 0));
            a.add(RBX, RCX);
        }
        a.mov(R9, R12);
        Label single = new Label();
        Label done = new Label();
        a.sub(R9, UNROLL);
        a.jump(If.L, single);
        a.align(32);
        Label loop = a.here();
        for (int u = 0; u < UNROLL; u++) {
            step(rows, u);
        }
        advance(rows, UNROLL);
        a.sub(R9, UNROLL);
        a.jump(If.GE, loop);
        a.bind(single);
        a.add(R9, UNROLL);
        a.jump(If.E, done);
        Label one = a.here();
        step(rows, 0);
        advance(rows, 1);
        a.sub(R9, 1);
        a.jump(If.NE, one);
        a.bind(done);
        if (lines > 0) {
            a.mov(RDI.at(AHEAD), R11);
        }
        finish(rows);
        // Back to the row's start, and on by the rows of this tile.
        a.imul(R11, RCX, rows);
        a.add(RAX, R11);
        a.mov(R11, R12);
        a.shift(Shift.SHL, R11, 2);
        a.sub(RAX, R11);
        a.imul(R11, RSI, rows);
        a.add(RDX, R11);
        a.sub(RBP, rows);
    }

    private void advance(int rows, int steps) {
        a.add(RAX, 4 * steps);
        if (rows > 3) {
            a.add(RBX, 4 * steps);
        }
        a.add(R10, steps * width * v.bytes());
        if (lines > 0) {
            a.add(R11, steps * lines * 64);
        }
    }

    /// One step of k.
    private void step(int rows, int u) {
        for (int n = 0; n < width; n++) {
            v.load(v.v(n), R10.at((u * width + n) * v.bytes()));
        }
        for (int line = 0; line < lines; line++) {
            a.prefetch(1, R11.at((u * lines + line) * 64));
        }
        for (int i = 0; i < rows; i++) {
            Vec x = v.v(width + i % (firstAccumulator - width));
            v.broadcast(x, row(RAX, RBX, RCX, i, 4 * u));
            for (int n = 0; n < width; n++) {
                a.op(multiply, accumulator(i, n), v.v(n), x);
            }
        }
    }

    /// Sums start at 0 or at C.
    private void start(int rows) {
        Label zero = new Label();
        Label ready = new Label();
        third(rows, RDX, RSI);
        a.test(R13, R13);
        a.jump(If.E, zero);
        lastMask();
        each(rows, (i, n, last) -> {
            Mem m = row(RDX, R11, RSI, i, n * v.bytes());
            if (last) {
                v.loadFirst(accumulator(i, n), m);
            } else {
                v.load(accumulator(i, n), m);
            }
        });
        a.jump(ready);
        a.bind(zero);
        each(rows, (i, n, last) -> v.zero(accumulator(i, n)));
        a.bind(ready);
    }

    private void third(int rows, Gp base, Gp stride) {
        if (rows > 3) {
            a.lea(R11, base.at(stride, 2, 0));
            a.add(R11, stride);
        }
    }

    /// Under AVX2 the mask lives in a register that the loop uses for B.
    private void lastMask() {
        if (!v.wide()) {
            a.mov(R9, RDI.at(LAST));
            v.first(R9, R10);
        }
    }

    /// Bias, residual, and out to C.
    private void finish(int rows) {
        lastMask();
        Label unbiased = new Label();
        Label alone = new Label();
        a.test(R14, R14);
        a.jump(If.E, unbiased);
        for (int n = 0; n < width; n++) {
            load(v.v(1), R14.at(n * v.bytes()), n == width - 1);
            for (int i = 0; i < rows; i++) {
                a.op(VADDPS, accumulator(i, n), accumulator(i, n), v.v(1));
            }
        }
        a.bind(unbiased);
        a.test(R15, R15);
        a.jump(If.E, alone);
        a.mov(R9, RDI.at(ROW_RESIDUAL));
        third(rows, R15, R9);
        each(rows, (i, n, last) -> {
            load(v.v(1), row(R15, R11, R9, i, n * v.bytes()), last);
            a.op(VADDPS, accumulator(i, n), accumulator(i, n), v.v(1));
        });
        a.imul(R11, R9, rows);
        a.add(R15, R11);
        a.bind(alone);
        third(rows, RDX, RSI);
        each(rows, (i, n, last) -> {
            Mem m = row(RDX, R11, RSI, i, n * v.bytes());
            if (last) {
                v.storeFirst(m, accumulator(i, n));
            } else {
                v.store(m, accumulator(i, n));
            }
        });
    }

    private void load(Vec d, Mem m, boolean last) {
        if (last) {
            v.loadFirst(d, m);
        } else {
            v.load(d, m);
        }
    }

    private interface Element {
        void at(int row, int n, boolean last);
    }

    private void each(int rows, Element body) {
        for (int i = 0; i < rows; i++) {
            for (int n = 0; n < width; n++) {
                body.at(i, n, n == width - 1);
            }
        }
    }
}
