package headway.nn.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/// Keys and states go together: through copies, choices and a new beginning.
class HybridCacheTest {
    private static final Shape STATE = Shape.of("batch", 1, "channels", 2);

    private final Arena arena = Arena.ofAuto();

    private Tensor numbers(int batch, float first) {
        Tensor t = Tensor.owned(arena, Shape.of("batch", batch, "seq", 1, "kv_heads", 1, "head_dim", 2), DType.F32);
        for (int i = 0; i < t.count(); i++) {
            t.memory().set(i, first + i);
        }
        return t;
    }

    @Test
    void rowsGoOnFromEachOtherInBoth() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                var one = new HybridCache(new GrowingCache(4), new StateCache());
                // Block 1 attends; what was appended counts when the pass is over.
                one.append(1, numbers(1, 10), numbers(1, 20));
                one.states().state(0, "scan", STATE).memory().set(0, 7);
                assertThat(one.length()).isZero();
                one.states().advance(1);
                assertThat(one.length()).isEqualTo(1);
                assertThatThrownBy(() -> one.select(new int[] {0}))
                        .hasMessage("[cache] rows cannot go on from each other before they are repeated");
                try (HybridCache two = one.repeated(2)) {
                    Shape both = STATE.replace(0, new Shape.Dim("batch", 2));
                    two.append(1, numbers(2, 30), numbers(2, 40));
                    Tensor state = two.states().state(0, "scan", both);
                    assertThat(state.memory().get(2)).isEqualTo(7);
                    state.memory().set(2, 8);
                    two.states().advance(1);
                    two.select(new int[] {1, 1});
                    assertThat(state.memory().get(0)).isEqualTo(8);
                    KvCache.Entry seen =
                            two.append(1, numbers(2, 50), numbers(2, 60)).ordered();
                    // Row 0 of what row 1 had added: the prompt's key, then row 1's.
                    assertThat(seen.keys().memory().get(0)).isEqualTo(10);
                    assertThat(seen.keys().memory().get(2)).isEqualTo(32);
                    assertThat(two.bytes()).isPositive();
                    assertThatThrownBy(() -> two.truncate(1)).hasMessageContaining("a state cannot go back to token 1");
                }
                return null;
            });
        }
    }
}
