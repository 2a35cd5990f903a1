package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;
import static headway.kernels.quantized.ByteActivations.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Vec;
import java.util.function.IntConsumer;

/// Machine code of [ByteActivations] for AVX-512: one row. Arguments: the row to write, x, blocks of 32.
final class ByteActivationsCode {
    private static final int NOT_LESS = 5;

    private ByteActivationsCode() {}

    /// @param eight whether one byte is all there is
    /// @param order of the bytes of whole groups
    static void write(Assembler a, boolean eight, Order order) {
        a.op(VMOVUPS, Vec.ymm(10), a.constant(eight ? 0x01010101 : 0x80808080));
        a.op(VMOVUPS, Vec.ymm(11), a.constant(0x01010101));
        row(a, order, BLOCK, apart -> block(a, eight, apart));
    }

    /// The walk over a row: `block` writes the code for 32 values at rsi, their bytes to rcx, the second sixteen as far
    /// behind the first as it is told; r12 and r13 are where their scales stand.
    ///
    /// @param bytes from a block to the next, in plain order
    static void row(Assembler a, Order order, int bytes, IntConsumer block) {
        Label end = new Label();
        a.test(RDX, RDX);
        a.jump(If.E, end);
        Label group = a.here();
        // Parts of the group whose entries are a quarter and an eighth as far apart as the bytes.
        a.lea(R12, RDI.at(SCALES));
        a.lea(R13, RDI.at(HALVES));
        if (order == Order.PLAIN) {
            a.mov(RCX, RDI);
            a.lea(R14, RDI.at(GROUP / BLOCK * bytes));
            Label next = a.here();
            block.accept(16);
            next(a, bytes, end);
            a.cmp(RCX, R14);
            a.jump(If.NE, next);
        } else {
            Label rest = new Label(), done = new Label();
            a.cmp(RDX, GROUP / BLOCK);
            a.jump(If.L, rest);
            for (int b = 0; b < GROUP / BLOCK; b++) {
                a.lea(RCX, RDI.at(order.place(b * BLOCK)));
                block.accept(order.place(16) - order.place(0));
                next(a, 0, end);
            }
            a.jump(done);
            a.bind(rest);
            a.mov(RCX, RDI);
            Label next = a.here();
            block.accept(16);
            next(a, bytes, end);
            a.jump(next);
            a.bind(done);
        }
        a.add(RDI, ByteActivations.BYTES);
        a.jump(group);
        a.bind(end);
    }

    private static void next(Assembler a, int bytes, Label end) {
        a.add(RSI, 4 * BLOCK);
        a.add(R12, 4);
        a.add(R13, 8);
        if (bytes > 0) {
            a.add(RCX, bytes);
        }
        a.sub(RDX, 1);
        a.jump(If.E, end);
    }

    /// 32 values at rsi, the second sixteen of their bytes `apart` bytes from the first.
    private static void block(Assembler a, boolean eight, int apart) {
        Vec zero = Vec.zmm(0), one = Vec.zmm(1), high = Vec.ymm(4), sum = Vec.ymm(6);
        Vec most = Vec.xmm(2);
        float limit = eight ? MOST_OF_EIGHT : MOST;
        a.op(VMOVUPS, zero, RSI.at());
        a.op(VMOVUPS, one, RSI.at(64));
        largest(a, zero, one);
        a.compare(Mask.K2, most, a.constant(TINY), NOT_LESS);
        a.op(VMOVUPS, Vec.xmm(3), a.constant(limit));
        a.kz(Mask.K2).op(VDIVPS, Vec.xmm(3), Vec.xmm(3), most);
        a.kz(Mask.K2).op(VMULPS, most, most, a.constant(1 / limit));
        a.op(VBROADCASTSS, Vec.zmm(3), Vec.xmm(3));
        round(a, eight, apart);
        halves(a, HIGH, high, apart);
        a.op(VPDPBUSD, sum, Vec.ymm(10), high);
        totals(a, sum);
        a.store(VMOVSS_STORE, R12.at(), most);
        a.store(VMOVSS_STORE, R13.at(), most);
        a.store(VMOVSS_STORE, R13.at(4), most);
        store(a, R13.at(HALF_SUMS - HALVES), Vec.xmm(6), most);
        store(a, R13.at(HALF_SUMS - HALVES + 4), Vec.xmm(7), most);
        a.op(VPADDD, Vec.xmm(8), Vec.xmm(6), Vec.xmm(7));
        store(a, R12.at(SUMS - SCALES), Vec.xmm(8), most);
        negatives(a, eight);
    }

    /// What bytes with 128 too much begin with, from the sums of sixteen in xmm6 and xmm7, of 32 in xmm8.
    static void negatives(Assembler a, boolean eight) {
        a.op(VXORPS, Vec.xmm(9), Vec.xmm(9), Vec.xmm(9));
        negative(a, R13.at(HALF_NEGATIVES - HALVES), Vec.xmm(6), eight);
        negative(a, R13.at(HALF_NEGATIVES - HALVES + 4), Vec.xmm(7), eight);
        negative(a, R12.at(NEGATIVES - SCALES), Vec.xmm(8), eight);
    }

