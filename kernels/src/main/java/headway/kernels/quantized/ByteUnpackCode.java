package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Vec;

/// Machine code that writes rows of blocks as bytes, without sign or, where these are centred and tiles multiply them,
/// with it, and scales (and minima) in f32: [ByteBlocks] to
/// memory.
///
/// Arguments: bytes to write, scales, minima, the rows, K, how many rows; the distance of rows of bytes, and of rows of
/// scales and of minima, in bytes.
final class ByteUnpackCode {
    private ByteUnpackCode() {}

    /// @param signed whether bytes with 128 too much lose it
    static void write(Assembler a, BlockType type, boolean signed) {
        var blocks = new ByteBlocks(a, type, ByteActivations.Order.PLAIN);
        blocks.constants();
        a.mov(R12, RCX);
        Label row = a.here();
        a.mov(RAX, RDI);
        a.mov(RBX, RSI);
        a.mov(RBP, RDX);
        a.mov(R13, R8);
        Label tail = new Label(), done = new Label();
        a.cmp(R13, ByteActivations.GROUP);
        a.jump(If.L, tail);
        a.align(32);
        Label loop = a.here();
        for (int line = 0; line < blocks.groupBytes(); line += 64) {
            a.prefetch(0, R12.at(2048 + line));
        }
        blocks.scales();
        if (blocks.sixteen()) {
            a.store(VMOVUPS_STORE, RBX.at(), ByteBlocks.SCALES);
            a.store(VMOVUPS_STORE, RBP.at(), ByteBlocks.ADDED);
            a.add(RBX, 64);
            a.add(RBP, 64);
        } else {
            a.store(VMOVUPS_STORE, RBX.at(), ByteBlocks.SCALES.low(256));
            a.store(VEXTRACTF64X4, Vec.ymm(1), ByteBlocks.SCALES, 1);
            a.store(VMOVUPS_STORE, RBP.at(), Vec.ymm(1));
            a.add(RBX, 32);
            a.add(RBP, 32);
        }
        for (int g = 0; g < 4; g++) {
            blocks.bytes(ByteBlocks.BYTES, g);
            if (signed) {
                a.op(VPXORD, ByteBlocks.BYTES, ByteBlocks.BYTES, a.constant(0x80808080));
            }
            a.store(VMOVUPS_STORE, RAX.at(64 * g), ByteBlocks.BYTES);
        }
        a.add(RAX, ByteActivations.GROUP);
        a.add(R12, blocks.groupBytes());
        a.sub(R13, ByteActivations.GROUP);
        a.cmp(R13, ByteActivations.GROUP);
        a.jump(If.GE, loop);
        a.bind(tail);
        if (type.size() == ByteActivations.BLOCK) {
            a.test(R13, R13);
            a.jump(If.E, done);
            tail(a, blocks, type, signed);
        }
        a.bind(done);
        a.add(RDI, R10);
        a.add(RSI, R11);
        a.add(RDX, R11);
        a.sub(R9, 1);
        a.jump(If.NE, row);
    }

    /// Blocks behind the last whole group.
    private static void tail(Assembler a, ByteBlocks blocks, BlockType type, boolean signed) {
        Label next = a.here();
        blocks.single();
        blocks.singleScale();
        if (signed) {
            a.op(VPXORD, ByteBlocks.BYTES.low(256), ByteBlocks.BYTES.low(256), a.constant(0x80808080));
        }
        a.store(VMOVUPS_STORE, RAX.at(), ByteBlocks.BYTES.low(256));
        a.store(VMOVSS_STORE, RBX.at(), Vec.xmm(3));
        a.store(VMOVSS_STORE, RBP.at(), Vec.xmm(2));
        a.add(RAX, ByteActivations.BLOCK);
        a.add(RBX, 4);
        a.add(RBP, 4);
        a.add(R12, type.bytes());
        a.sub(R13, ByteActivations.BLOCK);
        a.jump(If.NE, next);
    }
}
