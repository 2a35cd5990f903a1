package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.tensor.op.AddOp;
import headway.tensor.op.CastOp;
import headway.tensor.op.LinearOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SumOp;
import java.lang.foreign.Arena;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TapeTest {
    private final Workspace workspace = new Workspace();
    private final Tape tape = new Tape();

    @AfterEach
    void close() {
        workspace.close();
    }

    private void inWorkspace(Runnable body) {
        workspace.run(() -> {
            body.run();
            return null;
        });
    }

    private static Tensor row(float... values) {
        return Tensor.of(Shape.of("i", values.length), values);
    }

    private static Tensor leaf(float... values) {
        return row(values).requireGradient(true);
    }

    private static Tensor sum(Tensor x) {
        return new SumOp(x, 1).run();
    }

    @Test
    void aResidualStreamSharesOneGradientUntilSomebodyAdds() {
        inWorkspace(() -> {
            Tensor x = leaf(1, 2, 3);
            Tensor loss = tape.record(() -> {
                Tensor a = new ScaleOp(x, 2).run();
                Tensor b = new ScaleOp(a, 3).run();
                Tensor c = new AddOp(a, b).run();
                Tensor d = new AddOp(c, a).run();
                return sum(new MultiplyOp(d, d).run());
            });
            // d = 2x + 6x + 2x = 10x, so the derivative of Σ d² is 200x.
            tape.backward(loss, 1);
            assertThat(x.gradient().toFloats()).containsExactly(200, 400, 600);
        });
    }

    @Test
    void gradientsOfLeavesAreTheirOwnMemory() {
        inWorkspace(() -> {
            Tensor a = leaf(1, 2);
            Tensor b = leaf(3, 4);
            tape.backward(tape.record(() -> sum(new AddOp(a, b).run())), 1);
            // As clipping would do.
            a.gradient().memory().set(0, 99);
            assertThat(b.gradient().toFloats()).containsExactly(1, 1);
        });
    }

    @Test
    void gradientsOfViewsAreViewsOfTheGradient() {
        inWorkspace(() -> {
            Tensor x = Tensor.of(Shape.of("a", 2, "b", 3), 1f, 2, 3, 4, 5, 6).requireGradient(true);
            Tensor view = x.narrow("a", 1, 1);
            assertThat(view.gradient()).isNull();
            tape.backward(tape.record(() -> sum(new MultiplyOp(view, view).run())), 1);
            assertThat(x.gradient().toFloats()).containsExactly(0, 0, 0, 8, 10, 12);
            assertThat(view.gradient().toFloats()).containsExactly(8, 10, 12);
            assertThat(x.narrow("b", 2, 1).gradient().toFloats()).containsExactly(0, 12);
        });
    }

    @Test
    void aViewMadeBeforeItsOwnerIsMarkedCountsToo() {
        inWorkspace(() -> {
            Tensor x = row(1, 2, 3, 4);
            Tensor view = x.narrow("i", 1, 2);
            x.requireGradient(true);
            assertThat(view.requiresGradient()).isTrue();
            assertThatThrownBy(() -> view.requireGradient(true))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage(
                            "[tensor] (i=2) is a view of (i=4); expected the tensor that owns the memory: mark that");
        });
    }

    @Test
    void gradientsKeepTheAxesOfTheirTensor() {
        inWorkspace(() -> {
            Tensor residual = Tensor.of(Shape.of("batch", 1, "heads", 2, "head_dim", 2), 1f, 2, 3, 4)
                    .requireGradient(true);
            Tensor x = Tensor.of(Shape.of("seq", 1, "hidden", 2), 1f, 2);
            Tensor w = Tensor.of(Shape.of("out", 4, "in", 2), 1f, 2, 3, 4, 5, 6, 7, 8);
            tape.backward(
                    tape.record(() -> {
                        Tensor computed = new ScaleOp(residual, 2).run();
                        return sum(new LinearOp(x, w, null, computed, false).run());
                    }),
                    1);
            assertThat(residual.gradient().shape()).isEqualTo(residual.shape());
            assertThat(residual.gradient().toFloats()).containsExactly(2, 2, 2, 2);
        });
    }

    @Test
    void memoryComesBackWhileWalking() {
        inWorkspace(() -> {
            Tensor x = Tensor.zerosLike(Tensor.allocate(Shape.of("i", 4096), DType.F32))
                    .requireGradient(true);
            long[] live = new long[2];
            Tensor loss = tape.record(() -> {
                Tensor y = x;
                for (int i = 0; i < 100; i++) {
                    y = new ScaleOp(y, 1).run();
                }
                return sum(y);
            });
            live[0] = workspace.liveBytes();
            tape.backward(loss, 1);
            live[1] = workspace.liveBytes();
            // 100 values are gone, one gradient is there; on the way there were never more than two gradients.
            assertThat(live[0] - live[1]).isEqualTo(99 * 4L * 4096);
            assertThat(workspace.peakBytes() - live[0]).isLessThanOrEqualTo(2 * 4L * 4096 + 1024);
        });
        assertThat(workspace.liveBytes()).isZero();
    }

    @Test
    void theLossCanBeReadAfterwardsEvenAsAView() {
        inWorkspace(() -> {
            Tensor x = leaf(1, 2, 3);
            Tensor loss = tape.record(() -> sum(new ScaleOp(x, 2).run()).view(Shape.of("one", 1)));
            tape.backward(loss, 1);
            for (int i = 0; i < 5; i++) {
                row(7);
            }
            assertThat(loss.item()).isEqualTo(12);
        });
    }

    @Test
    void gradientMemoryOfAParameterIsUsedAndClearedByName() {
        try (Arena arena = Arena.ofConfined()) {
            inWorkspace(() -> {
                Tensor w = Tensor.owned(arena, Shape.of("i", 2), DType.F32).requireGradient(true);
                Tensor memory = Tensor.owned(arena, Shape.of("i", 2), DType.F32);
                memory.memory().set(0, 77);
                w.gradientMemory(memory);
                assertThat(w.gradient()).isNull();
                Supplier<Tensor> body = () -> sum(new AddOp(row(1, 1), w).run());
                tape.backward(tape.record(body), 0.5);
                assertThat(w.gradient()).isSameAs(memory);
                assertThat(memory.toFloats()).containsExactly(0.5f, 0.5f);
                tape.backward(tape.record(body), 1);
                assertThat(memory.toFloats()).containsExactly(1.5f, 1.5f);
                w.clearGradient();
                assertThat(w.gradient()).isNull();
                tape.backward(tape.record(body), 1);
                assertThat(memory.toFloats()).containsExactly(1, 1);
            });
        }
    }

    @Test
    void whatNobodyDifferentiatesIsNotRecorded() {
        inWorkspace(() -> {
            Tensor x = row(1, 2);
            Tensor y = tape.record(() -> new ScaleOp(x, 2).run());
            assertThat(tape.ops()).isEmpty();
            assertThat(y.requiresGradient()).isFalse();
            assertThat(Tape.running()).isFalse();
            Tensor outside = new ScaleOp(leaf(1), 2).run();
            assertThat(outside.requiresGradient()).isFalse();
        });
    }

    @Test
    void valuesThatDoNotReachTheLossAreSkipped() {
        inWorkspace(() -> {
            Tensor x = leaf(1, 2);
            Tensor unused = leaf(5, 6);
            Tensor loss = tape.record(() -> {
                new MultiplyOp(unused, unused).run();
                return sum(x);
            });
            tape.backward(loss, 1);
            assertThat(unused.gradient()).isNull();
            assertThat(tape.ops()).isEmpty();
        });
    }

    @Test
    void aForwardPassThatFailsLeavesAnEmptyTape() {
        inWorkspace(() -> {
            Tensor x = leaf(1, 2);
            assertThatThrownBy(() -> tape.record(() -> {
                        new ScaleOp(x, 2).run();
                        throw new IllegalStateException("stop");
                    }))
                    .hasMessage("stop");
            assertThat(tape.ops()).isEmpty();
            tape.backward(tape.record(() -> sum(x)), 1);
            assertThat(x.gradient().toFloats()).containsExactly(1, 1);
        });
    }

    @Test
    void castsPassGradientsInTheTypeOfTheirInput() {
        inWorkspace(() -> {
            Tensor x = leaf(1, 2);
            Tensor loss = tape.record(() -> sum(new CastOp(new CastOp(x, DType.BF16).run(), DType.F32).run()));
            tape.backward(loss, 1);
            assertThat(x.gradient().dtype()).isEqualTo(DType.F32);
            assertThat(x.gradient().toFloats()).containsExactly(1, 1);
        });
    }

    @Test
    void saysWhatCannotBeDifferentiated() {
        inWorkspace(() -> {
            Tensor x = leaf(1, 2);
            Tensor y = tape.record(() -> new ScaleOp(x, 2).run());
            assertThatThrownBy(() -> tape.backward(y, 1))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("[backward] loss has shape (i=2); expected one number: sum or mean it first");
            assertThatThrownBy(() -> new Tape().backward(row(1), 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("[backward] the loss depends on nothing that requires a gradient;"
                            + " was it computed inside tape.record(…)?");
        });
    }
}
