package headway.nn.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever rows go on from whichever, each sees the keys and values of its own history.
class SharedCacheTest {
    private static final int PROMPTS = 2;
    private static final int TIMES = 3;

    private final SplittableRandom random = new SplittableRandom(5);
    private final Workspace workspace = new Workspace();
    private CacheType kept = CacheType.F32;

    @AfterEach
    void close() {
        workspace.close();
    }

    /// Numbers that stand for the keys of tokens: value of a token in layer `l` is `token + l / 10`.
    private static Tensor tokens(float[][] rows, int layer, float sign) {
        int T = rows[0].length;
        Tensor x = Tensor.allocate(Shape.of("batch", rows.length, "seq", T, "kv_heads", 2, "head_dim", 3), DType.F32);
        for (int i = 0; i < x.count(); i++) {
            x.memory().set(i, sign * (rows[i / (6 * T)][i / 6 % T] + layer / 10f) + i % 6 / 100f);
        }
        return x;
    }

    private float[][] drawn(int rows, int count) {
        float[][] drawn = new float[rows][count];
        for (float[] row : drawn) {
            for (int t = 0; t < count; t++) {
                row[t] = random.nextInt(1000);
            }
        }
        return drawn;
    }

    /// The numbers as the cache keeps them.
    private float[] kept(Tensor x) {
        float[] values = x.toFloats();
        for (int i = 0; i < values.length && kept == CacheType.F16; i++) {
            values[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        return values;
    }

    private void assertSeen(KvCache.Entry seen, List<List<Float>> texts, int layer, int keys) {
        int S = seen.slots() == null
                ? seen.keys().shape().size(1)
                : seen.slots().shape().size(1);
        assertThat(S).isGreaterThanOrEqualTo(keys);
        int length = texts.getFirst().size();
        assertThat(seen.first() + S).isEqualTo(length);
        float[][] last = new float[texts.size()][S];
        for (int b = 0; b < last.length; b++) {
            for (int t = 0; t < S; t++) {
                last[b][t] = texts.get(b).get(seen.first() + t);
            }
        }
        assertThat(seen.ordered().keys().toFloats()).isEqualTo(kept(tokens(last, layer, 1)));
        assertThat(seen.ordered().values().toFloats()).isEqualTo(kept(tokens(last, layer, -1)));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "0, 7, 1", "0, 7, 2", "5, 3, 1", "5, 12, 1", "5, 12, 3", "100, 30, 1", "100, 130, 2"})
    void eachRowSeesItsOwnHistory(int window, int prompt, int seq) {
        history(window, prompt, seq, CacheType.F32);
        history(window, prompt, seq, CacheType.F16);
    }

    private void history(int window, int prompt, int seq, CacheType type) {
        kept = type;
        KvCache first = window == 0 ? new GrowingCache(3, type) : new RollingCache(window, type);
        float[][] prompts = drawn(PROMPTS, prompt);
        workspace.run(() -> {
            for (int t = 0; t < prompt; t++) {
                for (int layer = 0; layer < 2; layer++) {
                    float[][] one = {{prompts[0][t]}, {prompts[1][t]}};
                    first.append(layer, tokens(one, layer, 1), tokens(one, layer, -1));
                }
            }
            return null;
        });
        List<List<Float>> texts = new ArrayList<>();
        for (int b = 0; b < PROMPTS * TIMES; b++) {
            texts.add(new ArrayList<>());
            for (float token : prompts[b / TIMES]) {
                texts.get(b).add(token);
            }
        }
        try (BranchingCache cache = first.repeated(TIMES)) {
            assertThat(cache.length()).isEqualTo(prompt);
            for (int step = 0; step < 250; step++) {
                grow((KvCache) cache, texts, seq, window == 0 ? prompt + step : Math.min(window, prompt));
                int[] from = new int[texts.size()];
                List<List<Float>> next = new ArrayList<>();
                for (int b = 0; b < from.length; b++) {
                    // Now and then rows go on from those of another prompt, which no search does but the cache allows.
                    from[b] = step % 50 == 49 ? random.nextInt(from.length) : b / TIMES * TIMES + random.nextInt(TIMES);
                    next.add(new ArrayList<>(texts.get(from[b])));
                }
                cache.select(from);
                texts = next;
            }
            long most = window == 0 ? Long.MAX_VALUE : 2L * 2 * 6 * 4 * (2L * 130 + 6L * 2 * Math.max(64, window + 2));
            assertThat(cache.bytes()).isLessThanOrEqualTo(most);
        }
    }

    private void grow(KvCache cache, List<List<Float>> texts, int seq, int keys) {
        float[][] more = drawn(texts.size(), seq);
        for (int b = 0; b < more.length; b++) {
            for (float token : more[b]) {
                texts.get(b).add(token);
            }
        }
        workspace.run(() -> {
            for (int layer = 0; layer < 2; layer++) {
                KvCache.Entry seen = cache.append(layer, tokens(more, layer, 1), tokens(more, layer, -1));
                assertSeen(seen, texts, layer, keys);
            }
            return null;
        });
    }

    @Test
    void noStepCopiesWhatWasKept() {
        workspace.run(() -> {
            var growing = new GrowingCache(8);
            float[][] prompts = drawn(1, 40);
            growing.append(0, tokens(prompts, 0, 1), tokens(prompts, 0, -1));
            try (SharedCache cache = growing.repeated(4)) {
                KvCache.Entry before = cache.append(0, tokens(drawn(4, 1), 0, 1), tokens(drawn(4, 1), 0, -1));
                // The prompt is there once, not four times; a pool has room for 64 tokens of each row.
                assertThat(before.keys().shape().size(1)).isEqualTo(40 + 4 * 64);
                float[] kept = before.keys().toFloats();
                cache.select(new int[] {2, 2, 0, 2});
                assertThat(before.keys().toFloats()).isEqualTo(kept);
                KvCache.Entry after = cache.append(0, tokens(drawn(4, 1), 0, 1), tokens(drawn(4, 1), 0, -1));
                assertThat(after.keys().memory().address())
                        .isEqualTo(before.keys().memory().address());
            }
            return null;
        });
    }

    @Test
    void whatCannotBeSaysSo() {
        workspace.run(() -> {
            var growing = new GrowingCache(8);
            growing.append(0, tokens(drawn(1, 4), 0, 1), tokens(drawn(1, 4), 0, -1));
            try (SharedCache cache = growing.repeated(2)) {
                assertThatThrownBy(() -> cache.append(0, tokens(drawn(3, 1), 0, 1), tokens(drawn(3, 1), 0, 1)))
                        .isInstanceOf(ShapeException.class)
                        .hasMessageContaining("expected batch=2 and one of 1 blocks");
                assertThatThrownBy(() -> cache.truncate(3))
                        .hasMessage("[cache] cannot go back to token 3: texts share what comes before token 4");
                assertThatThrownBy(() -> cache.repeated(2)).hasMessageContaining("share a prompt already");
            }
            return null;
        });
    }

    @Test
    void statesGoOnFromOthers() {
        workspace.run(() -> {
            var first = new StateCache();
            Shape two = Shape.of("batch", 2, "hidden", 2);
            first.state(0, "h", two).assign(Tensor.of(two, 1f, 2f, 3f, 4f));
            first.advance(7);
            try (StateCache cache = first.repeated(2)) {
                assertThat(cache.length()).isEqualTo(7);
                Shape four = Shape.of("batch", 4, "hidden", 2);
                assertThat(cache.state(0, "h", four).toFloats()).containsExactly(1, 2, 1, 2, 3, 4, 3, 4);
                cache.state(0, "h", four).assign(Tensor.of(four, 1f, 2, 3, 4, 5, 6, 7, 8));
                cache.select(new int[] {1, 0, 3, 3});
                assertThat(cache.state(0, "h", four).toFloats()).containsExactly(3, 4, 1, 2, 7, 8, 7, 8);
            }
            return null;
        });
    }
}
