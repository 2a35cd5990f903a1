package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.TokenEmbedding;
import headway.nn.Weights;
import headway.nn.attention.PackedAttention;
import headway.nn.attention.PackedAttention.Packing;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.FeedForward;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.position.RotaryPosition;
import headway.tensor.Tensor;
import headway.tensor.op.GatedActivationOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Phi-3 and Phi-4-mini: Llama whose projections are fused, with long rotary positions.
/// [Abdin et al. 2024](https://arxiv.org/abs/2404.14219).
///
/// Weight names are those of Hugging Face's `Phi3ForCausalLM`.
public record Phi3(Config config, PreNormStack model, Linear lmHead) implements PreNormDecoder {
    static final Family FAMILY = ReadingDecoder.family(
            "phi3",
            "Phi3",
            List.of(ReadingDecoder.TEXTS, ReadingDecoder.TOKENS),
            "model.",
            name -> name.endsWith("rotary_emb.inv_freq"),
            Phi3::load);

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
            Integer slidingWindow) {
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

    /// Gate and up in one projection.
    public record PackedMlp(Linear gateUpProj, Linear downProj, Activation activation) implements FeedForward {
        @Override
        public Tensor forward(Tensor x, Tensor residual) {
            Tensor both = gateUpProj.forward(x);
            String axis = both.shape().last().name();
            int F = downProj.in();
            Tensor gate = new headway.tensor.op.ContiguousOp(both.narrow(axis, 0, F)).run();
            Tensor up = new headway.tensor.op.ContiguousOp(both.narrow(axis, F, F)).run();
            return downProj.forward(new GatedActivationOp(gate, up, activation).run(), residual);
        }
    }

    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("hiddenAct", "silu");
        d.put("maxPositionEmbeddings", 4096);
        d.put("initializerRange", 0.02);
        d.put("rmsNormEps", 1e-5);
        d.put("tieWordEmbeddings", false);
        return d;
    }

    static Phi3 load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init normal = new Init.Normal(c.initializerRange);
        RotaryPosition rotary =
                RopeConfig.read(json, 10_000, c.maxPositionEmbeddings).rotary(c.headDim());
        Weights at = w.at("model");
        var embed = TokenEmbedding.load(
                at.at("embed_tokens"), c.vocabSize, c.hiddenSize, normal, CausalModel.paddingId(json, 32000));
        List<PreNormStack.Block> layers = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(at.at("layers").at(i), c, i, rotary, normal))
                .toList();
        RmsNorm norm = RmsNorm.load(at.at("norm"), c.hiddenSize, c.rmsNormEps);
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), embed, c.tieWordEmbeddings, c.hiddenSize, c.vocabSize, normal);
        return new Phi3(c, new PreNormStack(embed, layers, norm, rotary), head);
    }

    private static PreNormStack.Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.hiddenSize;
        int q = c.numAttentionHeads * c.headDim();
        int packed = q + 2 * c.numKeyValueHeads * c.headDim();
        Weights a = w.at("self_attn");
        Weights m = w.at("mlp");
        Mask mask = c.slidingWindow == null ? new Mask.Causal() : new Mask.SlidingWindow(c.slidingWindow);
        return new PreNormStack.Block(
                RmsNorm.load(w.at("input_layernorm"), D, c.rmsNormEps),
                new PackedAttention(
                        Linear.load(a.at("qkv_proj"), D, packed, false, init),
                        Linear.load(a.at("o_proj"), q, D, false, init),
                        Packing.BLOCKS,
                        c.numAttentionHeads,
                        c.numKeyValueHeads,
                        c.headDim(),
                        rotary,
                        new ScaledDotProduct(1 / Math.sqrt(c.headDim()), mask, layer)),
                RmsNorm.load(w.at("post_attention_layernorm"), D, c.rmsNormEps),
                new PackedMlp(
                        Linear.load(m.at("gate_up_proj"), D, 2 * c.intermediateSize, false, init),
                        Linear.load(m.at("down_proj"), c.intermediateSize, D, false, init),
                        Activations.of(c.hiddenAct)));
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
                config.slidingWindow == null ? 0 : config.slidingWindow);
    }
}
