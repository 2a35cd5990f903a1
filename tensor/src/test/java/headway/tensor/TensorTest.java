package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.CrossEntropyOp;
import headway.tensor.op.DropoutOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.GatedActivationOp;
import headway.tensor.op.LinearOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.RmsNormOp;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Shapes and views, and what they say when they do not fit.
class TensorTest {
    private final Workspace workspace = new Workspace();

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

    private static Tensor counting(Object... axes) {
        Tensor t = Tensor.allocate(Shape.of(axes), DType.F32);
        for (int i = 0; i < t.count(); i++) {
            t.memory().set(i, i);
        }
        return t;
    }

    private static void fails(ThrowingCallable body, String text) {
        assertThatThrownBy(body).isInstanceOf(ShapeException.class).hasMessage(text);
    }

    @Test
    void shapesNameTheirAxes() {
        Shape shape = Shape.of("batch", 2, "seq", 7, "hidden", 64);
        assertThat(shape).hasToString("(batch=2, seq=7, hidden=64)");
        assertThat(Shape.SCALAR).hasToString("()");
        assertThat(shape.count()).isEqualTo(896);
        assertThat(Shape.SCALAR.count()).isEqualTo(1);
        assertThat(shape.rows()).isEqualTo(14);
        assertThat(shape.size(-1)).isEqualTo(64);
        assertThat(shape.size("seq")).isEqualTo(7);
        assertThat(shape.withLast("out", 3)).isEqualTo(Shape.of("batch", 2, "seq", 7, "out", 3));
        assertThat(shape.sameSizes(Shape.of("a", 2, "b", 7, "c", 64))).isTrue();
        assertThat(shape.sameSizes(Shape.of("a", 2, "b", 448))).isFalse();
        fails(() -> shape.size("heads"), "[shape] no axis 'heads' in (batch=2, seq=7, hidden=64)");
        fails(() -> Shape.of("seq", -1), "[shape] axis seq has size -1; sizes are not negative");
        fails(() -> Shape.SCALAR.last(), "[shape] a scalar has no last axis");
        assertThatThrownBy(
                        () -> Shape.of("a", 1 << 30, "b", 1 << 30, "c", 1 << 30).count())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void viewsReadTheSameMemory() {
        inWorkspace(() -> {
            Tensor x = counting("a", 2, "b", 6);
            assertThat(x.narrow("b", 2, 3).toFloats()).containsExactly(2, 3, 4, 8, 9, 10);
            assertThat(x.narrow("b", 2, 4)
                            .split("h", 2, "d", 2)
                            .narrow("h", 1, 1)
                            .toFloats())
                    .containsExactly(4, 5, 10, 11);
            assertThat(x.narrow("a", 1, 1).isContiguous()).isTrue();
            assertThat(x.narrow("b", 0, 3).isContiguous()).isFalse();
            assertThat(x.narrow("b", 0, 0).toFloats()).isEmpty();
            assertThat(x.view(Shape.of("c", 12)).narrow("c", 5, 2).toFloats()).containsExactly(5, 6);
            assertThat(x.split("h", 3, "d", 2).merge("b").shape()).isEqualTo(x.shape());
            assertThat(x.narrow("b", 1, 2).copy().memory().count()).isEqualTo(4);
            x.narrow("b", 1, 2).memory().set(0, 42);
            assertThat(x.memory().get(1)).isEqualTo(42);
        });
    }

    @Test
    void viewsSayWhatDoesNotFit() {
        inWorkspace(() -> {
            Tensor x = counting("a", 2, "b", 6);
            fails(() -> x.narrow("b", 4, 3), "[narrow] b: 4 … 7 lies outside of (a=2, b=6)");
            fails(() -> x.narrow("b", -1, 3), "[narrow] b: -1 … 2 lies outside of (a=2, b=6)");
            fails(() -> x.narrow("b", 1, Integer.MAX_VALUE), "[narrow] b: 1 … 2147483648 lies outside of (a=2, b=6)");
            fails(() -> x.narrow("c", 0, 1), "[shape] no axis 'c' in (a=2, b=6)");
            fails(() -> x.split("h", 4, "d", 2), "[split] b=6 does not split into h=4 × d=2");
            fails(() -> x.view(Shape.of("c", 13)), "[view] (a=2, b=6) has 12 elements, (c=13) has 13");
            fails(
                    () -> x.narrow("b", 0, 3).view(Shape.of("c", 6)),
                    "[view] a view with gaps (a=2, b=3); expected contiguous memory: call contiguous() first");
            fails(() -> counting("a", 3).merge("c"), "[merge] (a=3) has 1 axes; expected at least two");
            fails(x::heads, "[attention] (a=2, b=6); expected (batch, seq, heads, head_dim) with dense heads");
            fails(x::item, "[item] (a=2, b=6) has 12 elements; expected one");
            fails(() -> x.assign(counting("a", 5)), "[assign] (a=2, b=6) from (a=5): 12 elements from 5");
            fails(() -> Tensor.of(Shape.of("a", 3), 1f, 2f), "[tensor] 2 values for shape (a=3), which has 3 elements");
            fails(
                    () -> Tensor.of(Shape.of("a", 1), 1).requireGradient(true),
                    "[tensor] (a=1) of I32 cannot carry a gradient; expected a floating-point type");
        });
    }

    @Test
    void operationsSayWhatDoesNotFit() {
        inWorkspace(() -> {
            Tensor x = counting("batch", 2, "seq", 7, "hidden", 6);
            Tensor w = counting("out", 4, "in", 5);
            fails(
                    () -> new LinearOp(x, w, null, null, false),
                    "[linear] inner axes differ: x(batch=2, seq=7, hidden=6) × weight(out=4, in=5): hidden=6 ≠ in=5");
            Tensor fit = counting("out", 4, "in", 6);
            fails(
                    () -> new LinearOp(x, fit, counting("out", 5), null, false),
                    "[linear] bias(out=5) does not fit weight(out=4, in=6)");
            fails(
                    () -> new LinearOp(x, fit, null, x, false),
                    "[linear] residual(batch=2, seq=7, hidden=6) does not fit x(batch=2, seq=7, hidden=6)"
                            + " × weight(out=4, in=6)");
            fails(
                    () -> new MatMulOp(fit, w, true),
                    "[matmul] inner axes differ: a(out=4, in=6) × b(out=4, in=5): 6 ≠ 5");
            fails(
                    () -> new MatMulOp(x, w, true),
                    "[matmul] outer axes differ: a(batch=2, seq=7, hidden=6) × b(out=4, in=5)");
            fails(
                    () -> new AddOp(x, counting("hidden", 5)),
                    "[add] sizes differ: (batch=2, seq=7, hidden=6) + (hidden=5); expected the same, or b as the"
                            + " innermost axes of a");
            fails(() -> new MultiplyOp(w, fit), "[multiply] sizes differ: (out=4, in=5) · (out=4, in=6)");
            fails(
                    () -> new GatedActivationOp(w, fit, Activation.SILU),
                    "[gated activation] sizes differ: gate(out=4, in=5) · up(out=4, in=6)");
            fails(
                    () -> new RmsNormOp(x, counting("hidden", 5), 0, 1e-5),
                    "[rms norm] parameter(hidden=5) does not fit the innermost axis of x(batch=2, seq=7, hidden=6)");
            fails(
                    () -> CrossEntropyOp.of(x, Tensor.of(Shape.of("r", 1), 0), -100, 1),
                    "[cross entropy] logits(batch=2, seq=7, hidden=6) have 14 rows, labels(r=1) are 1");
            fails(() -> new DropoutOp(x, 1, 0, 0), "[dropout] p=1.0; expected 0 ≤ p < 1");
            fails(
                    () -> new ActivationOp(x.narrow("hidden", 0, 2), Activation.RELU).run(),
                    "[activation] a view with gaps (batch=2, seq=7, hidden=2); expected contiguous memory:"
                            + " call contiguous() first");
            assertThatThrownBy(() -> new EmbeddingOp(w, Tensor.of(Shape.of("seq", 2), 0, 4), -1).run())
                    .hasMessageContaining("embedding")
                    .hasMessageContaining("4");
            assertThat(new ShapeException("[linear] no").at("model.layers.3.mlp"))
                    .hasMessage("[linear] no, at model.layers.3.mlp");
        });
    }

    @Test
    void emptyProductsAreEmpty() {
        inWorkspace(() -> {
            Tensor y = new MatMulOp(counting("m", 0, "k", 3), counting("k", 3, "n", 2), false).run();
            assertThat(y.shape()).isEqualTo(Shape.of("m", 0, "n", 2));
            Tensor zeros = new MatMulOp(counting("m", 2, "k", 0), counting("k", 0, "n", 2), false).run();
            assertThat(zeros.toFloats()).containsExactly(0, 0, 0, 0);
            Tensor batch =
                    new MatMulOp(counting("b", 3, "m", 0, "k", 3), counting("b", 3, "k", 3, "n", 2), false).run();
            assertThat(batch.count()).isZero();
        });
    }
}
