package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Vec;

/// Machine code that writes a row of blocks as bytes without sign, with scales (and minima) in f32: [ByteBlocks] to
/// memory.
///
/// Arguments: bytes to write, scales, minima, the row, K.
final class ByteUnpackCode {
    private ByteUnpackCode() {}

    static void write(Assembler a, BlockType type) {
        var blocks = new ByteBlocks(a, type);
        blocks.constants();
        a.mov(R12, RCX);
        Label tail = new Label(), done = new Label();
        a.cmp(R8, ByteActivations.GROUP);
        a.jump(If.L, tail);
        a.align(32);
        Label loop = a.here();
        for (int line = 0; line < blocks.groupBytes(); line += 64) {
            a.prefetch(0, R12.at(2048 + line));
        }
        blocks.scales();
        if (blocks.sixteen()) {
            a.store(VMOVUPS_STORE, RSI.at(), ByteBlocks.SCALES);
            a.add(RSI, 64);
        } else {
            a.store(VMOVUPS_STORE, RSI.at(), ByteBlocks.SCALES.low(256));
            a.store(VEXTRACTF64X4, Vec.ymm(1), ByteBlocks.SCALES, 1);
            a.store(VMOVUPS_STORE, RDX.at(), Vec.ymm(1));
            a.add(RSI, 32);
            a.add(RDX, 32);
        }
        for (int g = 0; g < 4; g++) {
            blocks.bytes(g);
            a.store(VMOVUPS_STORE, RDI.at(64 * g), ByteBlocks.BYTES);
        }
        a.add(RDI, ByteActivations.GROUP);
        a.add(R12, blocks.groupBytes());
        a.sub(R8, ByteActivations.GROUP);
        a.cmp(R8, ByteActivations.GROUP);
        a.jump(If.GE, loop);
        a.bind(tail);
        if (type.size() == ByteActivations.BLOCK) {
            a.test(R8, R8);
            a.jump(If.E, done);
            Label next = a.here();
            blocks.single();
            blocks.singleScale();
            a.store(VMOVUPS_STORE, RDI.at(), ByteBlocks.BYTES.low(256));
            a.store(VMOVSS_STORE, RSI.at(), Vec.xmm(3));
            a.store(VMOVSS_STORE, RDX.at(), Vec.xmm(2));
            a.add(RDI, ByteActivations.BLOCK);
            a.add(RSI, 4);
            a.add(RDX, 4);
            a.add(R12, type.bytes());
            a.sub(R8, ByteActivations.BLOCK);
            a.jump(If.NE, next);
        }
        a.bind(done);
    }
}
