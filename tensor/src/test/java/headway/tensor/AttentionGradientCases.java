package headway.tensor;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.attention.Visibility;
import headway.kernels.attention.Weighing;
import headway.kernels.rotary.RotaryLayout;
import headway.tensor.GradientCheck.Case;
import headway.tensor.GradientCheck.Leaf;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.AttentionOp.Scoring;
import headway.tensor.op.RotaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Cases of [GradCheckTest] for attention and rotary positions.
///
/// A query that sees no key has the same value whatever the scores are, so that differences would show none of its
/// gradient; in cases with such rows only v is differentiated, and [AttentionOpTest] has the others.
final class AttentionGradientCases {
    private AttentionGradientCases() {}

    static List<Case> all() {
        var all = new ArrayList<Case>();
        for (boolean materialize : new boolean[] {false, true}) {
            attention(all, materialize);
        }
        rotary(all);
        return all;
    }

    private static void attention(List<Case> to, boolean materialize) {
        String kernel = materialize ? ", naive" : ", flash";
        add(
                to,
                "grouped queries, causal" + kernel,
                materialize,
                sizes(2, 6, 2, 5, 5, 3, 3),
                () -> new Visibility(true, 0, 0, 0, null));
        add(
                to,
                "one key head, window" + kernel,
                materialize,
                sizes(1, 3, 1, 7, 7, 5, 5),
                () -> new Visibility(true, 0, 3, 0, null));
        add(
                to,
                "window to both sides" + kernel,
                materialize,
                sizes(1, 1, 1, 6, 6, 3, 3),
                () -> new Visibility(false, 0, 2, 0, null));
        add(to, "prefix" + kernel, materialize, sizes(1, 2, 2, 6, 6, 3, 3), () -> new Visibility(true, 0, 0, 3, null));
        add(
                to,
                "offset and other value width" + kernel,
                materialize,
                sizes(1, 2, 1, 3, 8, 3, 5),
                () -> new Visibility(true, 5, 0, 0, null));
        add(to, "everybody, narrow values" + kernel, materialize, sizes(2, 2, 2, 4, 7, 5, 1), () -> Visibility.ALL);
        add(
                to,
                "padding" + kernel,
                materialize,
                sizes(2, 2, 1, 4, 5, 3, 3),
                () -> new Visibility(false, 1, 0, 0, padding(1, 1, 0, 1, 1, 1, 0, 0, 1, 1)));
        add(to, "one token" + kernel, materialize, sizes(1, 1, 1, 1, 1, 1, 1), () -> Visibility.ALL);
        for (Weighing weighing : List.of(Weighing.PLAIN.dropping(0.4, 3, 8), new Weighing(0.9, null, 0, 0, 0))) {
            to.add(GradientCases.of(
                    AttentionOp.class,
                    "weighing " + weighing + kernel,
                    x -> AttentionOp.of(
                                    x.get(0),
                                    x.get(1),
                                    x.get(2),
                                    new Scoring(0.8, null, x.get(3), weighing),
                                    new Visibility(true, 0, 0, 0, null),
                                    materialize)
                            .run(),
                    Leaf.of("batch", 2, "seq", 5, "heads", 4, "head_dim", 3),
                    Leaf.of("batch", 2, "kv_seq", 5, "kv_heads", 2, "head_dim", 3),
                    Leaf.of("batch", 2, "kv_seq", 5, "kv_heads", 2, "head_dim", 2),
                    Leaf.of("heads", 4)));
        }
        to.add(GradientCases.of(
                AttentionOp.class,
                "bias, dropout and soft cap" + kernel,
                x -> AttentionOp.of(
                                x.get(0),
                                x.get(1),
                                x.get(2),
                                new Scoring(0.8, x.get(3), null, new Weighing(0.7, null, 0.3, 5, 0)),
                                new Visibility(true, 0, 0, 0, null),
                                materialize)
                        .run(),
                Leaf.of("batch", 2, "seq", 5, "heads", 2, "head_dim", 3),
                Leaf.of("batch", 2, "kv_seq", 5, "kv_heads", 2, "head_dim", 3),
                Leaf.of("batch", 2, "kv_seq", 5, "kv_heads", 2, "head_dim", 2),
                Leaf.of("batch", 1, "heads", 2, "seq", 5, "kv_seq", 5)));
        for (Weighing weighing : List.of(Weighing.PLAIN, new Weighing(0.7, null, 0.3, 5, 0))) {
            to.add(GradientCases.of(
                    AttentionOp.class,
                    "bias by distance, weighing " + weighing + kernel,
                    x -> AttentionOp.of(
                                    x.get(0),
                                    x.get(1),
                                    x.get(2),
                                    new Scoring(0.8, x.get(3), null, weighing),
                                    new Visibility(true, 2, 0, 0, null),
                                    materialize)
                            .run(),
                    Leaf.of("batch", 2, "seq", 5, "heads", 4, "head_dim", 3),
                    Leaf.of("batch", 2, "kv_seq", 7, "kv_heads", 2, "head_dim", 3),
                    Leaf.of("batch", 2, "kv_seq", 7, "kv_heads", 2, "head_dim", 2),
                    Leaf.of("heads", 4, "distance", 11)));
        }
        Leaf[] blind = sizes(2, 2, 1, 4, 4, 3, 2);
        add(
                to,
                "rows that see nothing" + kernel,
                materialize,
                new Leaf[] {blind[0].constant(), blind[1].constant(), blind[2]},
                () -> new Visibility(true, 0, 0, 0, padding(0, 0, 1, 1, 0, 1, 1, 1)));
        to.add(GradientCases.of(
                AttentionOp.class,
                "parts of a fused projection" + kernel,
                x -> {
                    Tensor qkv = x.get(0);
                    return AttentionOp.of(
                                    qkv.narrow("hidden", 0, 6).split("heads", 2, "head_dim", 3),
                                    qkv.narrow("hidden", 6, 6).split("heads", 2, "head_dim", 3),
                                    qkv.narrow("hidden", 12, 6).split("heads", 2, "head_dim", 3),
                                    0.7,
                                    new Visibility(true, 0, 0, 0, null),
                                    materialize)
                            .run();
                },
                Leaf.of("batch", 2, "seq", 5, "hidden", 18)));
        to.add(GradientCases.of(
                AttentionOp.class,
                "queries, keys and values are one" + kernel,
                x -> AttentionOp.of(x.get(0), x.get(0), x.get(0), 0.5, Visibility.ALL, materialize)
                        .run(),
                Leaf.of("batch", 1, "seq", 5, "heads", 2, "head_dim", 3)));
        to.add(GradientCases.of(
                AttentionOp.class,
                "queries constant" + kernel,
                x -> AttentionOp.of(x.get(0), x.get(1), x.get(2), 0.5, Visibility.ALL, materialize)
                        .run(),
                Leaf.of("batch", 1, "seq", 2, "heads", 2, "head_dim", 3).constant(),
                Leaf.of("batch", 1, "seq", 5, "heads", 2, "head_dim", 3),
                Leaf.of("batch", 1, "seq", 5, "heads", 2, "head_dim", 3).constant()));
    }

