package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Mask;
import headway.kernels.machine.Vec;

/// Machine code for AVX-512 around products of bytes ([IntegerGemmKernel]): rows in another form, and where sums start.
final class IntegerRowsCode {
    private IntegerRowsCode() {}

    /// `to[r·stepTo + k] = from[r·stepFrom + k] ^ flip`, filled up to 64 bytes with `flip`.
    ///
    /// Arguments: to, its step in bytes, from, its step in bytes, rows (at least 1), k, flip in all eight bytes.
    static void copy(Assembler a) {
        Vec x = Vec.zmm(0), flip = Vec.zmm(1);
        a.vmovq(flip.low(128), R10);
        a.op(VPBROADCASTQ, flip, flip.low(128));
        Label row = a.here();
        a.mov(R12, RDI);
        a.mov(R13, RDX);
        pieces(a, R9, (partial) -> {
            a.kz(partial ? Mask.K1 : Mask.K0).op(VMOVDQU8, x, R13.at());
            a.op(VPXORD, x, x, flip);
            a.store(VMOVUPS_STORE, R12.at(), x);
            a.add(R12, 64);
            a.add(R13, 64);
        });
        a.add(RDI, RSI);
        a.add(RDX, RCX);
        a.sub(R8, 1);
        a.jump(If.NE, row);
    }

    /// `C[m, n] = -128 · Σ_k A[m, k]`: what bytes of B with 128 too much add.
    ///
    /// Arguments: C, its rows' distance in bytes, A, its rows' distance in bytes, rows (at least 1), K, columns.
    static void starts(Assembler a) {
        Vec sum = Vec.zmm(0), much = Vec.zmm(1), x = Vec.zmm(2);
        a.op(VMOVUPS, much, a.constant(0x8080_8080));
        Label row = a.here();
        a.mov(R12, RDI);
        a.mov(R13, RDX);
        a.op(VPXORD, sum, sum, sum);
        pieces(a, R9, (partial) -> {
            a.kz(partial ? Mask.K1 : Mask.K0).op(VMOVDQU8, x, R13.at());
            a.op(VPDPBUSD, sum, much, x);
            a.add(R13, 64);
        });
        a.store(VEXTRACTF64X4, x.low(256), sum, 1);
        a.op(VPADDD, sum.low(256), sum.low(256), x.low(256));
        a.store(VEXTRACTF128, x.low(128), sum.low(256), 1);
        a.op(VPADDD, sum.low(128), sum.low(128), x.low(128));
        for (int order : new int[] {0x4E, 0xB1}) {
            a.op(VPERMILPS, x.low(128), sum.low(128), order);
            a.op(VPADDD, sum.low(128), sum.low(128), x.low(128));
        }
        a.op(VPXORD, x, x, x);
        a.op(VPSUBD, sum.low(128), x.low(128), sum.low(128));
        a.op(VPBROADCASTD, sum, sum.low(128));
        // Columns are four bytes each.
        a.lea(R14, R10.at(R10, 1, 0));
        a.add(R14, R14);
        pieces(a, R14, (partial) -> {
            if (partial) {
                a.k(Mask.K1).store(VMOVDQU8_STORE, R12.at(), sum);
            } else {
                a.store(VMOVUPS_STORE, R12.at(), sum);
            }
            a.add(R12, 64);
        });
        a.add(RDI, RSI);
        a.add(RDX, RCX);
        a.sub(R8, 1);
        a.jump(If.NE, row);
    }

    private interface Piece {
        void write(boolean partial);
    }

    /// 64 bytes at a time of as many as `bytes` says, the last of them under k1. Overwrites rax, rbx.
    private static void pieces(Assembler a, Gp bytes, Piece body) {
        Label rest = new Label(), end = new Label();
        a.mov(RBX, bytes);
        Label loop = a.here();
        a.sub(RBX, 64);
        a.jump(If.L, rest);
        body.write(false);
        a.jump(loop);
        a.bind(rest);
        a.add(RBX, 64);
        a.jump(If.E, end);
        a.mov(RAX, -1);
        a.bzhi(RAX, RAX, RBX);
        a.kmovq(Mask.K1, RAX);
        body.write(true);
        a.bind(end);
    }
}
