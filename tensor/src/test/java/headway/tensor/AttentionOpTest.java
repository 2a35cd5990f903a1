package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.attention.Visibility;
import headway.kernels.gemm.Bf16Pairs;
import headway.tensor.GradientCheck.Case;
import headway.tensor.GradientCheck.Leaf;
import headway.tensor.op.AddOp;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.LinearOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SoftmaxOp;
import headway.tensor.op.SumOp;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attention against the same formula written with plain products and a softmax, as Hugging Face's eager attention has
/// it: the lowest finite number is added to the scores of masked pairs.
///
/// A query that sees no key then weighs all keys by 1/S, and its scores get the gradient of an ordinary softmax row.
class AttentionOpTest {
    /// One configuration; `seen` makes the mask inside of a workspace.
    record Setting(String name, int B, int H, int Hkv, int T, int S, int Dh, int Dv, Seen seen) {
        interface Seen {
            Visibility visibility(int B, int S);
        }

        @Override
        public String toString() {
            return name;
        }

        Leaf[] leaves() {
            return new Leaf[] {
                Leaf.of("batch", B, "seq", T, "heads", H, "head_dim", Dh),
                Leaf.of("batch", B, "kv_seq", S, "kv_heads", Hkv, "head_dim", Dh),
                Leaf.of("batch", B, "kv_seq", S, "kv_heads", Hkv, "head_dim", Dv)
            };
        }
    }

