package headway.nn.cache;

import static org.assertj.core.api.Assertions.assertThat;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each element of a key or value says whose it is, so that a cache which loses or mixes up some is found.
class KeptTokensTest {
    private static final int BATCH = 2;

    private final Workspace workspace = new Workspace();

    @AfterEach
    void close() {
        workspace.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 4, F32", "3, 4, F32", "3, 1, F32", "1, 4, F16", "3, 4, F16"})
    void aGrowingCacheKeepsAll(int heads, int width, CacheType type) {
        int kept = workspace.run(() -> {
            int length = 0;
            try (var cache = new GrowingCache(2, type)) {
                for (int seq : new int[] {1, 5, 1, 1, 9, 2}) {
                    Tensor keys = tokens(length, seq, heads, width);
                    KvCache.Entry entry = cache.append(0, keys, keys);
                    length += seq;
                    check(entry.keys(), 0, length);
                    check(entry.values(), 0, length);
                    assertThat(entry.keys().dtype()).isEqualTo(type.of(DType.F32));
                    assertThat(entry.as(DType.F32).values().toFloats())
                            .isEqualTo(entry.values().toFloats());
                }
                assertThat(cache.bytes()).isEqualTo(2L * BATCH * 24 * heads * width * (type == CacheType.F32 ? 4 : 2));
            }
            return length;
        });
        assertThat(kept).isEqualTo(19);
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 4, F32", "3, 4, 4, F32", "2, 3, 1, F32", "3, 4, 4, F16"})
    void aRollingCacheKeepsItsWindow(int heads, int width, int window, CacheType type) {
        int seen = workspace.run(() -> {
            int length = 0;
            try (var cache = new RollingCache(window, type)) {
                for (int seq : new int[] {3, 1, 1, 1, 1, 1, 6, 1, 30, 1}) {
                    Tensor keys = tokens(length, seq, heads, width);
                    KvCache.Entry entry = cache.append(0, keys, keys);
                    length += seq;
                    int kept = entry.keys().shape().size(1);
                    check(entry.keys(), length - kept, length);
                    assertThat(kept).isGreaterThanOrEqualTo(Math.min(length, window - 1 + seq));
                }
            }
            return length;
        });
        assertThat(seen).isEqualTo(46);
    }

    @Test
    void valuesMayHaveNoWidth() {
        int kept = workspace.run(() -> {
            int length = 0;
            try (var cache = new GrowingCache(2)) {
                for (; length < 8; length++) {
                    KvCache.Entry entry = cache.append(0, tokens(length, 1, 1, 4), tokens(length, 1, 1, 0));
                    check(entry.keys(), 0, length + 1);
                    assertThat(entry.values().shape().size(1)).isEqualTo(length + 1);
                }
            }
            return length;
        });
        assertThat(kept).isEqualTo(8);
    }

    private static Tensor tokens(int from, int seq, int heads, int width) {
        Tensor x =
                Tensor.allocate(Shape.of("batch", BATCH, "seq", seq, "kv_heads", heads, "head_dim", width), DType.F32);
        for (int i = 0; i < x.count(); i++) {
            int d = i % width;
            int h = i / width % heads;
            int t = i / width / heads % seq;
            int b = i / width / heads / seq;
            x.memory().set(i, name(b, from + t, h, d));
        }
        return x;
    }

    private static int name(int b, int t, int h, int d) {
        // Below 2,048, which f16 holds exactly.
        return ((b * 50 + t) * 3 + h) * 4 + d;
    }

    private static void check(Tensor kept, int from, int to) {
        Shape s = kept.shape();
        float[] values = kept.toFloats();
        assertThat(s.size(1)).isEqualTo(to - from);
        for (int i = 0; i < values.length; i++) {
            int d = i % s.size(3);
            int h = i / s.size(3) % s.size(2);
            int t = i / s.size(3) / s.size(2) % s.size(1);
            int b = i / s.size(3) / s.size(2) / s.size(1);
            assertThat(values[i]).isEqualTo(name(b, from + t, h, d));
        }
    }
}
