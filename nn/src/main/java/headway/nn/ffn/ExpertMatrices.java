package headway.nn.ffn;

import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.QuantizedParameter;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.LinearOp;

/// A matrix for each expert, all in one tensor of the checkpoint, however it is kept.
public sealed interface ExpertMatrices extends Layer {
    /// Loads `name` and `name_bias`, quantized where the checkpoint has it so.
    static ExpertMatrices load(Weights w, String name, int experts, int in, int out, Init init) {
        Parameter bias = w.get(name + "_bias", Init.ZEROS, "experts", experts, "out", out);
        QuantizedParameter quantized = w.quantized(name, "experts", experts, "out", out, "in", in);
        return quantized == null
                ? new Dense(w.get(name, init, "experts", experts, "in", in, "out", out), bias)
                : new Quantized(quantized, bias);
    }

    /// How many experts.
    int count();

    /// `y = x·W[e] + bias[e]`.
    ///
    /// - x `(tokens, in)` → y `(tokens, out)`
    Tensor times(int e, Tensor x);

    /// Row `e` of a bias, through which its gradient passes.
    private static Tensor row(Parameter bias, int e) {
        Tensor all = bias.tensor();
        Tensor id = Tensor.of(Shape.of("row", 1), e);
        return new EmbeddingOp(all, id, -1)
                .run()
                .view(Shape.of("out", all.shape().size(1)));
    }

    /// @param weight `(experts, in, out)`
    /// @param bias `(experts, out)`
    record Dense(Parameter weight, Parameter bias) implements ExpertMatrices {
        @Override
        public int count() {
            return weight.tensor().shape().size(0);
        }

        @Override
        public Tensor times(int e, Tensor x) {
            Shape all = weight.tensor().shape();
            Tensor w = weight.tensor().narrow("experts", e, 1).view(Shape.of("in", all.size(1), "out", all.size(2)));
            return new LinearOp(x, w, row(bias, e), null, true).run();
        }
    }

    /// For inference: gradients do not pass.
    ///
    /// @param weight `(experts·out, in)`
    /// @param bias `(experts, out)`
    record Quantized(QuantizedParameter weight, Parameter bias) implements ExpertMatrices {
        @Override
        public int count() {
            return bias.tensor().shape().size(0);
        }

        @Override
        public Tensor times(int e, Tensor x) {
            int out = bias.tensor().shape().size(1);
            return weight.part(e * out, out).times(x, row(bias, e), null);
        }
    }
}
