package headway.kernels.quantized;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.gemm.MatVecKernel;
import headway.kernels.machine.CodeTable;

/// Rows of activations as integers of fifteen bits in two bytes: what products with quantized rows multiply.
///
///     s = max |x| / 16256,   q = round(x / s),   q = 128·high + low,   high in -127 … 127, low in -64 … 63
///
/// for each 32 values. The processor multiplies bytes only; two of them cost little where the memory brings the
/// weights, and keep the error of x at `s/2`, a thirty-thousandth of the largest value: the products of a model stay
/// those of the dequantized weights. Eight bits, as other engines take, would err by 0.4 %.
///
/// A group of 256 values takes 832 bytes, so that each part begins on a border of 64:
///
/// | from | what |
/// |---|---|
/// | 0, 256 | `high`, `low`, a byte each |
/// | 512, 544 | `s` and `s·Σ q` of each 32, `f32`; the sums are for weights with a minimum |
/// | 576, 640 | the same of each sixteen |
/// | 704, 736 | `-Σ q` of each 32 and of each sixteen, `i32`: what bytes with 128 too much begin with |
///
/// Where few rows meet a matrix, the bytes of a whole group stand in the order in which its weights leave their blocks
/// ([Order]).
///
/// `headway.activations=8` (or `HEADWAY_ACTIVATIONS`) asks for the eight bits where many rows meet a matrix: `s` is
/// `max |x| / 127`, `high` is q, there is no `low`, and the last line of the table has `-128·Σ q`. Reading a prompt is
/// bound by arithmetic, of which that is half.
///
/// At level `avx2` bytes are for weights of at most six bits, whose products can be added in sixteen, and eight of them
/// for few rows too, since arithmetic is the bound there. For other weights and for many rows of fifteen bits the first
/// 512 bytes are q in words, `i16`, and the last line is not written.
///
/// Values below 1e-30 in magnitude count as 0; a block with NaN or an infinity has such a scale.
public final class ByteActivations {
    static final int BLOCK = 32;
    static final int GROUP = 256;
    static final int HIGH = 0;
    static final int LOW = GROUP;
    static final int SCALES = 2 * GROUP;
    static final int SUMS = SCALES + 32;
    static final int HALVES = SCALES + 64;
    static final int HALF_SUMS = HALVES + 64;
    static final int NEGATIVES = HALF_SUMS + 64;
    static final int HALF_NEGATIVES = NEGATIVES + 32;
    /// Bytes of a group.
    static final int BYTES = HALF_SUMS + 192;

    /// Largest `|q|`: 127·128.
    static final float MOST = 16256;

    /// Largest `|q|` of eight bits.
    static final float MOST_OF_EIGHT = 127;

    static final float TINY = 1e-30f;

    private static final boolean EIGHT = bits() == 8;

    /// Where the bytes of a group of 256 stand.
    enum Order {
        /// As the values.
        PLAIN,
        /// The first sixteen of each of four blocks of 32, then the second sixteen of each: lower and upper halves of
        /// the bytes of four blocks.
        QUADS,
        /// Of four runs of 32 the first, third, second, fourth: lower and upper halves of 64 bytes of a block of 256.
        CROSSED,
        /// The first sixteen of two blocks of 32 that lie four apart, then the second sixteen of both: lower and upper
        /// halves of the bytes of two blocks.
        PAIRS;

        /// Of products of `type` with M rows.
        static Order of(BlockType type, int M) {
            if (M > MatVecKernel.MAX_ROWS || Form.of(type, M) == Form.WORDS) {
                return PLAIN;
            }
            if (words()) {
                return type.size() == BLOCK ? PAIRS : PLAIN;
            }
            return switch (type) {
                case Q4_0, Q4_1, Q5_0, Q5_1, IQ4_NL, IQ4_XS, MXFP4 -> QUADS;
                case Q4_K, Q5_K -> CROSSED;
                default -> PLAIN;
            };
        }

        /// Place of value `i` of a group.
        int place(int i) {
            int run = i / 32 % 4;
            int first = i / 128 * 128;
            return switch (this) {
                case PLAIN -> i;
                case QUADS -> first + i % 32 / 16 * 64 + run * 16 + i % 16;
                case CROSSED -> first + (run % 2 * 2 + run / 2) * 32 + i % 32;
                case PAIRS -> run * 64 + i % 32 / 16 * 32 + i / 128 * 16 + i % 16;
            };
        }
    }

    private static final Order[] ORDERS = Order.values();
    private static final int FORMS = Form.values().length;

    private ByteActivations() {}

    private static final class Code {
        static final CodeTable TABLE = new CodeTable(FORMS * ORDERS.length, (a, i) -> {
            Order order = ORDERS[i % ORDERS.length];
            int form = i / ORDERS.length;
            if (words() || form == Form.WORDS.ordinal()) {
                WordActivationsCode.write(a, Form.values()[form], order);
            } else {
                ByteActivationsCode.write(a, form == Form.EIGHT.ordinal(), order);
            }
        });
    }

    private static int bits() {
        String wanted = System.getProperty("headway.activations");
        if (wanted == null || wanted.isBlank()) {
            wanted = System.getenv("HEADWAY_ACTIVATIONS");
        }
        return switch (wanted == null ? "" : wanted.strip()) {
            case "", "15" -> 15;
            case "8" -> 8;
            default ->
                throw new IllegalArgumentException(
                        "[kernels] activations of '%s' bits; expected 8 or 15".formatted(wanted));
        };
    }

