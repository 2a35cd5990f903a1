package headway.tensor;

import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.BinaryCrossEntropyOp;
import headway.tensor.op.CastOp;
import headway.tensor.op.CausalConvOp;
import headway.tensor.op.ClampOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.CrossEntropyOp;
import headway.tensor.op.DropoutOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.GatedActivationOp;
import headway.tensor.op.LayerNormOp;
import headway.tensor.op.LinearOp;
import headway.tensor.op.LogScaleOp;
import headway.tensor.op.LogSoftmaxOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ReciprocalOp;
import headway.tensor.op.RmsNormOp;
import headway.tensor.op.RotaryOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SelectiveScanOp;
import headway.tensor.op.SoftmaxOp;
import headway.tensor.op.SumOp;
import java.util.List;

/// One differentiable operation: its operands, its value, and its derivative beside it.
///
/// A gradient check runs over all permitted ops, so that a new one without a case fails.
public sealed interface Op
        permits ActivationOp,
                AddOp,
                AttentionOp,
                BinaryCrossEntropyOp,
                CastOp,
                CausalConvOp,
                ClampOp,
                ConcatOp,
                ContiguousOp,
                CrossEntropyOp,
                DropoutOp,
                EmbeddingOp,
                GatedActivationOp,
                LayerNormOp,
                LinearOp,
                LogScaleOp,
                LogSoftmaxOp,
                MatMulOp,
                MultiplyOp,
                ReciprocalOp,
                RmsNormOp,
                RotaryOp,
                ScaleOp,
                SelectiveScanOp,
                SoftmaxOp,
                SumOp {

    /// Operands that may be differentiated; null where an optional one is absent.
    List<Tensor> inputs();

    /// The value.
    Tensor forward();

    /// Adds to the gradients of the inputs, given the value `y` and its gradient `dy`.
    void backward(Tensor y, Tensor dy, Gradients gradients);

    /// What forward keeps for backward beside inputs and value.
    default List<Tensor> saved() {
        return List.of();
    }

    /// Whether backward reads the value `y`, so that nobody may write over it before.
    default boolean readsValue() {
        return false;
    }

    /// Computes the value and, while a tape runs, remembers how.
    default Tensor run() {
        Tensor y = forward();
        Tape.record(this, y);
        return y;
    }
}
