package headway.tensor;

import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.tensor.GradientCheck.Build;
import headway.tensor.GradientCheck.Case;
import headway.tensor.GradientCheck.Leaf;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.CastOp;
import headway.tensor.op.ClampOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.CrossEntropyOp;
import headway.tensor.op.DropoutOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.GatedActivationOp;
import headway.tensor.op.LayerNormOp;
import headway.tensor.op.LinearOp;
import headway.tensor.op.LogSoftmaxOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ReciprocalOp;
import headway.tensor.op.RmsNormOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SoftmaxOp;
import headway.tensor.op.SumOp;
import java.util.ArrayList;
import java.util.List;

/// Cases of [GradCheckTest]: several for each operation, with odd sizes and views. Attention and rotary have a file of
/// their own, [AttentionGradientCases].
final class GradientCases {
    private static final double STEP = 1e-5;
    /// Exact in short types.
    private static final double BINARY_STEP = 1.0 / 64;

    private GradientCases() {}

    static List<Case> all() {
        var all = new ArrayList<Case>();
        elementwise(all);
        linear(all);
        matMul(all);
        norms(all);
        rows(all);
        lookups(all);
        gated(all);
        all.addAll(AttentionGradientCases.all());
        all.addAll(ShapeGradientCases.all());
        return all;
    }

    static Case of(Class<? extends Op> op, String name, Build build, Leaf... leaves) {
        return new Case(name, op, STEP, List.of(leaves), build);
    }

