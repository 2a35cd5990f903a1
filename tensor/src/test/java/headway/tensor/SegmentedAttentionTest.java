package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.kernels.attention.Visibility;
import headway.kernels.attention.Weighing;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.SegmentedAttention;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Sequences in one row against the kernel that forms all weights, called for each by itself.
class SegmentedAttentionTest {
    private static final List<Visibility> MASKS = List.of(
            Visibility.ALL,
            new Visibility(true, 0, 0, 0, null),
            new Visibility(false, 0, 3, 0, null),
            new Visibility(true, 0, 4, 0, null));

    @Test
    void equalsEachSequenceAlone() {
        var segments = Segments.ofLengths(1, 2, 3, 4, 64, 65, 17, 130, 16, 31);
        int[][] sizes = {{4, 4, 32, 32}, {6, 2, 5, 9}, {2, 1, 64, 64}};
        try (var workspace = new Workspace()) {
            for (int[] n : sizes) {
                for (Visibility see : MASKS) {
                    workspace.run(() -> {
                        compare(segments, n[0], n[1], n[2], n[3], see);
                        return null;
                    });
                }
            }
        }
    }

    private static void compare(Segments segments, int H, int Hkv, int Dh, int Dv, Visibility see) {
        int N = segments.rows();
        // The parts of one projection, as attention with fused weights reads them.
        Tensor all = random(Shape.of("batch", 1, "seq", N, "hidden", H * Dh + Hkv * (Dh + Dv)));
        Tensor q = all.narrow("hidden", 0, H * Dh).split("heads", H, "head_dim", Dh);
        Tensor k = all.narrow("hidden", H * Dh, Hkv * Dh).split("kv_heads", Hkv, "head_dim", Dh);
        Tensor v = all.narrow("hidden", (H + Hkv) * Dh, Hkv * Dv).split("kv_heads", Hkv, "head_dim", Dv);
        Tensor o = SegmentedAttention.run(q, k, v, 0.3, Weighing.PLAIN, see, segments);
        // Contiguous operands are copied sequence by sequence; the numbers are the same.
        assertThat(SegmentedAttention.run(q.copy(), k.copy(), v.copy(), 0.3, Weighing.PLAIN, see, segments)
                        .toFloats())
                .containsExactly(o.toFloats());
        for (int i = 0; i < segments.count(); i++) {
            int from = segments.start(i);
            int T = segments.length(i);
            float[] expected = AttentionOp.of(
                            q.narrow("seq", from, T).copy(),
                            k.narrow("seq", from, T).copy(),
                            v.narrow("seq", from, T).copy(),
                            0.3,
                            see,
                            true)
                    .run()
                    .toFloats();
            assertThat(o.narrow("seq", from, T).toFloats())
                    .as("sequence %d", i)
                    .containsExactly(expected, within(3e-6f));
        }
    }

    private static Tensor random(Shape shape) {
        Tensor t = Tensor.allocate(shape, headway.kernels.DType.F32);
        var random = new Random(3);
        for (long i = 0; i < t.count(); i++) {
            t.memory().set(i, random.nextGaussian());
        }
        return t;
    }

    @Test
    void saysWhatDoesNotFit() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                Tensor x = random(Shape.of("batch", 1, "seq", 6, "heads", 1, "head_dim", 4));
                assertThatThrownBy(() -> SegmentedAttention.run(
                                x, x, x, 1, Weighing.PLAIN, Visibility.ALL, Segments.ofLengths(2, 3)))
                        .isInstanceOf(ShapeException.class)
                        .hasMessageContaining("do not fit 2 sequences of 5 rows together");
                var tape = new Tape();
                assertThatThrownBy(() -> tape.record(() -> SegmentedAttention.run(
                                x, x, x, 1, Weighing.PLAIN, Visibility.ALL, Segments.ofLengths(2, 4))))
                        .hasMessageContaining("neither derivative nor padding");
                return null;
            });
        }
        assertThatThrownBy(() -> Segments.ofLengths(2, 0, 1)).hasMessageContaining("[segments] starts [0, 2, 2, 3]");
    }
}
