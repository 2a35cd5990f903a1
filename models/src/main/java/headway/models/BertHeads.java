package headway.models;

import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.nn.norm.LayerNorm;

/// What the heads of BERT's descendants are put together from.
final class BertHeads {
    private BertHeads() {}

    /// A linear map of each token, or of whatever came before.
    static Projection classifier(Weights w, int hiddenSize, int labels, double std) {
        return new Projection.Plain(DenseLinear.load(w, hiddenSize, labels, true, new Init.Normal(std)));
    }

    /// The same behind dropout.
    static Projection dropped(Weights w, int hiddenSize, int labels, double std) {
        return Projection.of(new Projection.Dropped(), classifier(w, hiddenSize, labels, std));
    }

    /// `f(dense(first token))`.
    static Projection pooler(Weights dense, int hiddenSize, Activation activation, double std) {
        return Projection.of(
                new Projection.Token(0),
                new Projection.Activated(
                        DenseLinear.load(dense, hiddenSize, hiddenSize, true, new Init.Normal(std)), activation));
    }

    /// `out(f(dense(first token)))`, with dropout before both maps.
    static Projection twoLayers(Weights w, int hiddenSize, int labels, Activation activation, double std) {
        return Projection.of(
                new Projection.Token(0),
                new Projection.Dropped(),
                new Projection.Activated(
                        DenseLinear.load(w.at("dense"), hiddenSize, hiddenSize, true, new Init.Normal(std)),
                        activation),
                dropped(w.at("out_proj"), hiddenSize, labels, std));
    }

    /// Scores of words: `decoder(norm(f(dense(x))))`. A tied decoder is the table of words with the bias at `bias`,
    /// each but where the file has another one of the decoder's own. An untied one has its own bias, and the one at
    /// `bias` is then dead.
    static Projection words(
            Linear dense,
            Activation activation,
            LayerNorm norm,
            Parameter table,
            Weights decoder,
            Weights bias,
            boolean tied) {
        int vocab = table.tensor().shape().size(0);
        boolean shared = tied && !decoder.differs("weight", table.path());
        Parameter weight = shared
                ? table
                : decoder.get(
                        "weight",
                        new Init.Normal(0.02),
                        "out",
                        vocab,
                        "in",
                        table.tensor().shape().size(1));
        boolean one = tied && !decoder.differs("bias", bias.path() + ".bias");
        Parameter added = (one ? bias : decoder).get("bias", Init.ZEROS, "vocab", vocab);
        Linear scores = new DenseLinear(weight, added, DenseLinear.Layout.OUT_IN);
        return Projection.of(
                new Projection.Activated(dense, activation), new Projection.Normed(norm), new Projection.Plain(scores));
    }
}
