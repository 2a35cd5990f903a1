package headway.nn.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.rotary.RotaryLayout;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.NewWeights;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.KvCache;
import headway.nn.cache.RollingCache;
import headway.nn.mask.Mask;
import headway.nn.position.RopeScaling;
import headway.nn.position.RotaryPosition;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.SumOp;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attention layers: what a mask lets through, what a cache changes, and what order means.
class AttentionLayersTest {
    private static final int HIDDEN = 24;
    private static final int HEADS = 4;
    private static final int HEAD_DIM = 6;
    private static final int WINDOW = 5;

    private final Arena arena = Arena.ofConfined();
    private final Workspace workspace = new Workspace();

    @AfterEach
    void close() {
        workspace.close();
        arena.close();
    }

    /// Layers of one seed are equal, so that one with another mask can be compared.
    private GroupedQueryAttention attention(Mask mask, boolean rotary, int layer) {
        Weights w = Weights.of(new NewWeights(arena, DType.F32, 3)).at("layer").at(layer);
        var init = new Init.Normal(0.3);
        return new GroupedQueryAttention(
                DenseLinear.load(w.at("q"), HIDDEN, HEADS * HEAD_DIM, false, init),
                DenseLinear.load(w.at("k"), HIDDEN, 2 * HEAD_DIM, false, init),
                DenseLinear.load(w.at("v"), HIDDEN, 2 * HEAD_DIM, false, init),
                DenseLinear.load(w.at("o"), HEADS * HEAD_DIM, HIDDEN, false, init),
                null,
                null,
                rotary ? new RotaryPosition(10000, HEAD_DIM, new RopeScaling.None(), RotaryLayout.HALF_SPLIT) : null,
                HEAD_DIM,
                new ScaledDotProduct(1 / Math.sqrt(HEAD_DIM), mask, layer));
    }

    private static Tensor draw(int batch, int seq) {
        var random = new Random(7);
        Tensor x = Tensor.allocate(Shape.of("batch", batch, "seq", seq, "hidden", HIDDEN), DType.F32);
        for (int i = 0; i < x.count(); i++) {
            x.memory().set(i, random.nextGaussian());
        }
        return x;
    }

    private static Tensor token(Tensor x, int t, int count) {
        return x.narrow("seq", t, count).copy();
    }

