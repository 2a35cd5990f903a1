package headway.kernels.simd;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [TileKernel#panel]: tiles of four rows by four, two or one vectors.
///
/// Arguments: c, rowC, a, rowA, stepA, b, stepB, and `K + rows·2²⁰ + vectors·2⁴⁰ + continues·2⁶⁰`.
final class TileCode {
    static final int SHIFT = 20;

    private static final int ROWS = 4;

    private final Assembler a;
    private final VectorCode v;

    private TileCode(Assembler a, Level level) {
        this.a = a;
        this.v = new VectorCode(a, level, 0);
    }

    static void write(Assembler a, Level level) {
        new TileCode(a, level).panel();
    }

    private void panel() {
        // On the stack: a, rows, K.
        field(RAX, 0);
        a.push(RAX);
        field(RAX, SHIFT);
        a.push(RAX);
        a.push(RDX);
        field(R12, 2 * SHIFT);
        a.mov(R13, R11);
        a.shift(Shift.SHR, R13, 3 * SHIFT);
        Label done = new Label();
        for (int width = v.wide() ? 4 : 2; width > 0; width /= 2) {
            Label narrower = new Label();
            Label columns = a.here();
            a.cmp(R12, width);
            a.jump(If.L, narrower);
            rows(width);
            a.add(RDI, width * v.bytes());
            a.add(R9, width * v.bytes());
            a.sub(R12, width);
            a.jump(columns);
            a.bind(narrower);
        }
        a.bind(done);
        a.add(RSP, 24);
    }

    /// Twenty bits of the last argument.
    private void field(Gp to, int from) {
        a.mov(to, R11);
        a.shift(Shift.SHL, to, 64 - SHIFT - from);
        a.shift(Shift.SHR, to, 64 - SHIFT);
    }

    private void rows(int width) {
        a.mov(RDX, RSP.at());
        a.mov(RBP, RSP.at(8));
        a.mov(R15, RDI);
        Label loop = a.here();
        a.lea(R11, R15.at(RSI, 2, 0));
        a.add(R11, RSI);
        Label zero = new Label();
        Label ready = new Label();
        a.test(R13, R13);
        a.jump(If.E, zero);
        each(width, (i, n) -> v.load(sum(width, i, n), row(R15, R11, RSI, i, n)));
        a.jump(ready);
        a.bind(zero);
        each(width, (i, n) -> v.zero(sum(width, i, n)));
        a.bind(ready);
        a.mov(RAX, RDX);
        a.lea(R11, RAX.at(RCX, 2, 0));
        a.add(R11, RCX);
        a.mov(RBX, R9);
        a.mov(R14, RSP.at(16));
        Label empty = new Label();
        a.test(R14, R14);
        a.jump(If.E, empty);
        a.align(32);
        Label k = a.here();
        for (int n = 0; n < width; n++) {
            v.load(v.v(n), RBX.at(n * v.bytes()));
        }
        for (int i = 0; i < ROWS; i++) {
            Vec x = v.v(width + (width == 4 ? i : i & 1));
            v.broadcast(x, row(RAX, R11, RCX, i, 0));
            for (int n = 0; n < width; n++) {
                a.op(VFMADD231PS, sum(width, i, n), x, v.v(n));
            }
        }
        a.add(RAX, R8);
        a.add(R11, R8);
        a.add(RBX, R10);
        a.sub(R14, 1);
        a.jump(If.NE, k);
        a.bind(empty);
        a.lea(R11, R15.at(RSI, 2, 0));
        a.add(R11, RSI);
        each(width, (i, n) -> v.store(row(R15, R11, RSI, i, n), sum(width, i, n)));
        a.lea(R15, R15.at(RSI, 4, 0));
        a.lea(RDX, RDX.at(RCX, 4, 0));
        a.sub(RBP, ROWS);
        a.jump(If.NE, loop);
    }

    private Vec sum(int width, int i, int n) {
        return v.v((width == 4 ? 8 : 4) + i * width + n);
    }

    private Mem row(Gp base, Gp third, Gp stride, int i, int n) {
        int d = n * v.bytes();
        return i == 3 ? third.at(d) : i == 0 ? base.at(d) : base.at(stride, i, d);
    }

    private interface Element {
        void at(int row, int n);
    }

    private static void each(int width, Element body) {
        for (int i = 0; i < ROWS; i++) {
            for (int n = 0; n < width; n++) {
                body.at(i, n);
            }
        }
    }
}
