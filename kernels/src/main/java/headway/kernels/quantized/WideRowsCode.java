package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code for AVX2 that widens blocks in registers ([WideBlockCode]): products with rows of f32, and the values
/// themselves. What [ByteRowsCode] does where the processor multiplies bytes, and what is read where x stays f32.
///
/// A run of 32 is multiplied by x as whole numbers, and their sum by the scale: six instructions for eight weights of
/// four bits, one more for each further row of x.
final class WideRowsCode {
    /// Bytes that the prefetch runs ahead of the loads.
    private static final int AHEAD = 4096;

    private final Assembler a;
    private final BlockType type;
    private final WideBlockCode blocks;
    private final DotRows dots;

    private WideRowsCode(Assembler a, BlockType type) {
        this.a = a;
        this.type = type;
        this.blocks = new WideBlockCode(a, type);
        this.dots = new DotRows(new VectorCode(a, Level.AVX2, 15), 2);
    }

    /// The kernel for `rows` rows of x; arguments: those of [DotRows].
    static void write(Assembler a, BlockType type, int rows) {
        var code = new WideRowsCode(a, type);
        a.sub(RSP, WideBlockCode.STACK);
        code.dots.write(rows, code::row, code::advance);
        a.add(RSP, WideBlockCode.STACK);
    }

    /// Values as f32. Arguments: where they go, blocks, how many.
    static void widen(Assembler a, BlockType type) {
        var blocks = new WideBlockCode(a, type);
        a.sub(RSP, WideBlockCode.STACK);
        a.mov(R12, RSI);
        Label end = new Label();
        a.test(RDX, RDX);
        a.jump(If.E, end);
        Label loop = a.here();
        blocks.begin();
        for (int r = 0; r < type.size() / blocks.run(); r++) {
            blocks.values(r);
            for (int v = 0; v < blocks.run() / 8; v++) {
                Vec x = Vec.ymm(v);
                a.op(VMULPS, x, x, WideBlockCode.SCALE);
                if (blocks.minima()) {
                    a.op(VADDPS, x, x, WideBlockCode.ADDED);
                }
                a.store(VMOVUPS_STORE, RDI.at(4 * (r * blocks.run() + 8 * v)), x);
            }
        }
        a.add(RDI, 4 * type.size());
        a.add(R12, type.bytes());
        a.sub(RDX, 1);
        a.jump(If.NE, loop);
        a.bind(end);
        a.add(RSP, WideBlockCode.STACK);
    }

    /// To the next row of blocks.
    private void advance() {
        a.mov(RAX, R8);
        a.shift(Shift.SHR, RAX, Integer.numberOfTrailingZeros(type.size()));
        a.imul(RAX, RAX, type.bytes());
        a.add(RCX, RAX);
    }

    private void row(int first, int rows) {
        Label end = new Label();
        a.mov(R12, RCX);
        a.mov(R13, R8);
        a.shift(Shift.SHR, R13, Integer.numberOfTrailingZeros(type.size()));
        a.test(R13, R13);
        a.jump(If.E, end);
        a.align(32);
        Label loop = a.here();
        for (int line = 0; first == 0 && line < type.bytes(); line += 64) {
            a.prefetch(0, R12.at(AHEAD + line));
        }
        blocks.begin();
        for (int r = 0; r < type.size() / blocks.run(); r++) {
            blocks.values(r);
            for (int i = 0; i < rows; i++) {
                multiply(i, 4 * r * blocks.run(), r % 2);
            }
        }
        a.add(R12, type.bytes());
        dots.advance(rows, 4 * type.size());
        a.sub(R13, 1);
        a.jump(If.NE, loop);
        a.bind(end);
    }

    private void multiply(int i, int at, int u) {
        Vec p = WideBlockCode.SPARE;
        a.op(VMULPS, p, Vec.ymm(0), dots.x(i, at));
        for (int v = 1; v < blocks.run() / 8; v++) {
            a.op(VFMADD231PS, p, Vec.ymm(v), dots.x(i, at + 32 * v));
        }
        a.op(VFMADD231PS, dots.sum(i, u), p, WideBlockCode.SCALE);
        if (blocks.minima()) {
            a.op(VMOVUPS, p, dots.x(i, at));
            for (int v = 1; v < blocks.run() / 8; v++) {
                a.op(VADDPS, p, p, dots.x(i, at + 32 * v));
            }
            a.op(VFMADD231PS, dots.sum(i, u), p, WideBlockCode.ADDED);
        }
    }
}
