package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Tile;
import headway.kernels.machine.TileDot;
import headway.kernels.machine.TileShape;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of the product of pairs of bf16 by tiles ([Level#AMX]): what [GemmCode] does, with the same operands in
/// the same order and the same arguments, and two shapes of tiles and memory for sums behind these.
///
/// Four tiles of sums, 32 rows by 32 columns, meet two tiles of A (sixteen rows by sixteen pairs) and two of B (sixteen
/// pairs by sixteen columns) in each step of sixteen pairs: four products of sixteen cycles for four loads of eight.
/// Sums leave by memory of 4 KB, where bias, residual and what C held are added a row at a time.
///
/// A depth that is no multiple of sixteen pairs is a call of its own, with tiles of that depth: nothing is read beyond
/// a
/// row of A. Rows that are not there are not loaded either; columns that are not there are zeros in B and masked in C.
final class TileGemmCode {
    /// Two shapes: of 32 rows, and of the rows that are left.
    static final int SHAPES = 104;

    private static final int SUMS = SHAPES + 2 * TileShape.BYTES;
    /// Bytes of all arguments.
    static final int BYTES = SUMS + 32 * 128;

    /// Units along k of a tile.
    static final int DEPTH = 16;

    private static final int ROWS = 16;

    private final Assembler a;
    private final VectorCode v;
    private final int width;

    private final TileDot dot;
    private final Instruction add;

    private TileGemmCode(Assembler a, int width, TileDot dot, Instruction add) {
        this.a = a;
        this.dot = dot;
        this.add = add;
        this.v = new VectorCode(a, Level.AMX, 0);
        this.width = width;
    }

    /// The kernel for panels of `width` vectors.
    static void write(Assembler a, int width) {
        new TileGemmCode(a, width, TileDot.TDPBF16PS, VADDPS).panel();
    }

    /// The same for fours of bytes with sign, summed in i32; bias and residual must be 0.
    static void writeBytes(Assembler a, int width) {
        new TileGemmCode(a, width, TileDot.TDPBSSD, VPADDD).panel();
    }

    /// Units of the next call where `left` are left: whole tiles, or the last, shallower one alone.
    static int depth(int left, int most) {
        return left < DEPTH ? left : Math.min(most, left / DEPTH * DEPTH);
    }

    /// Writes the shapes for a call of `rows` rows and `units` units, a multiple of [#DEPTH] or less than that.
    static void shapes(long arguments, int rows, int units) {
        int deep = Math.min(units, DEPTH);
        shape(2 * ROWS, deep).store(arguments + SHAPES);
        shape(rows % (2 * ROWS), deep).store(arguments + SHAPES + TileShape.BYTES);
    }

    private static TileShape shape(int rows, int deep) {
        var shape = new TileShape();
        for (int i = 0; i < 2; i++) {
            int some = Math.clamp(rows - i * ROWS, 0, ROWS);
            if (some > 0) {
                shape.with(sum(i, 0), some, 64).with(sum(i, 1), some, 64);
            }
            if (some > 0 && deep > 0) {
                shape.with(left(i), some, 4 * deep);
            }
            if (deep > 0) {
                shape.with(right(i), deep, 64);
            }
        }
        return shape;
    }

    private static Tile sum(int row, int column) {
        return Tile.tmm(2 * row + column);
    }

    /// A.
    private static Tile left(int row) {
        return Tile.tmm(4 + row);
    }

    /// B.
    private static Tile right(int column) {
        return Tile.tmm(6 + column);
    }

    private static Vec bias(int column) {
        return Vec.zmm(30 + column);
    }

    private void panel() {
        a.mov(RSI, RDI.at(GemmCode.ROW_C));
        a.mov(RCX, RDI.at(GemmCode.ROW_A));
        a.mov(R8, RDI.at(GemmCode.B));
        a.mov(R12, RDI.at(GemmCode.DEPTH));
        a.mov(R13, RDI.at(GemmCode.CONTINUES));
        a.mov(R14, RDI.at(GemmCode.LAST));
        v.first(R14, R11);
        for (int n = 0; n < width; n += 2) {
            columns(n, Math.min(2, width - n));
        }
        a.tilerelease();
    }

    /// All rows times one or two vectors of columns, which stay in the first cache.
    private void columns(int n, int some) {
        a.mov(RDX, RDI.at(GemmCode.C));
        a.add(RDX, 64 * n);
        a.mov(RAX, RDI.at(GemmCode.A));
        a.mov(RBP, RDI.at(GemmCode.ROWS));
        Label alone = new Label();
        a.mov(R15, RDI.at(GemmCode.RESIDUAL));
        a.test(R15, R15);
        a.jump(If.E, alone);
        a.add(R15, 64 * n);
        a.bind(alone);
        biases(n, some);
        Label small = new Label(), one = new Label(), end = new Label();
        a.ldtilecfg(RDI.at(SHAPES));
        Label loop = a.here();
        a.cmp(RBP, 2 * ROWS);
        a.jump(If.L, small);
        a.mov(R9, 2 * ROWS);
        block(2, n, some);
        a.mov(R11, RCX);
        a.shift(Shift.SHL, R11, 5);
        a.add(RAX, R11);
        a.sub(RBP, 2 * ROWS);
        a.jump(loop);
        a.bind(small);
        a.test(RBP, RBP);
        a.jump(If.E, end);
        a.ldtilecfg(RDI.at(SHAPES + TileShape.BYTES));
        a.cmp(RBP, ROWS + 1);
        a.jump(If.L, one);
        a.mov(R9, RBP);
        block(2, n, some);
        a.jump(end);
        a.bind(one);
        a.mov(R9, RBP);
        block(1, n, some);
        a.bind(end);
    }

    /// Biases, or zeros.
    private void biases(int n, int some) {
        Label none = new Label();
        for (int j = 0; j < some; j++) {
            v.zero(bias(j));
        }
        a.mov(R14, RDI.at(GemmCode.BIAS));
        a.test(R14, R14);
        a.jump(If.E, none);
        for (int j = 0; j < some; j++) {
            whole(n + j, false).op(VMOVUPS, bias(j), R14.at(64 * (n + j)));
        }
        a.bind(none);
    }

    /// The assembler with the mask of the last vector where `vector` is that.
    private Assembler whole(int vector, boolean merging) {
        return vector < width - 1 ? a : merging ? a.k(Mask.K1) : a.kz(Mask.K1);
    }

    /// r9 rows in one or two tiles.
    private void block(int tall, int n, int some) {
        for (int i = 0; i < tall; i++) {
            for (int j = 0; j < some; j++) {
                a.tilezero(sum(i, j));
            }
        }
        Label done = new Label();
        a.mov(R14, R12);
        a.test(R14, R14);
        a.jump(If.E, done);
        // r11 and rbx: the tiles of A; r10: those of B, whose rows are width · 64 bytes apart.
        a.mov(R11, RAX);
        a.mov(RBX, RCX);
        a.shift(Shift.SHL, RBX, 4);
        a.add(RBX, RAX);
        a.lea(R10, R8.at(64 * n));
        a.push(RBP);
        a.mov(RBP, 64 * width);
        a.align(32);
        Label loop = a.here();
        step(tall, some);
        a.add(R11, 4 * DEPTH);
        a.add(RBX, 4 * DEPTH);
        a.add(R10, DEPTH * 64 * width);
        a.sub(R14, DEPTH);
        a.jump(If.G, loop);
        a.pop(RBP);
        a.bind(done);
        a.mov(R10, 128);
        for (int i = 0; i < tall; i++) {
            for (int j = 0; j < some; j++) {
                a.tilestored(RDI.at(R10, 1, SUMS + 128 * ROWS * i + 64 * j), sum(i, j));
            }
        }
        rows(n, some);
    }

    private void step(int tall, int some) {
        a.tileloadd(right(0), R10.at(RBP, 1, 0));
        a.tileloadd(left(0), R11.at(RCX, 1, 0));
        a.op(dot, sum(0, 0), left(0), right(0));
        if (some > 1) {
            a.tileloadd(right(1), R10.at(RBP, 1, 64));
            a.op(dot, sum(0, 1), left(0), right(1));
        }
        if (tall > 1) {
            a.tileloadd(left(1), RBX.at(RCX, 1, 0));
            a.op(dot, sum(1, 0), left(1), right(0));
        }
        if (tall > 1 && some > 1) {
            a.op(dot, sum(1, 1), left(1), right(1));
        }
    }

    /// r9 rows of sums, with what is added to them, to C at rdx, which moves on.
    private void rows(int n, int some) {
        a.lea(R10, RDI.at(SUMS));
        a.mov(RBX, RDI.at(GemmCode.ROW_RESIDUAL));
        Label row = a.here();
        Label starts = new Label(), alone = new Label();
        for (int j = 0; j < some; j++) {
            a.op(add, Vec.zmm(j), bias(j), R10.at(64 * j));
        }
        a.test(R13, R13);
        a.jump(If.E, starts);
        add(n, some, RDX.at());
        a.bind(starts);
        a.test(R15, R15);
        a.jump(If.E, alone);
        add(n, some, R15.at());
        a.add(R15, RBX);
        a.bind(alone);
        for (int j = 0; j < some; j++) {
            whole(n + j, true).store(VMOVUPS_STORE, RDX.at(64 * j), Vec.zmm(j));
        }
        a.add(RDX, RSI);
        a.add(R10, 128);
        a.sub(R9, 1);
        a.jump(If.NE, row);
    }

    private void add(int n, int some, Mem m) {
        for (int j = 0; j < some; j++) {
            whole(n + j, true).op(add, Vec.zmm(j), Vec.zmm(j), m.plus(64 * j));
        }
    }
}
