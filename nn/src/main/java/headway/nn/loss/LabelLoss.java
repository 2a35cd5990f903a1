package headway.nn.loss;

import headway.kernels.DType;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.BinaryCrossEntropyOp;
import headway.tensor.op.CrossEntropyOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SumOp;

/// Losses of rows of logits against labels that stand beside them.
public final class LabelLoss {
    private LabelLoss() {}

    /// The mean cross entropy over rows whose label is not -100: masked language models, classes of
    /// tokens and texts, decoders whose labels are not shifted.
    ///
    /// - logits `(…, classes)`, labels `I32` `(…)`
    public static Tensor mean(Tensor logits, Tensor labels) {
        return mean(logits, labels, NextTokenLoss.IGNORE);
    }

    /// The same with another label that does not count.
    public static Tensor mean(Tensor logits, Tensor labels, int ignore) {
        long n = 0;
        for (long i = 0; i < labels.count(); i++) {
            n += labels.memory().get(i) == ignore ? 0 : 1;
        }
        return CrossEntropyOp.of(logits, labels, ignore, 1.0 / n).run();
    }

    /// The mean of `(x - target)²`.
    public static Tensor squared(Tensor x, Tensor targets) {
        Tensor minus = Tensor.allocate(x.shape(), DType.F32).assign(targets);
        Tensor difference = new AddOp(x, new ScaleOp(minus, -1).run()).run();
        return SumOp.mean(new MultiplyOp(difference, difference).run()).run();
    }

    /// The mean binary cross entropy: several labels of a text at once, each true or not.
    public static Tensor binary(Tensor logits, Tensor targets) {
        return new BinaryCrossEntropyOp(logits, targets, null, 1.0 / logits.count()).run();
    }

    /// The mean binary cross entropy over what `weights` says counts: 1 does, 0 does not.
    public static Tensor binary(Tensor logits, Tensor targets, Tensor weights) {
        double n = 0;
        for (long i = 0; i < weights.count(); i++) {
            n += weights.memory().get(i);
        }
        return new BinaryCrossEntropyOp(logits, targets, weights, 1 / n).run();
    }
}