    /// How the numbers of a row are kept.
    enum Form {
        /// Fifteen bits in two bytes.
        BYTES,
        /// Eight bits in one.
        EIGHT,
        /// Fifteen bits as words, where `high` and `low` are otherwise: for AVX2, which multiplies words better.
        WORDS;

        /// Of M rows that meet weights of this type.
        static Form of(BlockType type, int M) {
            if (!words()) {
                return eight(M) ? EIGHT : BYTES;
            }
            boolean narrow = WordForm.of(type).narrow();
            if (narrow && ByteActivations.EIGHT) {
                return EIGHT;
            }
            // Several rows are faster in words, which are made once for all of them.
            return narrow && M == 1 ? BYTES : WORDS;
        }
    }

    /// Whether machine code is that of AVX2.
    private static boolean words() {
        return Tier.machine() && !MachineBlockRows.bytes();
    }

    /// Whether M rows have eight bits where bytes meet all types.
    static boolean eight(int M) {
        return EIGHT && M > MatVecKernel.MAX_ROWS;
    }

    /// Bytes of a row of `K` values.
    static long rowBytes(int K) {
        return (long) (K + GROUP - 1) / GROUP * BYTES;
    }

    /// Elements of f32 that M rows need for products with rows of this type; 0 where these read x as it is.
    public static long shared(BlockType type, int M, int K) {
        return Tier.machine() ? M * rowBytes(K) / 4 : 0;
    }

    /// Fills the rows `[m0, m1)` of M from those of x; does nothing where x is read as it is.
    public static void prepare(Span shared, Span x, BlockType type, int M, int m0, int m1, int K) {
        if (Tier.machine() && m1 > m0) {
            Span to = shared.slice(m0 * rowBytes(K) / 4, (m1 - m0) * rowBytes(K) / 4);
            Form form = Form.of(type, M);
            run(to, x.slice((long) m0 * K, (long) (m1 - m0) * K), m1 - m0, K, form, Order.of(type, M));
        }
    }

    /// Writes M rows of K values, a multiple of 32, to `to`; what lies behind the last block of a row is left alone.
    static void run(Span to, Span x, int M, int K, Form form, Order order) {
        x.requireType("quantized activations", "x", DType.F32);
        x.require("quantized activations", "x", (long) M * K);
        to.require("quantized activations", "to", M * rowBytes(K) / to.dtype().bytes());
        if (Tier.machine()) {
            for (int m = 0; m < M; m++) {
                long row = to.address() + m * rowBytes(K);
                headway.kernels.machine.Machine.call(
                        Code.TABLE.of(form.ordinal() * ORDERS.length + order.ordinal()),
                        row,
                        x.address((long) m * K),
                        K / BLOCK,
                        0,
                        0,
                        0,
                        0,
                        0);
            }
        } else {
            reference(to, x, M, K, form, order);
        }
    }

    /// Scalar reference: the specification.
    static void reference(Span to, Span x, int M, int K, Form form, Order order) {
        for (int m = 0; m < M; m++) {
            long row = to.address() + m * rowBytes(K);
            for (int k = 0; k < K; k += BLOCK) {
                Order here = K - k / GROUP * GROUP < GROUP ? Order.PLAIN : order;
                block(row + (long) (k / GROUP) * BYTES, k % GROUP, x.address((long) m * K + k), form, here);
            }
        }
    }

    private static void block(long group, int at, long x, Form form, Order order) {
        boolean eight = form == Form.EIGHT;
        float limit = eight ? MOST_OF_EIGHT : MOST;
        int most = 0;
        for (int i = 0; i < BLOCK; i++) {
            // As integers, NaN is above all.
            most = Math.max(most, Memory.i32(x + 4L * i) & 0x7fff_ffff);
        }
        float largest = Float.intBitsToFloat(most);
        boolean tiny = largest < TINY;
        float s = tiny ? 0 : largest * (1 / limit);
        float inverse = tiny ? 0 : limit / largest;
        int[] sums = new int[2];
        for (int i = 0; i < BLOCK; i++) {
            float scaled = Memory.f32(x + 4L * i) * inverse;
            int q = Math.abs(scaled) <= 2 * MOST ? (int) Math.rint(scaled) : Integer.MIN_VALUE;
            int high = Math.clamp(eight ? q : q + 64 >> 7, -128, 127);
            int low = q - (q + 64 >> 7 << 7);
            if (form == Form.WORDS) {
                int word = Math.clamp(q, Short.MIN_VALUE, Short.MAX_VALUE);
                Memory.i16(group + 2L * (at + i), (short) word);
                sums[i / 16] += word;
                continue;
            }
            int place = order.place(at + i);
            Memory.i8(group + HIGH + place, (byte) high);
            if (!eight) {
                Memory.i8(group + LOW + place, (byte) low);
            }
            sums[i / 16] += eight ? high : 128 * high + low;
        }
        Memory.f32(group + SCALES + at / 8, s);
        Memory.f32(group + SUMS + at / 8, s * (sums[0] + sums[1]));
        int shift = eight ? 7 : 0;
        if (form != Form.WORDS) {
            Memory.i32(group + NEGATIVES + at / 8, -(sums[0] + sums[1]) << shift);
        }
        for (int half = 0; half < 2; half++) {
            if (form != Form.WORDS) {
                Memory.i32(group + HALF_NEGATIVES + at / 4 + 4 * half, -sums[half] << shift);
            }
            Memory.f32(group + HALVES + at / 4 + 4 * half, s);
            Memory.f32(group + HALF_SUMS + at / 4 + 4 * half, s * sums[half]);
        }
    }
}