    private static void add(List<Case> to, String name, boolean materialize, Leaf[] qkv, Supplier<Visibility> visible) {
        to.add(GradientCases.of(
                AttentionOp.class,
                name,
                x -> AttentionOp.of(x.get(0), x.get(1), x.get(2), 0.6, visible.get(), materialize)
                        .run(),
                qkv));
    }

    private static Leaf[] sizes(int B, int H, int Hkv, int T, int S, int Dh, int Dv) {
        return new Leaf[] {
            Leaf.of("batch", B, "seq", T, "heads", H, "head_dim", Dh),
            Leaf.of("batch", B, "kv_seq", S, "kv_heads", Hkv, "head_dim", Dh),
            Leaf.of("batch", B, "kv_seq", S, "kv_heads", Hkv, "head_dim", Dv)
        };
    }

    /// Marks in memory of the current workspace: 0 for padding.
    static Span padding(int... marks) {
        Tensor t = Tensor.allocate(Shape.of("mark", marks.length), DType.U8);
        for (int i = 0; i < marks.length; i++) {
            t.memory().set(i, marks[i]);
        }
        return t.memory();
    }

    private static void rotary(List<Case> to) {
        for (RotaryLayout layout : RotaryLayout.values()) {
            to.add(GradientCases.of(
                    RotaryOp.class,
                    layout + ", whole heads",
                    x -> rotate(x.get(0), layout, 6),
                    Leaf.of("batch", 2, "seq", 3, "heads", 3, "head_dim", 6)));
            to.add(GradientCases.of(
                    RotaryOp.class,
                    layout + ", part of each head",
                    x -> rotate(x.get(0), layout, 4),
                    Leaf.of("batch", 2, "seq", 3, "heads", 1, "head_dim", 7)));
            to.add(GradientCases.of(
                    RotaryOp.class,
                    layout + ", part of a fused projection",
                    x -> rotate(x.get(0).narrow("hidden", 4, 8).split("heads", 2, "head_dim", 4), layout, 4),
                    Leaf.of("batch", 2, "seq", 3, "hidden", 13)));
        }
    }

    private static Tensor rotate(Tensor x, RotaryLayout layout, int rotaryDim) {
        int half = rotaryDim / 2;
        Tensor cos = Tensor.allocate(Shape.of("positions", 9, "pair", half), x.dtype());
        Tensor sin = Tensor.allocate(Shape.of("positions", 9, "pair", half), x.dtype());
        for (int i = 0; i < cos.count(); i++) {
            cos.memory().set(i, Math.cos(i));
            sin.memory().set(i, Math.sin(i));
        }
        Tensor positions = Tensor.of(Shape.of("batch", 2, "seq", 3), 0, 1, 2, 8, 3, 3);
        return new RotaryOp(x, cos, sin, positions, layout, rotaryDim).run();
    }
}