    private static void close(float[] actual, float[] expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        float largest = 1;
        float off = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            off = Math.max(off, Math.abs(actual[i] - expected[i]));
        }
        assertThat(off / largest)
                .as("largest difference, relative to %s", largest)
                .isLessThanOrEqualTo(tolerance);
    }

    /// Two layers on top of each other, so that the second sees what the first made of its window.
    private Tensor twoLayers(Mask mask, Tensor x, Pass pass) {
        Tensor y = attention(mask, true, 0).forward(x, pass, x);
        return attention(mask, true, 1).forward(y, pass, y);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void decodingWithACacheEqualsOnePass(int chunk) {
        workspace.run(() -> {
            int seq = 12;
            Tensor x = draw(2, seq);
            float[] whole =
                    twoLayers(new Mask.Causal(), x, Pass.from(2, seq, 0, null)).toFloats();
            try (KvCache cache = new GrowingCache(1)) {
                for (int t = 0; t < seq; t += chunk) {
                    float[] part = twoLayers(new Mask.Causal(), token(x, t, chunk), Pass.from(2, chunk, t, cache))
                            .toFloats();
                    close(part, rows(whole, 2, seq, t, chunk), 1e-5f);
                }
                assertThat(cache.length()).isEqualTo(seq);
            }
            return null;
        });
    }

    private static float[] rows(float[] whole, int batch, int seq, int t, int count) {
        float[] part = new float[batch * count * HIDDEN];
        for (int b = 0; b < batch; b++) {
            System.arraycopy(whole, (b * seq + t) * HIDDEN, part, b * count * HIDDEN, count * HIDDEN);
        }
        return part;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9})
    void rollingDecodingEqualsTheWindowOverTheWhole(int chunk) {
        workspace.run(() -> {
            int seq = 4 * WINDOW * 9 / 5;
            Tensor x = draw(1, seq);
            var mask = new Mask.SlidingWindow(WINDOW);
            float[] whole = twoLayers(mask, x, Pass.from(1, seq, 0, null)).toFloats();
            try (KvCache cache = new RollingCache(WINDOW)) {
                long bytes = 0;
                for (int t = 0; t < seq; t += chunk) {
                    float[] part = twoLayers(mask, token(x, t, chunk), Pass.from(1, chunk, t, cache))
                            .toFloats();
                    close(part, rows(whole, 1, seq, t, chunk), 1e-5f);
                    assertThat(cache.length()).isEqualTo(t + chunk);
                    bytes = bytes == 0 ? cache.bytes() : bytes;
                    assertThat(cache.bytes()).isEqualTo(bytes);
                }
                // Two layers, keys and values, twice the window, two heads.
                assertThat(bytes).isEqualTo(2L * 2 * 2 * WINDOW * 2 * HEAD_DIM * 4);
            }
            return null;
        });
    }

    @Test
    void aCacheGoesBack() {
        workspace.run(() -> {
            Tensor x = draw(1, 20);
            var mask = new Mask.SlidingWindow(WINDOW);
            float[] whole = twoLayers(mask, x, Pass.from(1, 20, 0, null)).toFloats();
            try (KvCache growing = new GrowingCache(4);
                    KvCache rolling = new RollingCache(WINDOW)) {
                for (KvCache cache : new KvCache[] {growing, rolling}) {
                    twoLayers(mask, token(x, 0, 8), Pass.from(1, 8, 0, cache));
                    cache.truncate(6);
                    assertThat(cache.length()).isEqualTo(6);
                    float[] again = twoLayers(mask, token(x, 6, 2), Pass.from(1, 2, 6, cache))
                            .toFloats();
                    close(again, rows(whole, 1, 20, 6, 2), 1e-5f);
                }
                for (int t = 8; t < 20; t++) {
                    twoLayers(mask, token(x, t, 1), Pass.from(1, 1, t, rolling));
                }
                // The next token would see tokens that are gone: an error, not a wrong number.
                assertThatThrownBy(() -> rolling.truncate(9))
                        .isInstanceOf(ShapeException.class)
                        .hasMessageStartingWith("[cache] cannot go back to token 9: it sees 4 tokens before it");
            }
            return null;
        });
    }

    @Test
    void everyTruncationIsRightOrRefused() {
        workspace.run(() -> {
            int seq = 16;
            Tensor x = draw(1, seq);
            var mask = new Mask.SlidingWindow(WINDOW);
            float[] whole = twoLayers(mask, x, Pass.from(1, seq, 0, null)).toFloats();
            int right = 0;
            for (int length = 1; length < seq; length++) {
                for (int back = 0; back < length; back++) {
                    try (KvCache cache = new RollingCache(WINDOW)) {
                        for (int t = 0; t < length; t++) {
                            twoLayers(mask, token(x, t, 1), Pass.from(1, 1, t, cache));
                        }
                        try {
                            cache.truncate(back);
                        } catch (ShapeException e) {
                            continue;
                        }
                        float[] next = twoLayers(mask, token(x, back, 1), Pass.from(1, 1, back, cache))
                                .toFloats();
                        close(next, rows(whole, 1, seq, back, 1), 1e-5f);
                        right++;
                    }
                }
            }
            assertThat(right).isGreaterThan(seq);
            return null;
        });
    }

    @Test
    void nothingReachesFurtherThanTheWindows() {
        workspace.run(() -> {
            int seq = 17;
            int layers = 2;
            Tensor x = draw(1, seq).requireGradient(true);
            var tape = new Tape();
            Tensor loss = tape.record(() -> {
                Tensor y = twoLayers(new Mask.SlidingWindow(WINDOW), x, Pass.from(1, seq, 0, null));
                Tensor last = y.narrow("seq", seq - 1, 1);
                return new SumOp(new MultiplyOp(last, last).run(), 1).run();
            });
            tape.backward(loss, 1);
            float[] gradient = x.gradient().toFloats();
            int reach = layers * (WINDOW - 1);
            for (int t = 0; t < seq; t++) {
                float largest = 0;
                for (int i = t * HIDDEN; i < (t + 1) * HIDDEN; i++) {
                    largest = Math.max(largest, Math.abs(gradient[i]));
                }
                if (t < seq - 1 - reach) {
                    assertThat(largest).as("token %d", t).isZero();
                } else {
                    assertThat(largest).as("token %d", t).isPositive();
                }
            }
            return null;
        });
    }

    @Test
    void withoutPositionsOrderMeansNothing() {
        workspace.run(() -> {
            int seq = 9;
            Tensor x = draw(1, seq);
            int[] order = {4, 0, 7, 8, 2, 1, 6, 3, 5};
            Tensor shuffled = Tensor.allocate(x.shape(), DType.F32);
            for (int t = 0; t < seq; t++) {
                for (int i = 0; i < HIDDEN; i++) {
                    shuffled.memory().set((long) t * HIDDEN + i, x.memory().get((long) order[t] * HIDDEN + i));
                }
            }
            var layer = attention(new Mask.Bidirectional(), false, 0);
            float[] y = layer.forward(x, Pass.from(1, seq, 0, null), null).toFloats();
            float[] z =
                    layer.forward(shuffled, Pass.from(1, seq, 0, null), null).toFloats();
            for (int t = 0; t < seq; t++) {
                close(Arrays.copyOfRange(z, t * HIDDEN, (t + 1) * HIDDEN), rows(y, 1, seq, order[t], 1), 1e-5f);
            }
            float[] turned = attention(new Mask.Bidirectional(), true, 0)
                    .forward(shuffled, Pass.from(1, seq, 0, null), null)
                    .toFloats();
            assertThat(Math.abs(turned[0] - z[0])).isGreaterThan(1e-4f);
            return null;
        });
    }

    @Test
    void rotaryDependsOnDistancesAlone() {
        workspace.run(() -> {
            Tensor x = draw(1, 8);
            var layer = attention(new Mask.Causal(), true, 0);
            float[] here = layer.forward(x, Pass.from(1, 8, 0, null), null).toFloats();
            float[] there = layer.forward(x, Pass.from(1, 8, 1000, null), null).toFloats();
            close(there, here, 2e-4f);
            return null;
        });
    }

    @Test
    void theFutureIsHiddenButForThePrefix() {
        workspace.run(() -> {
            int seq = 8;
            int prefix = 3;
            var trace = new Trace();
            trace.record(() -> attention(new Mask.Prefix(prefix), true, 0)
                    .forward(draw(1, seq), Pass.from(1, seq, 0, null), null));
            Tensor weights = trace.values().get("attentions.0");
            assertThat(weights.shape()).isEqualTo(Shape.of("batch", 1, "heads", HEADS, "seq", seq, "kv_seq", seq));
            for (int h = 0; h < HEADS; h++) {
                for (int t = 0; t < seq; t++) {
                    double sum = 0;
                    for (int j = 0; j < seq; j++) {
                        double weight = weights.memory().get(((long) h * seq + t) * seq + j);
                        boolean visible = j <= t || j < prefix;
                        assertThat(weight > 0).as("query %d, key %d", t, j).isEqualTo(visible);
                        sum += weight;
                    }
                    assertThat(sum).isCloseTo(1, Offset.offset(1e-5));
                }
            }
            return null;
        });
    }

    @Test
    void paddingHidesKeys() {
        workspace.run(() -> {
            int seq = 7;
            Tensor x = draw(2, seq);
            Tensor padding = Tensor.allocate(Shape.of("batch", 2, "kv_seq", seq), DType.U8);
            for (int i = 0; i < 2 * seq; i++) {
                padding.memory().set(i, i == seq || i == seq + 1 ? 0 : 1);
            }
            var layer = attention(new Mask.Causal(), false, 0);
            Tensor positions = Pass.from(2, seq, 0, null).positions();
            float[] padded = layer.forward(x, new Pass(positions, padding, null, null), null)
                    .toFloats();
            // Entry 1 without its two paddings; there are no positions here.
            Tensor rest = x.narrow("batch", 1, 1).narrow("seq", 2, seq - 2).copy();
            float[] alone =
                    layer.forward(rest, Pass.from(1, seq - 2, 0, null), null).toFloats();
            close(Arrays.copyOfRange(padded, (seq + 2) * HIDDEN, 2 * seq * HIDDEN), alone, 1e-5f);
            return null;
        });
    }

    @Test
    void masksSayWhatTheyTake() {
        assertThatThrownBy(() -> new Mask.SlidingWindow(0)).hasMessage("[mask] window=0; expected at least 1");
        assertThatThrownBy(() -> new Mask.Prefix(-1)).hasMessage("[mask] prefix=-1; expected at least 0");
        assertThatThrownBy(() -> new RollingCache(0)).hasMessage("[cache] window=0; expected at least 1");
    }
}
