package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [QuantizedMatVecKernel] for AVX-512: bytes of weights ([ByteBlocks]) times the two bytes of each
/// activation ([ByteActivations]), summed in integers over each 32 values, or sixteen, and then in f32.
///
/// The sum of a block, `128·Σ u·high + Σ u·low`, is exact: it is shifted by seven bits after the upper bytes. What
/// bytes without sign have too much is taken away once a group, as a minimum of the weights times the sum of x. Per 128
/// weights of four bits: six instructions to make bytes of them, eight for each row of x.
/// Arguments: those of [DotRows], with x in bytes.
final class ByteRowsCode {
    /// Bytes that the prefetch runs ahead of the loads.
    private static final int AHEAD = 8192;

    /// Four registers of bytes.
    private static final int BYTES = 20;

    private static final Vec SUM = Vec.zmm(1);
    private static final Vec SPREAD = Vec.zmm(19);

    private final Assembler a;
    private final DotRows dots;
    private final BlockWalk walk;
    private final ByteBlocks blocks;
    private final BlockType type;

    private ByteRowsCode(Assembler a, BlockType type, int rows) {
        this.a = a;
        this.blocks = new ByteBlocks(a, type, ByteActivations.Order.of(type, rows));
        this.dots = new DotRows(new VectorCode(a, Level.AVX512, 15), 2);
        this.walk = new BlockWalk(a, type, dots, AHEAD, ByteActivations.BLOCK);
        this.type = type;
    }

    /// The kernel for `rows` rows of x.
    static void write(Assembler a, BlockType type, int rows) {
        var code = new ByteRowsCode(a, type, rows);
        code.blocks.constants();
        code.dots.write(rows, code::row, code.walk::stride, code.walk::advance);
    }

    private void row(int first, int rows) {
        walk.row(first, rows, this::group, this::single);
    }

    /// 256 values.
    private void group(int rows) {
        blocks.scales();
        for (int i = 0; i < rows; i++) {
            if (blocks.sixteen()) {
                a.op(VMULPS, scales(i), ByteBlocks.SCALES, dots.x(i, ByteActivations.HALVES));
                a.op(VFMADD231PS, dots.sum(i, 1), ByteBlocks.ADDED, dots.x(i, ByteActivations.HALF_SUMS));
            } else {
                a.op(VMULPS, scales(i), ByteBlocks.SCALES, dots.x(i, ByteActivations.SCALES));
                a.k(ByteBlocks.MINIMA).op(blocks.taken() ? VSUBPS : VADDPS, dots.sum(i, 1), dots.sum(i, 1), scales(i));
            }
        }
        blocks.group(BYTES);
        int sums = blocks.sums();
        for (int i = 0; i < rows; i++) {
            for (int s = 0; s < sums; s++) {
                a.op(VPXORD, Vec.zmm(s), Vec.zmm(s), Vec.zmm(s));
            }
            products(i, ByteActivations.HIGH);
            for (int s = 0; s < sums; s++) {
                a.op(VPSLLD, Vec.zmm(s), Vec.zmm(s), 7);
            }
            products(i, ByteActivations.LOW);
            for (int s = 0; s < sums; s++) {
                a.op(VCVTDQ2PS, Vec.zmm(s), Vec.zmm(s));
                blocks.spread(SPREAD, scales(i), s);
                a.op(VFMADD231PS, dots.sum(i, s % 2), Vec.zmm(s), SPREAD);
            }
        }
    }

    /// Adds 256 products of bytes, four to a lane.
    private void products(int i, int part) {
        for (int g = 0; g < 4; g++) {
            a.op(VPDPBUSD, Vec.zmm(g * blocks.sums() / 4), Vec.zmm(BYTES + g), dots.x(i, part + 64 * g));
        }
    }

    /// Scales of weights and of row `i`.
    private static Vec scales(int i) {
        return Vec.zmm(4 + i);
    }

    private void multiply(int i, int at, int bits) {
        Vec sum = new Vec(SUM.number(), bits);
        Vec bytes = new Vec(ByteBlocks.BYTES.number(), bits);
        a.op(VPXORD, sum, sum, sum);
        a.op(VPDPBUSD, sum, bytes, dots.x(i, ByteActivations.HIGH + at));
        a.op(VPSLLD, sum, sum, 7);
        a.op(VPDPBUSD, sum, bytes, dots.x(i, ByteActivations.LOW + at));
        a.op(VCVTDQ2PS, sum, sum);
    }

    /// 32 values; upper halves of registers stay 0.
    private void single(int rows) {
        // The fifth bits need r14 and r15, which walk along the scales here.
        boolean spared = type == BlockType.Q5_0 || type == BlockType.Q5_1;
        if (spared) {
            a.push(R14);
            a.push(R15);
        }
        blocks.single();
        if (spared) {
            a.pop(R15);
            a.pop(R14);
        }
        blocks.singleScale();
        for (int i = 0; i < rows; i++) {
            Mem sum = walk.scale(i, ByteActivations.SUMS - ByteActivations.SCALES);
            a.k(ByteBlocks.ONE).op(VFMADD231PS, dots.sum(i, 0), Vec.zmm(2), sum.broadcast32());
        }
        for (int i = 0; i < rows; i++) {
            multiply(i, 0, 256);
            a.op(
                    VMULPS,
                    scales(i).low(256),
                    ByteBlocks.SCALES.low(256),
                    walk.scale(i, 0).broadcast32());
            a.op(VFMADD231PS, dots.sum(i, 0), SUM, scales(i));
        }
    }
}
