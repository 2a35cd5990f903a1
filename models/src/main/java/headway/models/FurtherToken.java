package headway.models;

import headway.kernels.DType;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.loss.LabelLoss;
import headway.nn.loss.NextTokenLoss;
import headway.nn.norm.RmsNorm;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.ScaleOp;
import java.util.List;

/// Predicts the token after the next one, from what the model made of a token and from the token after it: a block
/// behind the last one. Several stand one on the other, each a token further; embedding and head are the model's.
/// [DeepSeek-AI 2024](https://arxiv.org/abs/2412.19437), section 2.2.
///
///     h'[i] = norm(block(ehProj([enorm(embed(token[i + k])); hnorm(h[i])])))        k = 1, 2, …
///     logits[i] = head(h'[i]), of token i + k + 1
///
/// `enorm` of the embedding comes first in `ehProj`, as in the files; the paper has it second.
public record FurtherToken(RmsNorm enorm, RmsNorm hnorm, Linear ehProj, PreNormStack.Block block, RmsNorm norm)
        implements Layer {
    /// Weight of these losses beside that of the next token: the paper's, of the first part of its training.
    private static final double WEIGHT = 0.3;

    /// Loads the block `w` of a file, which holds copies of embedding and head as well.
    static FurtherToken load(Weights w, PreNormStack.Block block, int hiddenSize, double eps, Init init) {
        w.at("embed_tokens").skip();
        w.at("shared_head").at("head").skip();
        return new FurtherToken(
                RmsNorm.load(w.at("enorm"), hiddenSize, eps),
                RmsNorm.load(w.at("hnorm"), hiddenSize, eps),
                DenseLinear.load(w.at("eh_proj"), 2 * hiddenSize, hiddenSize, false, init),
                block,
                RmsNorm.load(w.at("shared_head").at("norm"), hiddenSize, eps));
    }

    /// embeddings of the tokens that follow, and what was made of the tokens before them, both `(batch, seq, hidden)`
    /// → the same for this depth.
    public Tensor forward(Tensor following, Tensor hidden, Pass pass) {
        Tensor both = new ConcatOp(List.of(enorm.forward(following), hnorm.forward(hidden)), "hidden").run();
        return norm.forward(block.forward(ehProj.forward(both), pass));
    }

    /// Runs `depths` of `modules` over a text whose last values are `hidden` and writes down `mtp_logits.{depth}`
    /// `(batch, seq - 1 - depth, vocab)`; the mean of their losses by its weight, or null without labels.
    static Tensor all(
            List<FurtherToken> modules, CausalModel model, Inputs inputs, Tensor hidden, Tensor labels, int depths) {
        int B = hidden.shape().size(0);
        int T = hidden.shape().size(1);
        if (depths < 1 || depths > modules.size() || T < depths + 2 || inputs.has("attention_mask")) {
            throw new ShapeException(
                    "[model] num_mtp_layers=%d of %d, texts of %d tokens%s; expected a depth that the file has, texts two tokens longer than that, of one length, without attention_mask"
                            .formatted(depths, modules.size(), T, inputs.has("attention_mask") ? " with a mask" : ""));
        }
        Tensor ids = inputs.required("input_ids", inputs.integers("input_ids", "batch", B, "seq", T));
        Tensor loss = null;
        Tensor before = hidden;
        for (int k = 0; k < depths; k++) {
            int count = T - 1 - k;
            Tensor after = model.embed(ids.narrow("seq", k + 1, count).copy());
            Tensor kept = new ContiguousOp(before.narrow("seq", 0, count)).run();
            Pass pass = new Pass(Pass.from(B, count, k + 1, null).positions(), null, null, inputs.dropout());
            FurtherToken module = modules.get(k);
            before = Trace.unseen(() -> module.forward(after, kept, pass));
            Tensor logits = model.logits(before);
            Trace.put("mtp_logits." + k, logits);
            if (labels != null) {
                Tensor one = LabelLoss.mean(logits, shifted(labels, k + 2, count));
                loss = loss == null ? one : new AddOp(loss, one).run();
            }
        }
        return loss == null ? null : new ScaleOp(loss, WEIGHT / depths).run();
    }

    private static Tensor shifted(Tensor labels, int by, int count) {
        int B = labels.shape().size(0);
        int T = labels.shape().size(1);
        Tensor moved = Tensor.allocate(Shape.of("batch", B, "seq", count), DType.I32);
        for (int b = 0; b < B; b++) {
            for (int t = 0; t < count; t++) {
                double label = t + by < T ? labels.memory().get((long) b * T + t + by) : NextTokenLoss.IGNORE;
                moved.memory().set((long) b * count + t, label);
            }
        }
        return moved;
    }
}
