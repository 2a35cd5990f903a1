package headway.models;

import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.GatedMlp;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// OLMo 2: Llama with norms after its branches instead of before them, and on whole queries and keys.
/// [OLMo Team 2024](https://arxiv.org/abs/2501.00656).
///
/// Weight names are those of Hugging Face's `Olmo2ForCausalLM`.
public record Olmo2(Config config, Stack model, Linear lmHead) implements CausalModel {
    static final Family FAMILY = ReadingDecoder.family(
            "olmo2",
            "Olmo2",
            List.of(ReadingDecoder.TEXTS),
            "model.",
            name -> name.endsWith("rotary_emb.inv_freq"),
            Olmo2::load);

    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            Integer numKeyValueHeads,
            String hiddenAct,
            int maxPositionEmbeddings,
            double initializerRange,
            double rmsNormEps,
            boolean tieWordEmbeddings,
            boolean attentionBias) {
        public Config {
            numKeyValueHeads = numKeyValueHeads == null ? Integer.valueOf(numAttentionHeads) : numKeyValueHeads;
            if (numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
        }

        int headDim() {
            return hiddenSize / numAttentionHeads;
        }
    }

    /// The stack below the head.
    public record Stack(Embedding embedTokens, List<Block> layers, RmsNorm norm) implements Layer {}

    /// Grouped-query attention whose norms see all heads of the queries, and of the keys, as one row.
    public record SelfAttention(
            Linear qProj,
            Linear kProj,
            Linear vProj,
            Linear oProj,
            RmsNorm qNorm,
            RmsNorm kNorm,
            RotaryPosition rotary,
            ScaledDotProduct core)
            implements Layer {
        Tensor forward(Tensor x, Pass pass, int headDim) {
            Tensor q = heads(qNorm.forward(qProj.forward(x)), "heads", headDim);
            Tensor k = heads(kNorm.forward(kProj.forward(x)), "kv_heads", headDim);
            Tensor v = heads(vProj.forward(x), "kv_heads", headDim);
            Tensor o = core.attend(rotary.forward(q, pass.positions()), rotary.forward(k, pass.positions()), v, pass);
            return oProj.forward(o, null);
        }

        private static Tensor heads(Tensor x, String axis, int headDim) {
            return x.split(axis, x.shape().last().size() / headDim, "head_dim", headDim);
        }
    }

    /// One block.
    public record Block(
            SelfAttention selfAttn, RmsNorm postAttentionLayernorm, GatedMlp mlp, RmsNorm postFeedforwardLayernorm)
            implements Layer {
        Tensor forward(Tensor x, Pass pass, int headDim) {
            Tensor attended = postAttentionLayernorm.forward(selfAttn.forward(x, pass, headDim));
            Tensor h = new AddOp(x, pass.drop(attended)).run();
            Tensor fed = postFeedforwardLayernorm.forward(mlp.forward(h, null));
            return new AddOp(h, pass.drop(fed)).run();
        }
    }

    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("hiddenAct", "silu");
        d.put("maxPositionEmbeddings", 2048);
        d.put("initializerRange", 0.02);
        d.put("rmsNormEps", 1e-5);
        d.put("tieWordEmbeddings", false);
        d.put("attentionBias", false);
        return d;
    }

    static Olmo2 load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        RotaryPosition rotary =
                RopeConfig.read(json, 10_000, c.maxPositionEmbeddings).rotary(c.headDim());
        Weights at = w.at("model");
        Embedding plain = Embedding.load(at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal);
        var embed = new Embedding(plain.weight(), CausalModel.paddingId(json, 1));
        List<Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, rotary, normal))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm"), c.hiddenSize, c.rmsNormEps);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Olmo2(c, new Stack(embed, layers, norm), head);
    }

    private static Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.hiddenSize;
        int kv = c.numKeyValueHeads * c.headDim();
        Weights a = w.at("self_attn");
        Weights m = w.at("mlp");
        return new Block(
                new SelfAttention(
                        DenseLinear.load(a.at("q_proj"), D, D, c.attentionBias, init),
                        DenseLinear.load(a.at("k_proj"), D, kv, c.attentionBias, init),
                        DenseLinear.load(a.at("v_proj"), D, kv, c.attentionBias, init),
                        DenseLinear.load(a.at("o_proj"), D, D, c.attentionBias, init),
                        RmsNorm.load(a.at("q_norm"), D, c.rmsNormEps),
                        RmsNorm.load(a.at("k_norm"), kv, c.rmsNormEps),
                        rotary,
                        new ScaledDotProduct(1 / Math.sqrt(c.headDim()), new Mask.Causal(), layer)),
                RmsNorm.load(w.at("post_attention_layernorm"), D, c.rmsNormEps),
                new GatedMlp(
                        DenseLinear.load(m.at("gate_proj"), D, c.intermediateSize, false, init),
                        DenseLinear.load(m.at("up_proj"), D, c.intermediateSize, false, init),
                        DenseLinear.load(m.at("down_proj"), c.intermediateSize, D, false, init),
                        Activations.of(c.hiddenAct)),
                RmsNorm.load(w.at("post_feedforward_layernorm"), D, c.rmsNormEps));
    }

    @Override
    public Tensor embed(Tensor ids) {
        return model.embedTokens.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        int headDim = config.headDim();
        Tensor x =
                CausalModel.through(model.layers, pass.drop(embeddings), (block, h) -> block.forward(h, pass, headDim));
        return CausalModel.last(model.norm.forward(x));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.hiddenSize,
                config.numHiddenLayers,
                config.numAttentionHeads,
                config.numKeyValueHeads,
                config.headDim(),
                config.maxPositionEmbeddings,
                0);
    }

    @Override
    public boolean readsPromptsWhole() {
        return model.layers.getFirst().selfAttn.rotary().dependsOnLength();
    }
}