    static List<Setting> settings() {
        return List.of(
                new Setting("causal", 2, 3, 3, 9, 9, 5, 5, (_, _) -> new Visibility(true, 0, 0, 0, null)),
                new Setting(
                        "causal, longer than a tile",
                        1,
                        4,
                        2,
                        131,
                        131,
                        16,
                        9,
                        (_, _) -> new Visibility(true, 0, 0, 0, null)),
                new Setting(
                        "padding left, causal: rows see nothing",
                        3,
                        4,
                        2,
                        7,
                        7,
                        6,
                        4,
                        (B, S) -> new Visibility(true, 0, 0, 0, left(B, S, 3))),
                new Setting(
                        "padding left, long, causal",
                        2,
                        2,
                        1,
                        70,
                        70,
                        17,
                        17,
                        (B, S) -> new Visibility(true, 0, 0, 0, left(B, S, 66))),
                new Setting(
                        "window and padding",
                        2,
                        2,
                        2,
                        20,
                        20,
                        8,
                        8,
                        (B, S) -> new Visibility(true, 0, 3, 0, left(B, S, 9))),
                new Setting(
                        "all keys are padding",
                        1,
                        2,
                        1,
                        5,
                        6,
                        4,
                        3,
                        (B, S) -> new Visibility(false, 0, 0, 0, left(B, S, S))),
                new Setting(
                        "before the first key", 1, 2, 1, 6, 4, 3, 3, (_, _) -> new Visibility(true, -3, 0, 0, null)),
                new Setting(
                        "window behind the last key",
                        1,
                        1,
                        1,
                        3,
                        40,
                        8,
                        8,
                        (_, _) -> new Visibility(true, 41, 2, 0, null)),
                new Setting("prefix", 2, 2, 1, 18, 18, 4, 4, (B, S) -> new Visibility(true, 0, 0, 5, left(B, S, 2))),
                new Setting(
                        "decoding one token", 2, 4, 2, 1, 33, 8, 8, (_, _) -> new Visibility(true, 32, 0, 0, null)));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void equalsProductsAndSoftmax(Setting one) {
        for (boolean materialize : new boolean[] {false, true}) {
            check(one, materialize, DType.F64, 1e-11);
            check(one, materialize, DType.F32, 3e-5);
        }
    }

    private static void check(Setting one, boolean materialize, DType dtype, double tolerance) {
        var attention = new GradientCheck(of(
                one,
                x -> AttentionOp.of(x.get(0), x.get(1), x.get(2), 0.4, one.seen.visibility(one.B, one.S), materialize)
                        .run()));
        var naive = new GradientCheck(of(one, x -> eager(one, x)));
        var actual = attention.gradients(dtype, 1);
        var expected = naive.gradients(DType.F64, 1);
        assertThat(actual.loss())
                .isCloseTo(expected.loss(), org.assertj.core.data.Offset.offset(tolerance * one.T * one.B * one.H));
        GradientCheck.assertClose(actual.gradients(), expected.gradients(), 1, tolerance);
        attention.close();
        naive.close();
    }

    private static Case of(Setting one, GradientCheck.Build build) {
        return new Case(one.name, AttentionOp.class, 1e-5, List.of(one.leaves()), build);
    }

    /// For each batch entry and head: `softmax(scale·q·kᵀ + mask)·v`. The heads go back to their places by products
    /// with rows of the identity, summed.
    private static Tensor eager(Setting one, List<Tensor> x) {
        Visibility visible = one.seen.visibility(one.B, one.S);
        Tensor sum = null;
        for (int b = 0; b < one.B; b++) {
            for (int h = 0; h < one.H; h++) {
                int kv = h / (one.H / one.Hkv);
                Tensor q = head(x.get(0), "heads", b, h);
                Tensor k = head(x.get(1), "kv_heads", b, kv);
                Tensor v = head(x.get(2), "kv_heads", b, kv);
                Tensor scores = new ScaleOp(new MatMulOp(q, k, true).run(), 0.4).run();
                Tensor masked = new AddOp(scores, mask(one, visible, b)).run();
                Tensor o = new MatMulOp(new SoftmaxOp(masked).run(), v, false).run();
                Tensor placed = new MatMulOp(place(one, b, h), o, false).run();
                sum = sum == null ? placed : new AddOp(sum, placed).run();
            }
        }
        // (B·T·H, Dv) lies as (B, T, H, Dv) does.
        return sum.view(Shape.of("batch", one.B, "seq", one.T, "heads", one.H, "head_dim", one.Dv));
    }

    private static Tensor head(Tensor x, String axis, int b, int h) {
        Tensor part = x.narrow("batch", b, 1).narrow(axis, h, 1);
        return new ContiguousOp(part)
                .run()
                .view(Shape.of("row", x.shape().size(1), "d", x.shape().size(3)));
    }

    private static Tensor mask(Setting one, Visibility visible, int b) {
        Tensor mask = Tensor.allocate(Shape.of("seq", one.T, "kv_seq", one.S), DType.F64);
        for (int t = 0; t < one.T; t++) {
            for (int j = 0; j < one.S; j++) {
                mask.memory().set((long) t * one.S + j, visible.sees(b, t, j, one.S) ? 0 : -Double.MAX_VALUE);
            }
        }
        return mask;
    }

    private static Tensor place(Setting one, int b, int h) {
        Tensor place =
                Tensor.zerosLike(Tensor.allocate(Shape.of("row", one.B * one.T * one.H, "seq", one.T), DType.F64));
        for (int t = 0; t < one.T; t++) {
            place.memory().set((((long) b * one.T + t) * one.H + h) * one.T + t, 1);
        }
        return place;
    }

    /// Padding marks: entry `b` starts with `most - b` of them.
    private static Span left(int B, int S, int most) {
        int[] marks = new int[B * S];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = i % S < most - i / S ? 0 : 1;
        }
        return AttentionGradientCases.padding(marks);
    }

