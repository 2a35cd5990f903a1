package headway.nn.loss;

import headway.kernels.DType;
import headway.tensor.Tensor;
import headway.tensor.op.CrossEntropyOp;

/// Cross entropy of each position's logits with the label of the next one.
///
///     loss = s · Σ_{b,t} -log softmax(logits[b,t])[labels[b,t+1]],  labels of -100 left out
///
/// - logits `(batch, seq, vocab)`, labels `I32` `(batch, seq)`, aligned with the input as Hugging Face has them
public final class NextTokenLoss {
    /// Label that is left out.
    public static final int IGNORE = -100;

    private NextTokenLoss() {}

    /// Labels moved one to the left, the last of each row left out.
    public static Tensor shifted(Tensor labels) {
        int B = labels.shape().size(0);
        int T = labels.shape().size(1);
        Tensor shifted = Tensor.allocate(labels.shape(), DType.I32);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < T; t++) {
                long at = (long) b * T + t;
                shifted.memory().set(at, t + 1 < T ? labels.memory().get(at + 1) : IGNORE);
            }
        }
        return shifted;
    }

    /// Positions of `shifted` labels that count.
    public static long count(Tensor shifted) {
        long n = 0;
        for (long i = 0; i < shifted.count(); i++) {
            n += shifted.memory().get(i) == IGNORE ? 0 : 1;
        }
        return n;
    }

    /// The loss for `shifted` labels, times `s`; with `s = 1/count`, their mean.
    public static Tensor of(Tensor logits, Tensor shifted, double s) {
        return CrossEntropyOp.of(logits, shifted, IGNORE, s).run();
    }
}
