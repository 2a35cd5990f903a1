package headway.tensor;

import headway.kernels.attention.Visibility;
import headway.tensor.GradientCheck.Case;
import headway.tensor.GradientCheck.Leaf;
import headway.tensor.op.AddOp;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.BinaryCrossEntropyOp;
import headway.tensor.op.CausalConvOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.LogScaleOp;
import headway.tensor.op.SelectiveScanOp;
import java.util.ArrayList;
import java.util.List;

/// Cases of [GradCheckTest] for what moves numbers about, biases of scores, and losses of one logit.
final class ShapeGradientCases {
    private ShapeGradientCases() {}

    static List<Case> all() {
        var all = new ArrayList<Case>();
        concat(all);
        permute(all);
        bias(all);
        binary(all);
        scans(all);
        scales(all);
        return all;
    }

    private static void concat(List<Case> to) {
        to.add(GradientCases.of(
                ConcatOp.class,
                "outer axis",
                x -> new ConcatOp(List.of(x.get(0), x.get(1)), "a").run(),
                Leaf.of("a", 2, "b", 5),
                Leaf.of("a", 3, "b", 5)));
        to.add(GradientCases.of(
                ConcatOp.class,
                "middle axis, one part twice, one constant",
                x -> new ConcatOp(List.of(x.get(0), x.get(1), x.get(0)), "b").run(),
                Leaf.of("a", 2, "b", 3, "c", 5),
                Leaf.of("a", 2, "b", 1, "c", 5).constant()));
        to.add(GradientCases.of(
                ConcatOp.class,
                "halves in the other order",
                x -> new ConcatOp(List.of(x.get(0).narrow("b", 3, 4), x.get(0).narrow("b", 0, 3)), "b").run(),
                Leaf.of("a", 3, "b", 7)));
    }

    private static void permute(List<Case> to) {
        to.add(GradientCases.of(
                ContiguousOp.class,
                "a transposed matrix",
                x -> new ContiguousOp(x.get(0).permute("b", "a")).run(),
                Leaf.of("a", 3, "b", 7)));
        to.add(GradientCases.of(
                ContiguousOp.class,
                "a permuted product of another operation",
                x -> new ContiguousOp(new AddOp(x.get(0), x.get(0)).run().permute("c", "a", "b")).run(),
                Leaf.of("a", 3, "b", 2, "c", 5)));
    }

    private static void bias(List<Case> to) {
        bias(to, "for each head", 4, 2, Leaf.of("one", 1, "heads", 4, "seq", 3, "kv_seq", 5));
        bias(to, "for each key", 2, 2, Leaf.of("batch", 2, "heads", 1, "seq", 1, "kv_seq", 5));
        bias(to, "for each window", 2, 1, Leaf.of("windows", 3, "heads", 2, "seq", 3, "kv_seq", 5));
        bias(
                to,
                "constant",
                2,
                1,
                Leaf.of("one", 1, "heads", 2, "seq", 3, "kv_seq", 5).constant());
    }

    private static void bias(List<Case> to, String name, int H, int Hkv, Leaf bias) {
        int B = bias.shape().size(0) == 3 ? 6 : 2;
        to.add(GradientCases.of(
                AttentionOp.class,
                "bias " + name,
                x -> AttentionOp.of(
                                x.get(0), x.get(1), x.get(2), x.get(3), 0.7, new Visibility(true, 2, 0, 0, null), false)
                        .run(),
                Leaf.of("batch", B, "seq", 3, "heads", H, "head_dim", 2),
                Leaf.of("batch", B, "kv_seq", 5, "kv_heads", Hkv, "head_dim", 2),
                Leaf.of("batch", B, "kv_seq", 5, "kv_heads", Hkv, "head_dim", 3),
                bias));
    }

    private static void binary(List<Case> to) {
        for (boolean weighted : new boolean[] {false, true}) {
            to.add(GradientCases.of(
                    BinaryCrossEntropyOp.class,
                    weighted ? "some left out" : "all",
                    x -> new BinaryCrossEntropyOp(
                                    x.get(0),
                                    Tensor.of(Shape.of("a", 2, "b", 3), 0f, 1f, 0.25f, 1f, 0f, 1f),
                                    weighted ? Tensor.of(Shape.of("a", 2, "b", 3), 1f, 0f, 1f, 0f, 1f, 2f) : null,
                                    0.5)
                            .run(),
                    Leaf.of("a", 2, "b", 3)));
        }
    }

    private static void scales(List<Case> to) {
        to.add(GradientCases.of(
                LogScaleOp.class,
                "a matrix",
                x -> new LogScaleOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 3, "b", 5),
                Leaf.of()));
        to.add(GradientCases.of(
                LogScaleOp.class,
                "a constant",
                x -> new LogScaleOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 4).constant(),
                Leaf.of("one", 1)));
    }

    private static void scans(List<Case> to) {
        to.add(GradientCases.of(
                CausalConvOp.class,
                "three tokens wide",
                x -> new CausalConvOp(x.get(0), null, x.get(1), x.get(2)).run(),
                Leaf.of("batch", 2, "seq", 5, "channels", 3),
                Leaf.of("channels", 3, "one", 1, "width", 3),
                Leaf.of("channels", 3)));
        to.add(GradientCases.of(
                CausalConvOp.class,
                "wider than the text, without bias, with a past",
                x -> new CausalConvOp(x.get(0), x.get(2), x.get(1), null).run(),
                Leaf.of("batch", 2, "seq", 2, "channels", 3),
                Leaf.of("channels", 3, "one", 1, "width", 4),
                Leaf.of("batch", 2, "past", 3, "channels", 3).constant()));
        for (int tokens : new int[] {1, 5}) {
            to.add(GradientCases.of(
                    SelectiveScanOp.class,
                    tokens + " tokens",
                    x -> new SelectiveScanOp(x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), x.get(5), null).run(),
                    Leaf.of("batch", 2, "seq", tokens, "channels", 3),
                    Leaf.of("batch", 2, "seq", tokens, "channels", 3),
                    Leaf.of("channels", 3, "states", 4),
                    Leaf.of("batch", 2, "seq", tokens, "states", 4),
                    Leaf.of("batch", 2, "seq", tokens, "states", 4),
                    Leaf.of("channels", 3)));
        }
    }
}
