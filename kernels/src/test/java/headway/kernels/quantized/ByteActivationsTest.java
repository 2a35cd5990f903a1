package headway.kernels.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.DType;
import headway.kernels.Fenced;
import headway.kernels.Span;
import headway.kernels.quantized.ByteActivations.Form;
import headway.kernels.quantized.ByteActivations.Order;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes of activations: every tier writes the specification's, and they are what the formula says.
class ByteActivationsTest {
    private final SplittableRandom random = new SplittableRandom(5);

    @ParameterizedTest
    @ValueSource(ints = {32, 96, 224, 256, 288, 512, 1120})
    void everyTierWritesTheSameBytes(int K) {
        for (Form form : Form.values()) {
            for (Order order : Order.values()) {
                if (form != Form.WORDS || order == Order.PLAIN) {
                    sameBytes(K, form, order);
                }
            }
        }
    }

    private void sameBytes(int K, Form form, Order order) {
        try (Arena arena = Arena.ofConfined()) {
            int M = 3;
            Span x = Fenced.random(arena, DType.F32, (long) M * K, 1, random).span();
            special(x);
            long elements = M * ByteActivations.rowBytes(K) / 4;
            Fenced fast = Fenced.of(arena, DType.F32, elements, 0);
            Span plain = Span.allocate(arena, DType.F32, elements);
            plain.segment().copyFrom(fast.span().segment().asSlice(0, 4 * elements));
            ByteActivations.run(fast.span(), x, M, K, form, order);
            ByteActivations.reference(plain, x, M, K, form, order);
            assertThat(fast.span().segment().asSlice(0, 4 * elements).mismatch(plain.segment()))
                    .isEqualTo(-1);
            fast.assertIntact("bytes of K=" + K);
        }
    }

    /// A block of zeros, one too small to count, and values at the ends of the range.
    private static void special(Span x) {
        for (int i = 0; i < 32; i++) {
            x.set(i, 0);
            if (x.segment().byteSize() > 3 * 128) {
                x.set(32 + i, 1e-33 * i);
                x.set(64 + i, i % 2 == 0 ? 3e38 : -3e38);
            }
        }
    }

    @Test
    void whatIsNoNumberStaysNone() {
        try (Arena arena = Arena.ofConfined()) {
            Span x = Span.allocate(arena, DType.F32, 64);
            x.set(5, Float.NaN);
            x.set(40, Float.NEGATIVE_INFINITY);
            Span bytes = Span.allocate(arena, DType.F32, ByteActivations.rowBytes(64) / 4);
            ByteActivations.run(bytes, x, 1, 64, Form.of(BlockType.Q8_0, 1), Order.PLAIN);
            assertThat(bytes.get(ByteActivations.SCALES / 4)).isNaN();
            assertThat(bytes.get(ByteActivations.SCALES / 4 + 1)).isEqualTo(Float.POSITIVE_INFINITY);
        }
    }

    @Test
    void theTwoBytesAreTheValue() {
        try (Arena arena = Arena.ofConfined()) {
            Span x = Fenced.random(arena, DType.F32, 32, 0, random).span();
            Span bytes = Span.allocate(arena, DType.F32, ByteActivations.rowBytes(32) / 4);
            ByteActivations.reference(bytes, x, 1, 32, Form.BYTES, Order.PLAIN);
            double s = bytes.get(ByteActivations.SCALES / 4);
            double sum = 0;
            for (int i = 0; i < 32; i++) {
                int high = bytes.segment().get(java.lang.foreign.ValueLayout.JAVA_BYTE, i);
                int low = bytes.segment().get(java.lang.foreign.ValueLayout.JAVA_BYTE, ByteActivations.LOW + i);
                assertThat(s * (128 * high + low) - x.get(i)).isBetween(-s * 0.5001, s * 0.5001);
                sum += s * (128 * high + low);
            }
            assertThat(bytes.get(ByteActivations.SUMS / 4) - sum).isBetween(-1e-5, 1e-5);
        }
    }
}
