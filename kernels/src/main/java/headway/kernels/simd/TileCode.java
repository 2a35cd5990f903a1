package headway.kernels.simd;

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

/// Machine code of [TileKernel#panel]: tiles of six rows, then four and two, by four (AVX-512), two or one vectors.
///
/// Arguments: c, rowC, a, rowA, stepA, b, stepB, and `K + rows·2²⁰ + vectors·2⁴⁰ + continues·2⁶⁰`.
final class TileCode {
    static final int SHIFT = 20;

    /// Rows of the tallest tile: with four vectors it fills 24 of 32 registers, with two under AVX2 12 of 16.
    private static final int ROWS = 6;

    private final Assembler a;
    private final VectorCode v;

    private final Instruction multiply;

    private TileCode(Assembler a, Level level, Instruction multiply) {
        this.a = a;
        this.multiply = multiply;
        this.v = new VectorCode(a, level, 0);
    }

    static void write(Assembler a, Level level) {
        new TileCode(a, level, VFMADD231PS).panel();
    }

    /// The same with elements of A and B that are pairs of bf16, whose products are added to one f32.
    static void writePairs(Assembler a, Level level) {
        new TileCode(a, level, VDPBF16PS).panel();
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
        // Rows come in fours: after sixes, two or four may be left.
        for (int tall = ROWS; tall > 0; tall -= 2) {
            Label fewer = new Label();
            Label loop = a.here();
            a.cmp(RBP, tall);
            a.jump(If.L, fewer);
            tile(tall, width);
            a.jump(loop);
            a.bind(fewer);
        }
    }

    private void tile(int tall, int width) {
        Label zero = new Label();
        Label ready = new Label();
        third(R15, RSI, tall);
        a.test(R13, R13);
        a.jump(If.E, zero);
        each(tall, width, (i, n) -> v.load(sum(width, i, n), row(R15, R11, RSI, i, n)));
        a.jump(ready);
        a.bind(zero);
        each(tall, width, (i, n) -> v.zero(sum(width, i, n)));
        a.bind(ready);
        a.mov(RAX, RDX);
        third(RAX, RCX, tall);
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
        int firstSum = sum(width, 0, 0).number();
        for (int i = 0; i < tall; i++) {
            Vec x = v.v(width + i % (firstSum - width));
            v.broadcast(x, row(RAX, R11, RCX, i, 0));
            for (int n = 0; n < width; n++) {
                a.op(multiply, sum(width, i, n), x, v.v(n));
            }
        }
        a.add(RAX, R8);
        if (tall > 3) {
            a.add(R11, R8);
        }
        a.add(RBX, R10);
        a.sub(R14, 1);
        a.jump(If.NE, k);
        a.bind(empty);
        third(R15, RSI, tall);
        each(tall, width, (i, n) -> v.store(row(R15, R11, RSI, i, n), sum(width, i, n)));
        a.imul(R11, RSI, tall);
        a.add(R15, R11);
        a.imul(R11, RCX, tall);
        a.add(RDX, R11);
        a.sub(RBP, tall);
    }

    /// The fourth of a tile's rows: its own register, since an index reaches two.
    private void third(Gp base, Gp stride, int tall) {
        if (tall > 3) {
            a.lea(R11, base.at(stride, 2, 0));
            a.add(R11, stride);
        }
    }

    private Vec sum(int width, int i, int n) {
        return v.v((width == 4 ? 8 : 4) + i * width + n);
    }

    private Mem row(Gp base, Gp third, Gp stride, int i, int n) {
        int d = n * v.bytes();
        Gp from = i < 3 ? base : third;
        return i % 3 == 0 ? from.at(d) : from.at(stride, i % 3, d);
    }

    private interface Element {
        void at(int row, int n);
    }

    private static void each(int rows, int width, Element body) {
        for (int i = 0; i < rows; i++) {
            for (int n = 0; n < width; n++) {
                body.at(i, n);
            }
        }
    }
}
