package headway.kernels.machine;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

/// The frame of kernels that give one inner product for each row of a matrix and each of a few rows of x: the walk over
/// the matrix' rows, and what becomes of the sums.
///
/// Arguments: y at the first column, distance of its rows in bytes, x, the matrix at its first row, K, rows of the
/// matrix, and the addresses of the first bias and residual (with y's distance of rows), or 0.
///
/// Up to four rows of x are done together, further ones meet the same row of the matrix in the first cache. Free for a
/// body: rax, rbx (rows of x), r12 to r15, and vector registers below [#sum]. `rbp` is the distance of rows of x, `rcx`
/// the matrix' row.
public final class DotRows {
    private static final int GROUP = 4;

    private final VectorCode v;
    private final Assembler a;
    private final int unroll;

    /// @param unroll sums for each row of x, added in a tree in the end: a power of two
    public DotRows(VectorCode v, int unroll) {
        this.v = v;
        this.a = v.a;
        this.unroll = unroll;
    }

    /// Writes one pass over a row of the matrix: adds to the sums of a group.
    public interface Body {
        /// @param rows rows of x in the group; @param first the first of them
        void write(int first, int rows);
    }

    /// The whole kernel for `rows` rows of x. `advance` moves rcx to the next row of the matrix.
    public void write(int rows, Body body, Runnable advance) {
        write(
                rows,
                body,
                () -> {
                    a.mov(RBP, R8);
                    a.shift(Shift.SHL, RBP, 2);
                },
                advance);
    }

    /// The same with rows of x that are no `f32`. `stride` sets rbp to the distance of rows of x.
    public void write(int rows, Body body, Runnable stride, Runnable advance) {
        Label end = new Label();
        a.test(R9, R9);
        a.jump(If.E, end);
        stride.run();
        Label next = a.here();
        for (int m = 0; m < rows; m += GROUP) {
            int group = Math.min(GROUP, rows - m);
            pointers(RAX, RBX, RDX, RBP, m, group);
            for (int i = 0; i < group; i++) {
                for (int u = 0; u < unroll; u++) {
                    v.zero(sum(i, u));
                }
            }
            body.write(m, group);
            pointers(R14, R15, RDI, RSI, m, group);
            for (int i = 0; i < group; i++) {
                finish(i, m);
            }
        }
        a.add(RDI, 4);
        step(R10, 4);
        step(R11, 4);
        advance.run();
        a.sub(R9, 1);
        a.jump(If.NE, next);
        a.bind(end);
    }

    /// Sum `u` of row `row` of a group.
    public Vec sum(int row, int u) {
        return v.v((v.wide() ? 8 : 4) + row * unroll + u);
    }

    /// Row `i` of x in the group.
    public Mem x(int i, int displacement) {
        return row(RAX, RBX, RBP, i, displacement);
    }

    /// Moves on along the rows of x.
    public void advance(int rows, int by) {
        a.add(RAX, by);
        if (rows > 3) {
            a.add(RBX, by);
        }
    }

    /// Moves an address on unless it is 0.
    private void step(Gp address, int by) {
        Label none = new Label();
        a.test(address, address);
        a.jump(If.E, none);
        a.add(address, by);
        a.bind(none);
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

    /// Row `i` of four from `base` on; the fourth has an address of its own.
    public static Mem row(Gp base, Gp third, Gp stride, int i, int displacement) {
        return i == 3 ? third.at(displacement) : i == 0 ? base.at(displacement) : base.at(stride, i, displacement);
    }

    /// Sums, lanes, bias, residual; one number out.
    private void finish(int i, int first) {
        for (int half = unroll / 2; half > 0; half /= 2) {
            for (int u = 0; u < half; u++) {
                a.op(VADDPS, sum(i, u), sum(i, u), sum(i, u + half));
            }
        }
        Vec x = sum(i, 0);
        Vec y = Vec.xmm(0);
        a.op(VMOVUPS, v.v(0), x);
        v.fold(VADDPS, v.v(0), v.v(1));
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
