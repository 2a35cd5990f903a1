package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Vec;

/// Machine code for AVX2 that writes rows of blocks as words, or as bytes without sign, with their scales and what is
/// added in f32: [WordBlocks] to memory.
///
/// Words have lost what is subtracted from the integers of their type, so that only minima are added; bytes, which must
/// have no sign, have not.
///
/// Arguments: words or bytes to write, scales, what is added, the rows, K, how many rows; the distance of rows of
/// values, and of rows of scales and of what is added, in bytes.
final class WordUnpackCode {
    private static final Vec VALUES = Vec.ymm(0);
    private static final Vec MORE = Vec.ymm(1);

    private final Assembler a;
    private final BlockType type;
    private final WordForm form;
    private final WordBlocks blocks;
    private final boolean bytes;

    private WordUnpackCode(Assembler a, BlockType type, boolean bytes) {
        this.a = a;
        this.type = type;
        this.form = WordForm.of(type);
        this.blocks = new WordBlocks(a, type);
        this.bytes = bytes;
    }

    static void write(Assembler a, BlockType type, boolean bytes) {
        new WordUnpackCode(a, type, bytes).write();
    }

    private void write() {
        a.sub(RSP, WideBlockCode.STACK);
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
        group();
        a.sub(R13, ByteActivations.GROUP);
        a.cmp(R13, ByteActivations.GROUP);
        a.jump(If.GE, loop);
        a.bind(tail);
        if (type.size() == ByteActivations.BLOCK) {
            a.test(R13, R13);
            a.jump(If.E, done);
            tail();
        }
        a.bind(done);
        a.add(RDI, R10);
        a.add(RSI, R11);
        a.add(RDX, R11);
        a.sub(R9, 1);
        a.jump(If.NE, row);
        a.add(RSP, WideBlockCode.STACK);
    }

    private void group() {
        int groupBytes = type.bytes() * (ByteActivations.GROUP / type.size());
        for (int line = 0; line < groupBytes; line += 64) {
            a.prefetch(0, R12.at(2048 + line));
        }
        blocks.begin();
        int halves = form.sixteen() ? 2 : 1;
        for (int h = 0; h < halves; h++) {
            blocks.scales(h);
            blocks.added();
            a.store(VMOVUPS_STORE, RBX.at(32 * h), WordBlocks.SCALES);
            if (form.adds(bytes)) {
                a.store(VMOVUPS_STORE, RBP.at(32 * h), WordBlocks.ADDED);
            }
        }
        values(ByteActivations.GROUP);
        a.add(RAX, bytes ? ByteActivations.GROUP : 2 * ByteActivations.GROUP);
        a.add(RBX, 32 * halves);
        a.add(RBP, 32 * halves);
        a.add(R12, groupBytes);
    }

    private void values(int count) {
        for (int i = 0; i < count; i += 32) {
            blocks.words(VALUES, i);
            blocks.words(MORE, i + 16);
            if (bytes) {
                // Packing goes by halves of a register: their order is put right.
                a.op(VPACKUSWB, VALUES, VALUES, MORE);
                a.op(VPERMQ, VALUES, VALUES, 0xD8);
                a.store(VMOVUPS_STORE, RAX.at(i), VALUES);
            } else {
                blocks.centred(VALUES);
                blocks.centred(MORE);
                a.store(VMOVUPS_STORE, RAX.at(2 * i), VALUES);
                a.store(VMOVUPS_STORE, RAX.at(2 * i + 32), MORE);
            }
        }
    }

    /// Blocks behind the last whole group.
    private void tail() {
        Label next = a.here();
        blocks.single();
        blocks.added();
        a.store(VMOVSS_STORE, RBX.at(), WordBlocks.SCALES.low(128));
        if (form.adds(bytes)) {
            a.store(VMOVSS_STORE, RBP.at(), WordBlocks.ADDED.low(128));
        }
        values(ByteActivations.BLOCK);
        a.add(RAX, bytes ? ByteActivations.BLOCK : 2 * ByteActivations.BLOCK);
        a.add(RBX, 4);
        a.add(RBP, 4);
        a.add(R12, type.bytes());
        a.sub(R13, ByteActivations.BLOCK);
        a.jump(If.NE, next);
    }
}