    @Test
    void weightsOfARowThatSeesNothingAreUniform() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                Tensor q = draw(Shape.of("batch", 1, "seq", 2, "heads", 1, "head_dim", 3));
                Tensor k = draw(Shape.of("batch", 1, "kv_seq", 4, "kv_heads", 1, "head_dim", 3));
                var visible = new Visibility(true, -1, 0, 0, null);
                var attention = AttentionOp.of(q, k, k, 1, visible, true);
                attention.run();
                assertThat(attention.weights().toFloats()).containsExactly(0.25f, 0.25f, 0.25f, 0.25f, 1, 0, 0, 0);
                return null;
            });
        }
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        var one = settings().get(1);
        int before = Parallel.threads();
        var results = new ArrayList<List<double[]>>();
        try {
            for (int threads : new int[] {1, 2, 4, 7}) {
                Parallel.threads(threads);
                var check = new GradientCheck(of(
                        one,
                        x -> AttentionOp.of(x.get(0), x.get(1), x.get(2), 0.4, one.seen.visibility(one.B, one.S), false)
                                .run()));
                results.add(check.gradients(DType.F32, 1).gradients());
                check.close();
            }
        } finally {
            Parallel.threads(before);
        }
        for (var other : results) {
            for (int l = 0; l < 3; l++) {
                assertThat(other.get(l)).isEqualTo(results.getFirst().get(l));
            }
        }
    }

    /// What comes out of a product with a weight that allows rounding allows it too, whatever view of it is taken; the
    /// mean of values below 3 then errs by some 2⁻⁸ of them.
    @Test
    void roundsWhereTheWeightBeforeDoes() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                Tensor x = draw(Shape.of("batch", 1, "seq", 40, "hidden", 8));
                Tensor k = draw(Shape.of("batch", 1, "kv_seq", 40, "kv_heads", 1, "head_dim", 16));
                Tensor plain = draw(Shape.of("out", 16, "in", 8));
                Tensor allows =
                        Tensor.allocate(plain.shape(), DType.BF16).assign(plain).rounding();
                Tensor q = new LinearOp(x, allows, null, null, false).run().split("heads", 1, "head_dim", 16);
                assertThat(q.rounds()).isTrue();
                assertThat(new LinearOp(x, plain, null, null, false).run().rounds())
                        .isFalse();
                Tensor exact = q.copy();
                assertThat(exact.rounds()).isFalse();
                float[] rounded = AttentionOp.of(q, k, k, 0.4, Visibility.ALL, false)
                        .run()
                        .toFloats();
                float[] whole = AttentionOp.of(exact, k, k, 0.4, Visibility.ALL, false)
                        .run()
                        .toFloats();
                for (int i = 0; i < whole.length; i++) {
                    assertThat(rounded[i]).isCloseTo(whole[i], within(0.03f));
                }
                assertThat(Arrays.equals(rounded, whole)).isEqualTo(!Bf16Pairs.available());
                return null;
            });
        }
    }

    /// A convolution reads its weight in another order: the gradient on the way back keeps the digits that the values
    /// do not have.
    @Test
    void gradientsOfSixteenBitsHaveThirtyTwo() {
        try (var workspace = new Workspace();
                Arena arena = Arena.ofShared()) {
            Tensor weight = Tensor.owned(arena, Shape.of("out", 3, "in", 5), DType.BF16);
            Tensor gradient = Tensor.owned(arena, weight.shape(), DType.F32);
            weight.requireGradient(true).gradientMemory(gradient);
            workspace.run(() -> {
                Tensor x = draw(Shape.of("row", 2, "hidden", 3));
                var tape = new Tape();
                Tensor loss = tape.record(() -> {
                    Tensor turned = new ContiguousOp(weight.permute("in", "out")).run();
                    return new SumOp(new LinearOp(x, turned, null, null, false).run(), 1).run();
                });
                tape.backward(loss, 1);
                float[] values = x.toFloats();
                for (int out = 0; out < 3; out++) {
                    for (int in = 0; in < 5; in++) {
                        assertThat(gradient.memory().get(out * 5L + in))
                                .isCloseTo((double) values[out] + values[3 + out], within(1e-6));
                    }
                }
                return null;
            });
        }
    }

    @Test
    void saysWhatDoesNotFit() {
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                Tensor q = draw(Shape.of("batch", 1, "seq", 2, "heads", 3, "head_dim", 4));
                Tensor k = draw(Shape.of("batch", 1, "kv_seq", 2, "kv_heads", 2, "head_dim", 4));
                Tensor v = draw(Shape.of("batch", 1, "kv_seq", 5, "kv_heads", 2, "head_dim", 4));
                assertThatThrownBy(() -> AttentionOp.of(q, k, k, 1, Visibility.ALL, false))
                        .hasMessage("[attention] heads=3 must be a multiple of kv_heads=2");
                assertThatThrownBy(() -> AttentionOp.of(q, k, v, 1, Visibility.ALL, false))
                        .isInstanceOf(ShapeException.class)
                        .hasMessage(
                                "[attention] q(batch=1, seq=2, heads=3, head_dim=4), k(batch=1, kv_seq=2, kv_heads=2,"
                                        + " head_dim=4), v(batch=1, kv_seq=5, kv_heads=2, head_dim=4) do not fit: batch and"
                                        + " kv_seq, kv_heads of k and v, and head_dim of q and k must be equal");
                return null;
            });
        }
    }

    private static Tensor draw(Shape shape) {
        var random = new Random(3);
        Tensor t = Tensor.allocate(shape, DType.F32);
        for (int i = 0; i < t.count(); i++) {
            t.memory().set(i, random.nextGaussian());
        }
        return t;
    }
}
