package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.DType;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [MatVecKernel]: each row of w is read once from memory, in order, with prefetching; up to four rows
/// of x meet it there, further ones find it in the first cache.
///
/// The order of summation is the same for any number of rows of x: [#unroll] sums, each over every unroll-th vector,
/// added in a tree, then lanes in halves. So a row gives the same bits in a batch as alone.
///
/// Arguments: y at the first column, distance of its rows in bytes, x, w at the first row, K, rows of w, and the
/// addresses of the first bias and residual (with y's distance of rows), or 0.
final class MatVecCode {
    /// Bytes that the prefetch runs ahead of the loads.
    private static final int AHEAD = 4096;

    private static final int GROUP = 4;

    private final Assembler a;
    private final VectorCode v;
    private final DType type;
    private final int unroll;
    private final int bytes;

    private MatVecCode(Assembler a, Level level, DType type) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
        this.type = type;
        this.unroll = v.wide() ? 4 : 2;
        this.bytes = v.lanes() * type.bytes();
    }

    /// Whether rows of this length can be read without going past their end.
    static boolean fits(Level level, DType type, int K) {
        return level != Level.AVX2 || type == DType.F32 || K % level.lanes() == 0;
    }

    /// The kernel for `rows` rows of x.
    static void write(Assembler a, Level level, DType type, int rows) {
        new MatVecCode(a, level, type).run(rows);
    }

    private void run(int rows) {
        Label end = new Label();
        a.test(R9, R9);
        a.jump(If.E, end);
        a.mov(RBP, R8);
        a.shift(Shift.SHL, RBP, 2);
        Label next = a.here();
        for (int m = 0; m < rows; m += GROUP) {
            group(m, Math.min(GROUP, rows - m));
        }
        a.add(RDI, 4);
        step(R10, 4);
        step(R11, 4);
        a.imul(RAX, R8, type.bytes());
        a.add(RCX, RAX);
        a.sub(R9, 1);
        a.jump(If.NE, next);
        a.bind(end);
    }

    /// Moves an address on unless it is 0.
    private void step(Gp address, int by) {
        Label none = new Label();
        a.test(address, address);
        a.jump(If.E, none);
        a.add(address, by);
        a.bind(none);
    }

    private Vec sum(int row, int u) {
        return v.v((v.wide() ? 8 : 4) + row * unroll + u);
    }

    private void group(int first, int rows) {
        pointers(RAX, RBX, RDX, RBP, first, rows);
        a.mov(R12, RCX);
        a.mov(R13, R8);
        for (int i = 0; i < rows; i++) {
            for (int u = 0; u < unroll; u++) {
                v.zero(sum(i, u));
            }
        }
        loop(rows, unroll, first == 0);
        loop(rows, 1, false);
        if (v.wide() || type == DType.F32) {
            rest(rows);
        }
        pointers(R14, R15, RDI, RSI, first, rows);
        for (int i = 0; i < rows; i++) {
            finish(i, first);
        }
    }

    /// `to = base + first·stride`, and `third` three rows further where there is a fourth.
    private void pointers(Gp to, Gp third, Gp base, Gp stride, int first, int rows) {
        a.mov(to, base);
        if (first > 0) {
            a.imul(third, stride, first);
            a.add(to, third);
        }
        if (rows > 3) {
            a.lea(third, to.at(stride, 2, 0));
            a.add(third, stride);
        }
    }

    private static Mem row(Gp base, Gp third, Gp stride, int i, int displacement) {
        return i == 3 ? third.at(displacement) : i == 0 ? base.at(displacement) : base.at(stride, i, displacement);
    }

    private void loop(int rows, int vectors, boolean prefetch) {
        Label done = new Label();
        a.sub(R13, vectors * v.lanes());
        a.jump(If.L, done);
        a.align(32);
        Label again = a.here();
        for (int line = 0; prefetch && line < vectors * bytes; line += 64) {
            a.prefetch(0, R12.at(AHEAD + line));
        }
        for (int u = 0; u < vectors; u++) {
            load(v.v(u), R12.at(u * bytes));
        }
        for (int u = 0; u < vectors; u++) {
            for (int i = 0; i < rows; i++) {
                a.op(VFMADD231PS, sum(i, u), v.v(u), row(RAX, RBX, RBP, i, u * v.bytes()));
            }
        }
        a.add(R12, vectors * bytes);
        advance(rows, vectors * v.bytes());
        a.sub(R13, vectors * v.lanes());
        a.jump(If.GE, again);
        a.bind(done);
        a.add(R13, vectors * v.lanes());
    }

    private void advance(int rows, int by) {
        a.add(RAX, by);
        if (rows > 3) {
            a.add(RBX, by);
        }
    }

    /// A vector of w, widened.
    private void load(Vec d, Mem m) {
        switch (type) {
            case F32 -> v.load(d, m);
            case BF16 -> {
                a.op(VPMOVZXWD, d, m);
                a.op(VPSLLD, d, d, 16);
            }
            case F16 -> a.op(VCVTPH2PS, d, m);
            default -> throw new IllegalArgumentException("[matvec] weights of " + type);
        }
    }

    /// The last, partial vector.
    private void rest(int rows) {
        Label none = new Label();
        a.test(R13, R13);
        a.jump(If.E, none);
        v.first(R13, R14);
        switch (type) {
            case F32 -> v.loadFirst(v.v(0), R12.at());
            case BF16 -> {
                a.kz(headway.kernels.machine.Mask.K1).op(VPMOVZXWD, v.v(0), R12.at());
                a.op(VPSLLD, v.v(0), v.v(0), 16);
            }
            default -> a.kz(headway.kernels.machine.Mask.K1).op(VCVTPH2PS, v.v(0), R12.at());
        }
        for (int i = 0; i < rows; i++) {
            v.loadFirst(v.v(1), row(RAX, RBX, RBP, i, 0));
            a.op(VFMADD231PS, sum(i, 0), v.v(0), v.v(1));
        }
        a.bind(none);
    }

    /// Sums, lanes, bias, residual; one number out.
    private void finish(int i, int first) {
        for (int half = unroll / 2; half > 0; half /= 2) {
            for (int u = 0; u < half; u++) {
                a.op(VADDPS, sum(i, u), sum(i, u), sum(i, u + half));
            }
        }
        Vec x = sum(i, 0);
        if (v.wide()) {
            a.store(VEXTRACTF64X4, Vec.ymm(0), x, 1);
            a.op(VADDPS, Vec.ymm(0), Vec.ymm(0), x.low(256));
        } else {
            a.op(VMOVUPS, Vec.ymm(0), x);
        }
        Vec y = Vec.xmm(0);
        a.store(VEXTRACTF128, Vec.xmm(1), Vec.ymm(0), 1);
        a.op(VADDPS, y, y, Vec.xmm(1));
        a.op(VPERMILPS, Vec.xmm(1), y, 0x4E);
        a.op(VADDPS, y, y, Vec.xmm(1));
        a.op(VPERMILPS, Vec.xmm(1), y, 0xB1);
        a.op(VADDPS, y, y, Vec.xmm(1));
        Label unbiased = new Label();
        a.test(R10, R10);
        a.jump(If.E, unbiased);
        a.op(VBROADCASTSS, Vec.xmm(1), R10.at());
        a.op(VADDPS, y, y, Vec.xmm(1));
        a.bind(unbiased);
        Label alone = new Label();
        a.test(R11, R11);
        a.jump(If.E, alone);
        a.imul(R12, RSI, first + i);
        a.op(VBROADCASTSS, Vec.xmm(1), R11.at(R12, 1, 0));
        a.op(VADDPS, y, y, Vec.xmm(1));
        a.bind(alone);
        a.store(VMOVSS_STORE, row(R14, R15, RSI, i, 0), y);
    }
}
