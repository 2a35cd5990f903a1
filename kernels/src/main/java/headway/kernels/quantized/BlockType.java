package headway.kernels.quantized;

import headway.kernels.Memory;
import headway.kernels.Tier;

/// How a run of values is kept in a few bits each: the block types of GGUF files, under their names there.
///
/// A block holds [#size] values in [#bytes] bytes: small integers `q`, a scale `d` in f16, in some types a minimum `m`
/// or a table of values. Super-blocks (`_K`, `_XS`) have scales for each 16 or 32 values inside, quantized in turn.
///
/// | type | values | bits a value | value |
/// |---|---|---|---|
/// | `Q8_0` | 32 | 8.5 | `d·q`, q in -128 … 127 |
/// | `Q4_0`, `Q5_0` | 32 | 4.5, 5.5 | `d·(q - 8)`, `d·(q - 16)` |
/// | `Q4_1`, `Q5_1` | 32 | 5, 6 | `d·q + m` |
/// | `Q2_K`, `Q4_K`, `Q5_K` | 256 | 2.6, 4.5, 5.5 | `(d·s)·q - (m·t)` |
/// | `Q3_K`, `Q6_K` | 256 | 3.4, 6.6 | `(d·s)·q`, q signed |
/// | `IQ4_NL`, `IQ4_XS` | 32, 256 | 4.5, 4.3 | `d·table[q]`, `(d·s)·table[q]` |
/// | `MXFP4` | 32 | 4.3 | `2^e·table[q]`, [OCP MX
/// v1.0](https://www.opencompute.org/documents/ocp-microscaling-formats-mx-v1-0-spec-final-pdf) |
///
/// [#value] is the specification; products and sums are rounded to f32 one by one, in the order of the table, so that
/// values equal those of the format's own library bit for bit.
public enum BlockType {
    Q8_0(32, 34),
    Q4_0(32, 18),
    Q4_1(32, 20),
    Q5_0(32, 22),
    Q5_1(32, 24),
    Q2_K(256, 84),
    Q3_K(256, 110),
    Q4_K(256, 144),
    Q5_K(256, 176),
    Q6_K(256, 210),
    IQ4_NL(32, 18),
    IQ4_XS(256, 136),
    MXFP4(32, 17);

    private final int size;
    private final int bytes;

    BlockType(int size, int bytes) {
        this.size = size;
        this.bytes = bytes;
    }

    /// Values in a block.
    public int size() {
        return size;
    }

    /// Bytes of a block.
    public int bytes() {
        return bytes;
    }

    /// Bytes of `count` values, a multiple of [#size].
    public long bytes(long count) {
        if (count < 0 || count % size != 0) {
            throw new IllegalArgumentException("[quantized] %d values of %s; expected a multiple of the block size %d"
                    .formatted(count, this, size));
        }
        return Math.multiplyExact(count / size, bytes);
    }

    /// Value `i` of the block at `block`: the specification.
    float value(long block, int i) {
        return switch (this) {
            case Q8_0 -> half(block) * Memory.i8(block + 2 + i);
            case Q4_0 -> half(block) * (nibble(block + 2, i) - 8);
            case Q4_1 -> half(block) * nibble(block + 4, i) + half(block + 2);
            case Q5_0 -> half(block) * (five(block + 2, i) - 16);
            case Q5_1 -> half(block) * five(block + 4, i) + half(block + 2);
            case IQ4_NL -> half(block) * NONLINEAR[nibble(block + 2, i)];
            case MXFP4 -> power(unsigned(block)) * FP4[nibble(block + 1, i)];
            case Q2_K -> SuperBlocks.q2(block, i);
            case Q3_K -> SuperBlocks.q3(block, i);
            case Q4_K -> SuperBlocks.q4(block, i);
            case Q5_K -> SuperBlocks.q5(block, i);
            case Q6_K -> SuperBlocks.q6(block, i);
            case IQ4_XS -> SuperBlocks.iq4(block, i);
        };
    }

    /// Writes `blocks` blocks from `from` on as f32 to `to`; nothing is checked.
    void dequantize(long to, long from, long blocks) {
        if (Tier.machine()) {
            MachineBlockRows.widen(this, to, from, blocks);
            return;
        }
        if (Tier.vectors() && WideBlocks.knows(this)) {
            WideBlocks.dequantize(this, to, from, blocks);
            return;
        }
        for (long b = 0; b < blocks; b++) {
            for (int i = 0; i < size; i++) {
                Memory.f32(to + 4 * (b * size + i), value(from + b * bytes, i));
            }
        }
    }

    /// Values of `IQ4_NL` and `IQ4_XS`, denser around 0.
    static final byte[] NONLINEAR = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    /// Twice the sixteen values of a float of 4 bits (sign, two of exponent, one of mantissa).
    static final byte[] FP4 = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

    static float half(long address) {
        return Float.float16ToFloat(Memory.i16(address));
    }

    static int unsigned(long address) {
        return Memory.i8(address) & 0xFF;
    }

    /// The first half of a block in the low four bits of its 16 bytes, the second in the high ones.
    private static int nibble(long at, int i) {
        return unsigned(at + (i & 15)) >>> (i >> 4 << 2) & 15;
    }

    /// The same with a fifth bit from the 32-bit word before.
    private static int five(long at, int i) {
        return nibble(at + 4, i) | (Memory.i32(at) >>> i & 1) << 4;
    }

    /// Half of `2^(e - 127)`: the table has doubled values. The two smallest are subnormal.
    private static float power(int e) {
        return Float.intBitsToFloat(e < 2 ? 0x0020_0000 << e : e - 1 << 23);
    }
}
