package headway.kernels.quantized;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [QuantizedMatVecKernel] for AVX-512: blocks are widened to f32 in registers, as exact as anywhere,
/// and
/// multiplied with rows of x that stay f32.
///
/// Widening costs eight to ten instructions for 32 values, less than the memory takes to bring them; so x need not be
/// rounded to bytes. Four-bit values go through a table of sixteen numbers in a register. Arguments: those of
/// [DotRows].
final class BlockRowsCode {
    /// Bytes that the prefetch runs ahead of the loads.
    private static final int AHEAD = 4096;

    private static final int TABLE = 24;
    private static final int FIFTEEN = 25;
    private static final int THREE = 26;
    private static final int OFFSET = 27;

    private final Assembler a;
    private final VectorCode v;
    private final DotRows dots;
    private final BlockType type;

    private BlockRowsCode(Assembler a, BlockType type) {
        this.a = a;
        this.v = new VectorCode(a, Level.AVX512, 15);
        this.dots = new DotRows(v, 2);
        this.type = type;
    }

    /// Whether there is code for this type at this level.
    static boolean knows(Level level, BlockType type) {
        return level.has(Level.AVX512)
                && switch (type) {
                    case Q8_0, Q4_0, Q4_1, IQ4_NL, Q4_K, Q6_K -> true;
                    default -> false;
                };
    }

    /// The kernel for `rows` rows of x.
    static void write(Assembler a, BlockType type, int rows) {
        var code = new BlockRowsCode(a, type);
        // Scales of a super-block lie on the stack, where one number can be read into all lanes.
        a.sub(RSP, 128);
        code.constants();
        code.dots.write(rows, code::row, () -> {
            a.mov(RAX, R8);
            a.shift(Shift.SHR, RAX, Integer.numberOfTrailingZeros(type.size()));
            a.imul(RAX, RAX, type.bytes());
            a.add(RCX, RAX);
        });
        a.add(RSP, 128);
    }

    private void constants() {
        switch (type) {
            case Q4_0 -> v.load(v.v(TABLE), a.constant(table(i -> i - 8)));
            case Q4_1, Q4_K -> v.load(v.v(TABLE), a.constant(table(i -> i)));
            case IQ4_NL -> v.load(v.v(TABLE), a.constant(table(i -> BlockType.NONLINEAR[i])));
            case Q6_K -> {
                v.load(v.v(FIFTEEN), a.constant(15));
                v.load(v.v(THREE), a.constant(0x30));
                v.load(v.v(OFFSET), a.constant(32));
            }
            default -> {}
        }
    }

    private static int[] table(java.util.function.IntUnaryOperator value) {
        int[] lanes = new int[16];
        for (int i = 0; i < 16; i++) {
            lanes[i] = Float.floatToRawIntBits(value.applyAsInt(i));
        }
        return lanes;
    }

    private void row(int first, int rows) {
        a.mov(R12, RCX);
        a.mov(R13, R8);
        Label done = new Label();
        a.test(R13, R13);
        a.jump(If.E, done);
        a.align(32);
        Label loop = a.here();
        for (int line = 0; first == 0 && line < type.bytes(); line += 64) {
            a.prefetch(0, R12.at(AHEAD + line));
        }
        switch (type) {
            case Q8_0 -> {
                scale(R12.at());
                for (int half = 0; half < 2; half++) {
                    a.op(VPMOVSXBD, v.v(half), R12.at(2 + 16 * half));
                    a.op(VCVTDQ2PS, v.v(half), v.v(half));
                    a.op(VMULPS, v.v(half), v.v(half), v.v(2));
                }
                multiply(rows);
            }
            case Q4_0, IQ4_NL -> {
                scale(R12.at());
                nibbles(v.v(0), v.v(1), R12.at(2));
                a.op(VMULPS, v.v(0), v.v(0), v.v(2));
                a.op(VMULPS, v.v(1), v.v(1), v.v(2));
                multiply(rows);
            }
            case Q4_1 -> {
                scale(R12.at());
                half(v.v(3), R12.at(2));
                nibbles(v.v(0), v.v(1), R12.at(4));
                a.op(VFMADD213PS, v.v(0), v.v(2), v.v(3));
                a.op(VFMADD213PS, v.v(1), v.v(2), v.v(3));
                multiply(rows);
            }
            case Q4_K -> fourK(rows);
            case Q6_K -> sixK(rows);
            default -> throw new IllegalArgumentException("[quantized] no machine code for " + type);
        }
        a.add(R12, type.bytes());
        a.sub(R13, type.size());
        a.jump(If.NE, loop);
        a.bind(done);
    }

    private void scale(Mem m) {
        half(v.v(2), m);
    }

    /// One f16 in all lanes, as f32.
    private void half(Vec d, Mem m) {
        a.op(VPBROADCASTW, d.low(256), m);
        a.op(VCVTPH2PS, d, d.low(256));
    }

    /// Sixteen bytes as table values of their lower and of their upper halves; the permutation looks at four bits only.
    private void nibbles(Vec low, Vec high, Mem m) {
        a.op(VPMOVZXBD, low, m);
        a.op(VPSRLD, high, low, 4);
        a.op(VPERMPS, low, low, v.v(TABLE));
        a.op(VPERMPS, high, high, v.v(TABLE));
    }

