package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.DType;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [MatVecKernel]: each row of w is read once from memory, in order, with prefetching; up to four rows
/// of x meet it there, further ones find it in the first cache.
///
/// The order of summation is the same for any number of rows of x: [#unroll] sums, each over every unroll-th vector,
/// added in a tree, then lanes in halves. So a row gives the same bits in a batch as alone.
///
/// Arguments: those of [DotRows].
final class MatVecCode {
    /// Bytes that the prefetch runs ahead of the loads.
    private static final int AHEAD = 4096;

    private final Assembler a;
    private final VectorCode v;
    private final DotRows dots;
    private final DType type;
    private final int unroll;
    private final int bytes;

    private MatVecCode(Assembler a, Level level, DType type) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
        this.type = type;
        this.unroll = v.wide() ? 4 : 2;
        this.dots = new DotRows(v, unroll);
        this.bytes = v.lanes() * type.bytes();
    }

    /// Whether rows of this length can be read without going past their end.
    static boolean fits(Level level, DType type, int K) {
        return level != Level.AVX2 || type == DType.F32 || K % level.lanes() == 0;
    }

    /// The kernel for `rows` rows of x.
    static void write(Assembler a, Level level, DType type, int rows) {
        var code = new MatVecCode(a, level, type);
        code.dots.write(rows, code::row, () -> {
            a.imul(RAX, R8, type.bytes());
            a.add(RCX, RAX);
        });
    }

    private void row(int first, int rows) {
        a.mov(R12, RCX);
        a.mov(R13, R8);
        loop(rows, unroll, first == 0);
        loop(rows, 1, false);
        if (v.wide() || type == DType.F32) {
            rest(rows);
        }
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
                a.op(VFMADD231PS, dots.sum(i, u), v.v(u), dots.x(i, u * v.bytes()));
            }
        }
        a.add(R12, vectors * bytes);
        dots.advance(rows, vectors * v.bytes());
        a.sub(R13, vectors * v.lanes());
        a.jump(If.GE, again);
        a.bind(done);
        a.add(R13, vectors * v.lanes());
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
                a.kz(Mask.K1).op(VPMOVZXWD, v.v(0), R12.at());
                a.op(VPSLLD, v.v(0), v.v(0), 16);
            }
            default -> a.kz(Mask.K1).op(VCVTPH2PS, v.v(0), R12.at());
        }
        for (int i = 0; i < rows; i++) {
            v.loadFirst(v.v(1), dots.x(i, 0));
            a.op(VFMADD231PS, dots.sum(i, 0), v.v(0), v.v(1));
        }
        a.bind(none);
    }
}
