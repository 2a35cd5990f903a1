package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.Instruction;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;

/// Code for AVX2 that turns blocks at `r12` into words, sixteen values a register, and scales: what [ByteBlocks] is for
/// AVX-512. Words are the integers of the type, `q` without what is subtracted from it; `value = scale·q + added`.
///
/// Overwrites ymm0 to ymm3 and ymm12 to ymm15, r14 and r15.
final class WordBlocks {
    static final Vec SCALES = Vec.ymm(12);
    static final Vec ADDED = Vec.ymm(13);
    private static final Vec OTHER = Vec.ymm(14);
    /// The sixteen values that four bits stand for, of types that have such a table.
    static final Vec TABLE = Vec.ymm(15);

    private final Assembler a;
    private final BlockType type;
    private final WordForm form;
    private final WideBlockCode wide;

    WordBlocks(Assembler a, BlockType type) {
        this.a = a;
        this.type = type;
        this.form = WordForm.of(type);
        this.wide = new WideBlockCode(a, type);
    }

    /// Loads what stays in a register.
    void constants() {
        if (table()) {
            a.op(VMOVUPS, TABLE, a.constant(ByteBlocks.stored(type)));
        }
    }

    private boolean table() {
        return type == BlockType.IQ4_NL || type == BlockType.IQ4_XS || type == BlockType.MXFP4;
    }

    /// Takes away what is subtracted from the integers.
    void centred(Vec words) {
        if (form.centre() > 0) {
            a.op(VPSUBW, words, words, words(form.centre()));
        }
    }

    /// Scales 8h … 8h+7 of the group of 256 values at r12, and minima as they are added, in ymm12 and ymm13. Of blocks
    /// of
    /// 256 they lie on the stack after [#begin].
    void scales(int h) {
        if (type.size() > 32) {
            a.op(VMOVUPS, SCALES, RSP.at(32 * h));
            if (form.minima()) {
                a.op(VMOVUPS, ADDED, RSP.at(64 + 32 * h));
            }
        } else {
            halves(SCALES, 0);
            if (type == BlockType.MXFP4) {
                a.op(VPMOVZXWD, SCALES, SCALES.low(128));
                BlockScales.powers(a, SCALES, OTHER);
            } else {
                a.op(VCVTPH2PS, SCALES, SCALES.low(128));
            }
            if (form.minima()) {
                halves(ADDED, 2);
                a.op(VCVTPH2PS, ADDED, ADDED.low(128));
            }
        }
    }

    /// What is added where the integers have a centre, from their scales.
    void added() {
        if (form.centre() > 0) {
            a.op(VMULPS, ADDED, SCALES, a.constant((float) -form.centre()));
        }
    }

    /// Scales of a block of 256, to the stack.
    void begin() {
        if (type.size() > 32) {
            wide.begin();
        }
    }

    /// Scale of the single block at r12 in all lanes of ymm12, its minimum in ymm13.
    void single() {
        wide.begin();
    }

    private void halves(Vec to, int at) {
        Vec low = to.low(128), high = OTHER.low(128);
        four(low, at);
        four(high, at + 4 * type.bytes());
        a.op(VPUNPCKLQDQ, low, low, high);
    }

    private void four(Vec to, int at) {
        a.movzxWord(R14, R12.at(at + 3 * type.bytes()));
        for (int b = 2; b >= 0; b--) {
            a.shift(Shift.SHL, R14, 16);
            a.movzxWord(R15, R12.at(at + b * type.bytes()));
            a.alu(Alu.OR, R14, R15);
        }
        a.vmovq(to, R14);
    }

    /// Sixteen words from value `i` of the group on.
    void words(Vec d, int i) {
        int block = type.size() == 32 ? i / 32 * type.bytes() : 0;
        int half = i % 32 / 16;
        int data = block + type.bytes() - 16;
        switch (type) {
            case Q8_0 -> a.op(VPMOVSXBW, d, R12.at(block + 2 + i % 32));
            case Q4_0, Q4_1 -> nibbles(d, data, half);
            case Q5_0, Q5_1 -> {
                nibbles(d, data, half);
                fifths(d, data - 4, 16 * half);
            }
            case IQ4_NL, MXFP4 -> looked(d, data, half);
            case IQ4_XS -> looked(d, 8 + i / 32 * 16, half);
            case Q4_K -> nibbles(d, 16 + i / 64 * 32 + i % 32, i / 32 % 2);
            case Q5_K -> {
                nibbles(d, 48 + i / 64 * 32 + i % 32, i / 32 % 2);
                more(d, 16 + i % 32, 4 - i / 32, 16);
            }
            case Q2_K -> twoBits(d, 16, i);
            case Q3_K -> {
                twoBits(d, 32, i);
                more(d, i % 32, 2 - i / 32, 4);
            }
            case Q6_K -> {
                nibbles(d, i / 128 * 64 + i % 64, i % 128 / 64);
                more(d, 128 + i / 128 * 32 + i % 32, 4 - i % 128 / 32 * 2, 0x30);
            }
        }
    }

    private headway.kernels.machine.Mem words(int value) {
        return a.constant(value << 16 | value);
    }

    /// Upwards where positive.
    private void shift(Vec d, int by) {
        if (by != 0) {
            Instruction direction = by > 0 ? VPSLLW : VPSRLW;
            a.op(direction, d, d, Math.abs(by));
        }
    }

    private void nibbles(Vec d, int at, int half) {
        a.op(VPMOVZXBW, d, R12.at(at));
        if (half == 0) {
            a.op(VPAND, d, d, words(15));
        } else {
            a.op(VPSRLW, d, d, 4);
        }
    }

    private void twoBits(Vec d, int at, int i) {
        a.op(VPMOVZXBW, d, R12.at(at + i / 128 * 32 + i % 32));
        shift(d, -(i / 32 % 4 * 2));
        a.op(VPAND, d, d, words(3));
    }

    /// The bits `kept` of sixteen other bytes, shifted.
    private void more(Vec d, int at, int by, int kept) {
        a.op(VPMOVZXBW, OTHER, R12.at(at));
        shift(OTHER, by);
        a.op(VPAND, OTHER, OTHER, words(kept));
        a.op(VPOR, d, d, OTHER);
    }

    /// Bits `first` to `first + 15` of 32 as the fifth bits of the words: two of them to each lane of 32 bits.
    private void fifths(Vec d, int at, int first) {
        Vec odd = Vec.ymm(13);
        a.op(VPBROADCASTD, OTHER, R12.at(at));
        a.op(VPSRLVD, OTHER, OTHER, a.constant(Assembler.lanes(l -> first + l % 8 * 2)));
        a.op(VPAND, odd, OTHER, a.constant(2));
        a.op(VPAND, OTHER, OTHER, a.constant(1));
        a.op(VPSLLD, odd, odd, 15);
        a.op(VPOR, OTHER, OTHER, odd);
        a.op(VPSLLD, OTHER, OTHER, 4);
        a.op(VPOR, d, d, OTHER);
    }

    /// What four bits stand for.
    private void looked(Vec d, int at, int half) {
        Vec x = d.low(128);
        a.op(VMOVUPS, x, R12.at(at));
        if (half > 0) {
            a.op(VPSRLW, x, x, 4);
        }
        a.op(VPAND, x, x, a.constant(0x0f0f_0f0f));
        a.op(VPSHUFB, x, TABLE.low(128), x);
        a.op(VPMOVSXBW, d, x);
    }
}