    /// Registers 0 and 1 times 32 values of each row of x.
    private void multiply(int rows) {
        for (int i = 0; i < rows; i++) {
            a.op(VFMADD231PS, dots.sum(i, 0), v.v(0), dots.x(i, 0));
            a.op(VFMADD231PS, dots.sum(i, 1), v.v(1), dots.x(i, 64));
        }
        dots.advance(rows, 128);
    }

    /// Eight scales and minima of six bits in twelve bytes; then four times 32 bytes with two runs of 32 values.
    private void fourK(int rows) {
        a.mov32(R14, R12.at(4));
        a.mov32(R15, R12.at(8));
        sixBits(R14, R12.at(12), 0x0f0f0f0f, 0);
        sixBits(R15, R12.at(12), 0x0f0f0f0f, 4);
        scaled(R14, R12.at(), 0);
        scaled(R15, R12.at(2), 32);
        for (int g = 0; g < 4; g++) {
            Mem bytes = R12.at(16 + 32 * g);
            nibbles(v.v(0), v.v(4), bytes);
            nibbles(v.v(1), v.v(5), bytes.plus(16));
            widen(0, 2 * g);
            multiply(rows);
            a.op(VMOVUPS, v.v(0), v.v(4));
            a.op(VMOVUPS, v.v(1), v.v(5));
            widen(0, 2 * g + 1);
            multiply(rows);
        }
    }

    /// `r = eight bytes of six bits`: four from the lower bits of `r`, four from `four` bits of `m` and the two upper
    /// bits of `r`'s bytes.
    private void sixBits(Gp r, Mem m, int four, int shift) {
        Gp high = RSI;
        a.push(RSI);
        a.push(RDI);
        a.mov(high, r);
        a.alu(Alu.AND, r, 0x3f3f3f3f);
        a.shift(Shift.SHR, high, 2);
        a.alu(Alu.AND, high, 0x30303030);
        a.mov32(RDI, m);
        if (shift > 0) {
            a.shift(Shift.SHR, RDI, shift);
        }
        a.alu(Alu.AND, RDI, four);
        a.alu(Alu.OR, high, RDI);
        a.shift(Shift.SHL, high, 32);
        a.alu(Alu.OR, r, high);
        a.pop(RDI);
        a.pop(RSI);
    }

    /// Eight bytes times an f16, to the stack as f32.
    private void scaled(Gp bytes, Mem factor, int at) {
        a.mov(RSP.at(64), bytes);
        a.op(VPMOVZXBD, Vec.ymm(0), RSP.at(64));
        a.op(VCVTDQ2PS, Vec.ymm(0), Vec.ymm(0));
        a.op(VPBROADCASTW, Vec.xmm(1), factor);
        a.op(VCVTPH2PS, Vec.ymm(1), Vec.xmm(1));
        a.op(VMULPS, Vec.ymm(0), Vec.ymm(0), Vec.ymm(1));
        a.store(VMOVUPS_STORE, RSP.at(at), Vec.ymm(0));
    }

    /// `q·scale - minimum` of the run `j` of a super-block.
    private void widen(int first, int j) {
        v.broadcast(v.v(2), RSP.at(4 * j));
        Mem minimum = RSP.at(32 + 4 * j).broadcast32();
        a.op(VFMSUB213PS, v.v(first), v.v(2), minimum);
        a.op(VFMSUB213PS, v.v(first + 1), v.v(2), minimum);
    }

    /// Six bits, four in one place and two in another; a scale of eight bits for each sixteen values.
    private void sixK(int rows) {
        a.op(VPMOVSXBD, v.v(0), R12.at(192));
        a.op(VCVTDQ2PS, v.v(0), v.v(0));
        scale(R12.at(208));
        a.op(VMULPS, v.v(0), v.v(0), v.v(2));
        v.store(RSP.at(), v.v(0));
        for (int n = 0; n < 2; n++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                for (int h = 0; h < 2; h++) {
                    Vec q = v.v(h);
                    a.op(VPMOVZXBD, q, R12.at(64 * n + 32 * (quarter & 1) + 16 * h));
                    if (quarter > 1) {
                        a.op(VPSRLD, q, q, 4);
                    }
                    a.op(VPANDD, q, q, v.v(FIFTEEN));
                    a.op(VPMOVZXBD, v.v(3), R12.at(128 + 32 * n + 16 * h));
                    shiftToFour(v.v(3), quarter);
                    a.op(VPANDD, v.v(3), v.v(3), v.v(THREE));
                    a.op(VPORD, q, q, v.v(3));
                    a.op(VPSUBD, q, q, v.v(OFFSET));
                    a.op(VCVTDQ2PS, q, q);
                    a.op(VMULPS, q, q, RSP.at(4 * (8 * n + 2 * quarter + h)).broadcast32());
                }
                multiply(rows);
            }
        }
    }

    /// Moves the pair of bits `2·quarter` to the bits 4 and 5.
    private void shiftToFour(Vec x, int quarter) {
        int by = 4 - 2 * quarter;
        if (by > 0) {
            a.op(VPSLLD, x, x, by);
        } else if (by < 0) {
            a.op(VPSRLD, x, x, -by);
        }
    }
}
