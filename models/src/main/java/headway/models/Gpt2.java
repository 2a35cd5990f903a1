package headway.models;

import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.DenseLinear.Layout;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.TokenEmbedding;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.FusedAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.KvCache;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// GPT-2: pre-norm decoder with LayerNorm, learned positions, multi-head attention, GELU, tied embeddings.
///
/// [Radford et al.
/// 2019](https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf).
/// Weight names are those of Hugging Face's `GPT2LMHeadModel`; its `Conv1D` weights lie as `(in, out)`.
public record Gpt2(Config config, Transformer transformer, Linear lmHead) implements CausalModel {
    /// Field names are those of `config.json`.
    ///
    /// @param conv1dLayout `in_out` as Hugging Face's files have projections, `out_in` in those of other formats
    /// @param nInner null for four times `nEmbd`
    public record Config(
            int vocabSize,
            int nPositions,
            int nEmbd,
            int nLayer,
            int nHead,
            Integer nInner,
            String activationFunction,
            double layerNormEpsilon,
            double initializerRange,
            boolean scaleAttnWeights,
            boolean scaleAttnByInverseLayerIdx,
            boolean tieWordEmbeddings,
            String conv1dLayout) {
        public Config {
            if (vocabSize < 1 || nPositions < 1 || nEmbd < 1 || nLayer < 1 || nHead < 1) {
                throw new IllegalArgumentException(
                        "vocab_size (%d), n_positions (%d), n_embd (%d), n_layer (%d), n_head (%d): expected at least 1"
                                .formatted(vocabSize, nPositions, nEmbd, nLayer, nHead));
            }
            if (nEmbd % nHead != 0) {
                throw new IllegalArgumentException(
                        "n_embd (%d) must be a multiple of n_head (%d)".formatted(nEmbd, nHead));
            }
            nInner = nInner == null ? Integer.valueOf(4 * nEmbd) : nInner;
        }

        double scale(int layer) {
            double scale = scaleAttnWeights ? 1 / Math.sqrt((double) nEmbd / nHead) : 1;
            return scaleAttnByInverseLayerIdx ? scale / (layer + 1) : scale;
        }
    }

    /// The stack below the head.
    public record Transformer(TokenEmbedding wte, LearnedPosition wpe, List<Block> h, LayerNorm lnF) implements Layer {}

    /// One block.
    public record Block(LayerNorm ln1, FusedAttention attn, LayerNorm ln2, Mlp mlp) implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            // While dropout draws, a branch is dropped before it is added; otherwise adding costs no pass of its own.
            if (pass.dropout() == null) {
                Tensor h = attn.forward(ln1.forward(x), pass, x);
                return mlp.forward(ln2.forward(h), h);
            }
            Tensor h = new AddOp(x, pass.drop(attn.forward(ln1.forward(x), pass, null))).run();
            return new AddOp(h, pass.drop(mlp.forward(ln2.forward(h), null))).run();
        }
    }

    static final Map<String, Object> DEFAULTS = Map.of(
            "activationFunction",
            "gelu_new",
            "layerNormEpsilon",
            1e-5,
            "initializerRange",
            0.02,
            "scaleAttnWeights",
            true,
            "scaleAttnByInverseLayerIdx",
            false,
            "tieWordEmbeddings",
            true,
            "nPositions",
            1024,
            "conv1dLayout",
            "in_out");

    static final Family FAMILY = ReadingDecoder.family(
            "gpt2",
            List.of(
                    "GPT2LMHeadModel",
                    "GPT2Model",
                    "GPT2ForSequenceClassification",
                    "GPT2ForTokenClassification",
                    "GPT2ForQuestionAnswering"),
            "transformer.",
            // Masks that older files store beside the weights.
            name -> name.endsWith(".attn.bias") || name.endsWith(".attn.masked_bias"),
            Gpt2::load);

    /// Reads a config and builds the model from `w`: a checkpoint's weights, or new ones.
    static Gpt2 load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        Weights at = w.at("transformer");
        TokenEmbedding wte = TokenEmbedding.load(at.at("wte"), c.vocabSize, c.nEmbd, normal, -1);
        LearnedPosition wpe = LearnedPosition.load(at.at("wpe"), c.nPositions, c.nEmbd, normal);
        List<Block> h = IntStream.range(0, c.nLayer)
                .mapToObj(i -> block(at.at("h").at(i), c, i))
                .toList();
        LayerNorm lnF = LayerNorm.load(at.at("ln_f"), c.nEmbd, c.layerNormEpsilon);
        Linear head =
                CausalModel.head(architecture, w.at("lm_head"), wte, c.tieWordEmbeddings, c.nEmbd, c.vocabSize, normal);
        return new Gpt2(c, new Transformer(wte, wpe, h, lnF), head);
    }

    private static Linear linear(Weights w, int in, int out, Init init, Config c) {
        return c.conv1dLayout.equals("in_out")
                ? DenseLinear.load(w, in, out, true, init, Layout.IN_OUT)
                : Linear.load(w, in, out, true, init);
    }

    private static Block block(Weights w, Config c, int layer) {
        Init normal = new Init.Normal(c.initializerRange);
        // The 2·nLayer branches that add to the residual stream start smaller, so that their sum does not grow.
        Init branch = new Init.Normal(c.initializerRange / Math.sqrt(2.0 * c.nLayer));
        Weights a = w.at("attn");
        Weights m = w.at("mlp");
        int D = c.nEmbd;
        return new Block(
                LayerNorm.load(w.at("ln_1"), D, c.layerNormEpsilon),
                new FusedAttention(
                        linear(a.at("c_attn"), D, 3 * D, normal, c),
                        linear(a.at("c_proj"), D, D, branch, c),
                        D / c.nHead,
                        new ScaledDotProduct(c.scale(layer), new Mask.Causal(), layer)),
                LayerNorm.load(w.at("ln_2"), D, c.layerNormEpsilon),
                new Mlp(
                        linear(m.at("c_fc"), D, c.nInner, normal, c),
                        Activations.of(c.activationFunction),
                        linear(m.at("c_proj"), c.nInner, D, branch, c)));
    }

    @Override
    public Tensor embed(Tensor ids) {
        return transformer.wte.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        Tensor x = pass.drop(new AddOp(embeddings, transformer.wpe.forward(pass.positions())).run());
        for (Block block : transformer.h) {
            Trace.next("hidden_states", x);
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
        }
        x = transformer.lnF.forward(x);
        Trace.next("hidden_states", x);
        return x;
    }

    @Override
    public KvCache newCache(int tokens) {
        return new GrowingCache(Math.min(tokens, config.nPositions));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.nEmbd,
                config.nLayer,
                config.nHead,
                config.nHead,
                config.nEmbd / config.nHead,
                config.nPositions,
                0);
    }

    @Override
    public int positionLimit() {
        return config.nPositions;
    }
}