    /// Two sixteens of bytes.
    static void halves(Assembler a, int at, Vec bytes, int apart) {
        if (apart == 16) {
            a.store(VMOVUPS_STORE, RCX.at(at), bytes);
        } else {
            a.store(VMOVUPS_STORE, RCX.at(at), bytes.low(128));
            a.store(VEXTRACTF128, RCX.at(at + apart), bytes, 1);
        }
    }

    /// zmm0 and zmm1 times zmm3 as bytes: ymm4, and ymm5, which go to the row; ymm6: fours of the lower ones added up.
    private static void round(Assembler a, boolean eight, int apart) {
        Vec zero = Vec.zmm(0), one = Vec.zmm(1), high = Vec.ymm(4), low = Vec.ymm(5), sum = Vec.ymm(6);
        a.op(VPXORD, sum, sum, sum);
        if (eight) {
            a.op(VMULPS, zero, zero, Vec.zmm(3));
            a.op(VMULPS, one, one, Vec.zmm(3));
            a.op(VCVTPS2DQ, zero, zero);
            a.op(VCVTPS2DQ, one, one);
            narrow(a, high, zero, one);
        } else {
            split(a, zero, Vec.zmm(7), Vec.zmm(3));
            split(a, one, Vec.zmm(8), Vec.zmm(3));
            narrow(a, high, Vec.zmm(7), Vec.zmm(8));
            narrow(a, low, zero, one);
            halves(a, LOW, low, apart);
            a.op(VPDPBUSD, sum, Vec.ymm(11), low);
        }
    }

    /// xmm2: the largest magnitude in all lanes, compared as integers, so that NaN is above all.
    private static void largest(Assembler a, Vec zero, Vec one) {
        Vec x = Vec.zmm(2), y = Vec.zmm(3);
        a.op(VPANDD, x, zero, a.constant(0x7fff_ffff));
        a.op(VPANDD, y, one, a.constant(0x7fff_ffff));
        a.op(VPMAXSD, x, x, y);
        a.store(VEXTRACTF64X4, y.low(256), x, 1);
        a.op(VPMAXSD, x.low(256), x.low(256), y.low(256));
        a.store(VEXTRACTF128, y.low(128), x.low(256), 1);
        a.op(VPMAXSD, x.low(128), x.low(128), y.low(128));
        a.op(VPERMILPS, y.low(128), x.low(128), 0x4E);
        a.op(VPMAXSD, x.low(128), x.low(128), y.low(128));
        a.op(VPERMILPS, y.low(128), x.low(128), 0xB1);
        a.op(VPMAXSD, x.low(128), x.low(128), y.low(128));
    }

    /// `low` holds x and gets the lower parts, `high` the upper ones.
    private static void split(Assembler a, Vec low, Vec high, Vec inverse) {
        a.op(VMULPS, low, low, inverse);
        a.op(VCVTPS2DQ, low, low);
        a.op(VPADDD, high, low, a.constant(64));
        a.op(VPSRAD, high, high, 7);
        a.op(VPSLLD, Vec.zmm(9), high, 7);
        a.op(VPSUBD, low, low, Vec.zmm(9));
    }

    /// xmm6, xmm7: the sums of four lanes each, in all lanes.
    private static void totals(Assembler a, Vec sum) {
        Vec y = Vec.ymm(9);
        a.op(VPERMILPS, y, sum, 0x4E);
        a.op(VPADDD, sum, sum, y);
        a.op(VPERMILPS, y, sum, 0xB1);
        a.op(VPADDD, sum, sum, y);
        a.store(VEXTRACTF128, Vec.xmm(7), sum, 1);
    }

    /// A whole number times the scale, as f32.
    static void store(Assembler a, Mem to, Vec number, Vec scale) {
        a.op(VCVTDQ2PS, Vec.xmm(9), number);
        a.op(VMULPS, Vec.xmm(9), Vec.xmm(9), scale);
        a.store(VMOVSS_STORE, to, Vec.xmm(9));
    }

    /// 32 integers as bytes.
    private static void narrow(Assembler a, Vec to, Vec zero, Vec one) {
        a.store(VPMOVSDB, to.low(128), zero);
        a.store(VPMOVSDB, Vec.xmm(9), one);
        a.op(VINSERTI128, to, to, Vec.xmm(9), 1);
    }

    /// Minus a whole number, or minus 128 of them; xmm9 is 0.
    private static void negative(Assembler a, Mem to, Vec number, boolean eight) {
        a.op(VPSUBD, number, Vec.xmm(9), number);
        if (eight) {
            a.op(VPSLLD, number, number, 7);
        }
        a.store(VMOVSS_STORE, to, number);
    }
}
