package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import java.util.function.IntConsumer;

/// The walk of [DotRows] over rows of blocks and [ByteActivations]: whole groups of 256 values, then single blocks
/// of 32. `r12` is the block, `r13` counts values, `r14` and `r15` walk along the scales of rows of x between the
/// single blocks.
///
/// @param ahead bytes that the prefetch runs ahead of the loads
/// @param single bytes of x that 32 values take in its first part
record BlockWalk(Assembler a, BlockType type, DotRows dots, int ahead, int single) {
    /// Bytes of 256 values.
    int groupBytes() {
        return (int) type.bytes(ByteActivations.GROUP);
    }

    /// rbp = bytes of a row of x.
    void stride() {
        a.lea(RBP, R8.at(ByteActivations.GROUP - 1));
        a.shift(Shift.SHR, RBP, 8);
        a.imul(RBP, RBP, ByteActivations.BYTES);
    }

    /// To the next row of blocks.
    void advance() {
        a.mov(RAX, R8);
        a.shift(Shift.SHR, RAX, Integer.numberOfTrailingZeros(type.size()));
        a.imul(RAX, RAX, type.bytes());
        a.add(RCX, RAX);
    }

    /// One row of blocks, for `rows` rows of x from `first` on.
    void row(int first, int rows, IntConsumer group, IntConsumer tail) {
        Label rest = new Label(), done = new Label();
        a.mov(R12, RCX);
        a.mov(R13, R8);
        a.cmp(R13, ByteActivations.GROUP);
        a.jump(If.L, rest);
        a.align(32);
        Label loop = a.here();
        for (int line = 0; first == 0 && line < groupBytes(); line += 64) {
            a.prefetch(0, R12.at(ahead + line));
        }
        group.accept(rows);
        a.add(R12, groupBytes());
        dots.advance(rows, ByteActivations.BYTES);
        a.sub(R13, ByteActivations.GROUP);
        a.cmp(R13, ByteActivations.GROUP);
        a.jump(If.GE, loop);
        a.bind(rest);
        if (type.size() == ByteActivations.BLOCK) {
            a.test(R13, R13);
            a.jump(If.E, done);
            singles(rows, tail);
        }
        a.bind(done);
    }

    private void singles(int rows, IntConsumer tail) {
        a.lea(R14, dots.x(0, ByteActivations.SCALES));
        if (rows > 3) {
            a.lea(R15, dots.x(3, ByteActivations.SCALES));
        }
        Label next = a.here();
        tail.accept(rows);
        a.add(R12, type.bytes());
        dots.advance(rows, single);
        a.add(R14, 4);
        if (rows > 3) {
            a.add(R15, 4);
        }
        a.sub(R13, ByteActivations.BLOCK);
        a.jump(If.NE, next);
    }

    /// The scale of the single block of row `i` of x, or what lies `further` behind it.
    Mem scale(int i, int further) {
        return DotRows.row(R14, R15, RBP, i, further);
    }
}