    private static void elementwise(List<Case> to) {
        for (Activation f : Activation.values()) {
            to.add(of(ActivationOp.class, f.name(), x -> new ActivationOp(x.get(0), f).run(), Leaf.of("a", 3, "b", 7)));
        }
        to.add(of(
                ActivationOp.class,
                "rows of a larger tensor",
                x -> new ActivationOp(x.get(0).narrow("a", 1, 2), Activation.GELU).run(),
                Leaf.of("a", 4, "b", 5)));
        to.add(of(
                AddOp.class,
                "same sizes",
                x -> new AddOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 3, "b", 7),
                Leaf.of("c", 3, "d", 7)));
        to.add(of(AddOp.class, "to itself", x -> new AddOp(x.get(0), x.get(0)).run(), Leaf.of("a", 3, "b", 7)));
        to.add(of(
                AddOp.class,
                "a repeated row",
                x -> new AddOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 2, "b", 3, "c", 7),
                Leaf.of("c", 7)));
        to.add(of(
                AddOp.class,
                "repeated inner axes",
                x -> new AddOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 3, "b", 2, "c", 5),
                Leaf.of("b", 2, "c", 5)));
        to.add(of(
                AddOp.class,
                "one number to all",
                x -> new AddOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 3, "b", 5),
                Leaf.of()));
        to.add(of(
                AddOp.class,
                "one row, without its outer axis",
                x -> new AddOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 1, "b", 5),
                Leaf.of("b", 5)));
        to.add(of(
                AddOp.class,
                "two rows of the same tensor",
                x -> new AddOp(x.get(0).narrow("a", 0, 2), x.get(0).narrow("a", 1, 2)).run(),
                Leaf.of("a", 3, "b", 5)));
        to.add(of(
                AddOp.class,
                "the second a constant",
                x -> new AddOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 2, "b", 3),
                Leaf.of("a", 2, "b", 3).constant()));
        to.add(of(
                MultiplyOp.class,
                "two tensors",
                x -> new MultiplyOp(x.get(0), x.get(1)).run(),
                Leaf.of("a", 3, "b", 7),
                Leaf.of("a", 3, "b", 7)));
        to.add(of(MultiplyOp.class, "a square", x -> new MultiplyOp(x.get(0), x.get(0)).run(), Leaf.of("a", 19)));
        to.add(of(
                MultiplyOp.class,
                "rows of one tensor",
                x -> new MultiplyOp(x.get(0).narrow("a", 0, 2), x.get(0).narrow("a", 1, 2)).run(),
                Leaf.of("a", 3, "b", 5)));
        to.add(of(ClampOp.class, "both bounds", x -> new ClampOp(x.get(0), -0.9, 0.6).run(), Leaf.of("a", 3, "b", 17)));
        to.add(of(
                ClampOp.class,
                "one bound, a part of a tensor",
                x -> new ClampOp(x.get(0).narrow("a", 1, 2), Double.NEGATIVE_INFINITY, 0.3).run(),
                Leaf.of("a", 3, "b", 17)));
        to.add(of(
                ReciprocalOp.class,
                "used twice",
                x -> {
                    Tensor p = new SoftmaxOp(x.get(0)).run();
                    return new MultiplyOp(new ReciprocalOp(p).run(), p).run();
                },
                Leaf.of("a", 2, "b", 3)));
        to.add(of(
                ReciprocalOp.class,
                "of a softmax",
                x -> new ReciprocalOp(new SoftmaxOp(x.get(0)).run()).run(),
                Leaf.of("a", 3, "b", 5)));
        to.add(of(ScaleOp.class, "negative", x -> new ScaleOp(x.get(0), -2.5).run(), Leaf.of("a", 3, "b", 7)));
        to.add(of(
                ScaleOp.class,
                "a view of other axes",
                x -> new ScaleOp(x.get(0).view(Shape.of("c", 21)), 0.5).run(),
                Leaf.of("a", 3, "b", 7)));
        to.add(of(SumOp.class, "mean", x -> SumOp.mean(x.get(0)).run(), Leaf.of("a", 3, "b", 7)));
        to.add(of(SumOp.class, "part", x -> new SumOp(x.get(0).narrow("a", 1, 1), 3).run(), Leaf.of("a", 3, "b", 7)));
        to.add(of(ContiguousOp.class, "whole", x -> new ContiguousOp(x.get(0)).run(), Leaf.of("a", 3, "b", 7)));
        to.add(of(
                ContiguousOp.class,
                "columns",
                x -> new ContiguousOp(x.get(0).narrow("b", 2, 3)).run(),
                Leaf.of("a", 3, "b", 7)));
        to.add(of(
                ContiguousOp.class,
                "a head of a fused projection",
                x -> new ContiguousOp(
                                x.get(0).narrow("b", 4, 8).split("h", 2, "d", 4).narrow("h", 1, 1))
                        .run(),
                Leaf.of("a", 3, "b", 12)));
        to.add(new Case(
                "F32 to F64",
                CastOp.class,
                BINARY_STEP,
                List.of(Leaf.of("a", 3, "b", 7).as(DType.F32)),
                x -> new CastOp(x.get(0), DType.F64).run()));
        to.add(new Case(
                "F64 to F32 and back",
                CastOp.class,
                BINARY_STEP,
                List.of(Leaf.of("a", 3, "b", 7)),
                x -> new CastOp(new CastOp(x.get(0), DType.F32).run(), DType.F64).run()));
        to.add(of(
                DropoutOp.class,
                "a third",
                x -> new DropoutOp(x.get(0), 1.0 / 3, 42, 8).run(),
                Leaf.of("a", 3, "b", 7)));
        to.add(of(DropoutOp.class, "none", x -> new DropoutOp(x.get(0), 0, 1, 0).run(), Leaf.of("a", 5)));
    }

    private static void linear(List<Case> to) {
        for (boolean inOut : new boolean[] {false, true}) {
            String layout = inOut ? "(in, out)" : "(out, in)";
            Leaf weight = inOut ? Leaf.of("in", 5, "out", 3) : Leaf.of("out", 3, "in", 5);
            to.add(of(
                    LinearOp.class,
                    layout,
                    x -> new LinearOp(x.get(0), x.get(1), null, null, inOut).run(),
                    Leaf.of("batch", 2, "seq", 7, "hidden", 5),
                    weight));
            to.add(of(
                    LinearOp.class,
                    layout + " with bias and residual",
                    x -> new LinearOp(x.get(0), x.get(1), x.get(2), x.get(3), inOut).run(),
                    Leaf.of("batch", 2, "seq", 3, "hidden", 5),
                    weight,
                    Leaf.of("out", 3),
                    Leaf.of("batch", 2, "seq", 3, "out", 3)));
            to.add(of(
                    LinearOp.class,
                    layout + " of one row",
                    x -> new LinearOp(x.get(0), x.get(1), x.get(2), null, inOut).run(),
                    Leaf.of("seq", 1, "hidden", 5),
                    weight,
                    Leaf.of("out", 3)));
            to.add(of(
                    LinearOp.class,
                    layout + " with a frozen weight",
                    x -> new LinearOp(x.get(0), x.get(1), null, null, inOut).run(),
                    Leaf.of("seq", 4, "hidden", 5),
                    weight.constant()));
        }
        to.add(of(
                LinearOp.class,
                "residual is the input",
                x -> new LinearOp(x.get(0), x.get(1), null, x.get(0), false).run(),
                Leaf.of("seq", 3, "hidden", 5),
                Leaf.of("out", 5, "in", 5)));
        to.add(of(
                LinearOp.class,
                "residual under other axes",
                x -> new LinearOp(x.get(0), x.get(1), null, x.get(2), false).run(),
                Leaf.of("batch", 2, "seq", 3, "hidden", 5),
                Leaf.of("out", 4, "in", 5),
                Leaf.of("row", 6, "heads", 2, "head_dim", 2)));
        to.add(of(
                LinearOp.class,
                "rows of a larger tensor",
                x -> new LinearOp(x.get(0).narrow("seq", 1, 2), x.get(1).narrow("out", 1, 3), null, null, false).run(),
                Leaf.of("seq", 3, "hidden", 5),
                Leaf.of("out", 4, "in", 5)));
        to.add(of(
                LinearOp.class,
                "constant input",
                x -> new LinearOp(x.get(0), x.get(1), x.get(2), null, false).run(),
                Leaf.of("seq", 9, "hidden", 5).constant(),
                Leaf.of("out", 4, "in", 5),
                Leaf.of("out", 4)));
    }

    private static void matMul(List<Case> to) {
        to.add(of(
                MatMulOp.class,
                "matrices",
                x -> new MatMulOp(x.get(0), x.get(1), false).run(),
                Leaf.of("m", 3, "k", 5),
                Leaf.of("k", 5, "n", 4)));
        to.add(of(
                MatMulOp.class,
                "transposed, by entry",
                x -> new MatMulOp(x.get(0), x.get(1), true).run(),
                Leaf.of("a", 2, "b", 2, "m", 3, "k", 5),
                Leaf.of("a", 2, "b", 2, "n", 4, "k", 5)));
        to.add(of(
                MatMulOp.class,
                "by entry",
                x -> new MatMulOp(x.get(0), x.get(1), false).run(),
                Leaf.of("a", 3, "m", 1, "k", 7),
                Leaf.of("a", 3, "k", 7, "n", 2)));
        to.add(of(
                MatMulOp.class,
                "with its own transpose",
                x -> new MatMulOp(x.get(0), x.get(0), true).run(),
                Leaf.of("m", 3, "k", 5)));
    }

    private static void norms(List<Case> to) {
        for (int rows : new int[] {3, 67}) {
            to.add(of(
                    LayerNormOp.class,
                    rows + " rows",
                    x -> new LayerNormOp(x.get(0), x.get(1), x.get(2), 1e-5).run(),
                    Leaf.of("a", rows, "b", 7),
                    Leaf.of("b", 7),
                    Leaf.of("b", 7)));
            to.add(of(
                    RmsNormOp.class,
                    rows + " rows",
                    x -> new RmsNormOp(x.get(0), x.get(1), 0, 1e-5).run(),
                    Leaf.of("a", rows, "b", 7),
                    Leaf.of("b", 7)));
        }
        to.add(of(
                LayerNormOp.class,
                "without weight and bias",
                x -> new LayerNormOp(x.get(0), null, null, 1e-5).run(),
                Leaf.of("a", 3, "b", 7)));
        to.add(of(
                LayerNormOp.class,
                "without bias",
                x -> new LayerNormOp(x.get(0), x.get(1), null, 1e-5).run(),
                Leaf.of("a", 3, "b", 7),
                Leaf.of("b", 7)));
        to.add(of(
                LayerNormOp.class,
                "bias alone is trained",
                x -> new LayerNormOp(x.get(0), x.get(1), x.get(2), 1e-5).run(),
                Leaf.of("a", 3, "b", 7).constant(),
                Leaf.of("b", 7).constant(),
                Leaf.of("b", 7)));
        to.add(of(
                RmsNormOp.class,
                "weight minus one, eps that counts",
                x -> new RmsNormOp(x.get(0), x.get(1), 1, 0.5).run(),
                Leaf.of("a", 2, "h", 3, "b", 5),
                Leaf.of("b", 5)));
        to.add(of(
                RmsNormOp.class,
                "without weight",
                x -> new RmsNormOp(x.get(0), null, 0, 1e-6).run(),
                Leaf.of("a", 3, "b", 7)));
        to.add(of(
                RmsNormOp.class,
                "constant input",
                x -> new RmsNormOp(x.get(0), x.get(1), 0, 1e-6).run(),
                Leaf.of("a", 3, "b", 7).constant(),
                Leaf.of("b", 7)));
    }

    private static void rows(List<Case> to) {
        for (int columns : new int[] {1, 7, 33}) {
            to.add(of(
                    SoftmaxOp.class,
                    columns + " columns",
                    x -> new SoftmaxOp(x.get(0)).run(),
                    Leaf.of("a", 2, "r", 2, "c", columns)));
            to.add(of(
                    LogSoftmaxOp.class,
                    columns + " columns",
                    x -> new LogSoftmaxOp(x.get(0)).run(),
                    Leaf.of("a", 4, "c", columns)));
        }
        to.add(of(
                CrossEntropyOp.class,
                "mean with ignored labels",
                x -> crossEntropy(x.get(0)),
                Leaf.of("r", 6, "v", 13)));
        to.add(of(
                CrossEntropyOp.class,
                "sum over a batch",
                x -> CrossEntropyOp.of(x.get(0), Tensor.of(Shape.of("batch", 2, "seq", 3), 0, 4, 2, 2, 1, 3), -100, 1)
                        .run(),
                Leaf.of("batch", 2, "seq", 3, "v", 5)));
        to.add(of(
                CrossEntropyOp.class,
                "rows of a larger tensor",
                x -> crossEntropy(x.get(0).narrow("r", 1, 6)),
                Leaf.of("r", 8, "v", 5)));
        to.add(of(
                CrossEntropyOp.class,
                "of logits that another operation keeps",
                x -> crossEntropy(new SoftmaxOp(x.get(0)).run()),
                Leaf.of("r", 6, "v", 5)));
        to.add(of(
                CrossEntropyOp.class,
                "beside another loss over the same logits, recorded before",
                x -> {
                    Tensor logits = new ScaleOp(x.get(0), 2).run();
                    Tensor squares =
                            SumOp.mean(new MultiplyOp(logits, logits).run()).run();
                    return new AddOp(crossEntropy(logits), squares).run();
                },
                Leaf.of("r", 6, "v", 5)));
    }

    private static Tensor crossEntropy(Tensor logits) {
        Tensor labels =
                Tensor.of(Shape.of("r", 6), 3, -100, 0, logits.shape().last().size() - 1, -100, 2);
        return CrossEntropyOp.of(logits, labels, -100, 0.25).run();
    }

    private static void lookups(List<Case> to) {
        to.add(of(
                EmbeddingOp.class,
                "repeated ids",
                x -> new EmbeddingOp(x.get(0), Tensor.of(Shape.of("batch", 2, "seq", 3), 4, 0, 4, 4, 2, 0), -1).run(),
                Leaf.of("vocab", 5, "hidden", 7)));
        to.add(of(
                EmbeddingOp.class,
                "two lookups in one table",
                x -> new AddOp(
                                new EmbeddingOp(x.get(0), Tensor.of(Shape.of("seq", 3), 1, 1, 2), -1).run(),
                                new EmbeddingOp(x.get(0), Tensor.of(Shape.of("seq", 3), 2, 0, 1), -1).run())
                        .run(),
                Leaf.of("vocab", 4, "hidden", 3)));
    }

    private static void gated(List<Case> to) {
        for (Activation f : new Activation[] {Activation.SILU, Activation.GELU_TANH, Activation.IDENTITY}) {
            to.add(of(
                    GatedActivationOp.class,
                    f.name(),
                    x -> new GatedActivationOp(x.get(0), x.get(1), f).run(),
                    Leaf.of("a", 3, "b", 7),
                    Leaf.of("a", 3, "b", 7)));
        }
        to.add(of(
                GatedActivationOp.class,
                "halves of one projection",
                x -> new GatedActivationOp(x.get(0).narrow("b", 0, 5), x.get(0).narrow("b", 5, 5), Activation.SILU)
                        .run(),
                Leaf.of("s", 2, "a", 3, "b", 10)));
        to.add(of(
                GatedActivationOp.class,
                "up is a part, gate is whole",
                x -> new GatedActivationOp(x.get(0), x.get(1).narrow("b", 1, 5), Activation.SILU).run(),
                Leaf.of("a", 3, "b", 5),
                Leaf.of("a", 3, "b", 7)));
        to.add(of(
                GatedActivationOp.class,
                "gate and up are one",
                x -> new GatedActivationOp(x.get(0), x.get(0), Activation.SIGMOID).run(),
                Leaf.of("a", 3, "b", 5)));
        to.add(of(
                GatedActivationOp.class,
                "gate and up share some columns",
                x -> new GatedActivationOp(x.get(0).narrow("b", 0, 5), x.get(0).narrow("b", 3, 5), Activation.SILU)
                        .run(),
                Leaf.of("a", 3, "b", 9)));
        to.add(of(
                GatedActivationOp.class,
                "constant up",
                x -> new GatedActivationOp(x.get(0), x.get(1), Activation.GELU).run(),
                Leaf.of("a", 3, "b", 5),
                Leaf.of("a", 3, "b", 5).constant()));
        to.add(of(
                GatedActivationOp.class,
                "the last token of each sequence",
                x -> new GatedActivationOp(x.get(0).narrow("s", 2, 1), x.get(1), Activation.RELU).run(),
                Leaf.of("a", 2, "s", 3, "b", 5),
                Leaf.of("a", 2, "s", 1, "b", 5)));
    }
}
