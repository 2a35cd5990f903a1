package headway.models;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.kernels.DType;
import headway.kernels.activation.Activation;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.score.Alibi;
import headway.tensor.Tensor;
import headway.tensor.op.ClampOp;
import headway.tensor.op.MultiplyOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// MPT: linear biases for positions, no biases elsewhere. [MosaicML 2023](https://www.databricks.com/blog/mpt-7b).
///
/// Weight names are those of Hugging Face's `MptForCausalLM`, and so are its omissions: norms have a weight alone,
/// `alibi_bias_max` is not read, positions are always linear biases.
public record Mpt(Config config, Stack transformer, Linear lmHead) implements CausalModel {
    static final Family FAMILY = ReadingDecoder.family(
            "mpt",
            "Mpt",
            List.of(ReadingDecoder.TEXTS, ReadingDecoder.TOKENS, ReadingDecoder.ANSWERS),
            "transformer.",
            _ -> false,
            Mpt::load);

    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
            int dModel,
            int nHeads,
            int nLayers,
            int maxSeqLen,
            double layerNormEpsilon,
            double initializerRange,
            boolean tieWordEmbeddings) {
        public Config {
            if (nHeads < 1 || dModel % nHeads != 0) {
                throw new IllegalArgumentException(
                        "d_model (%d) must be a multiple of n_heads (%d)".formatted(dModel, nHeads));
            }
        }
    }

    /// The stack below the head.
    public record Stack(Embedding wte, List<Block> blocks, LayerNorm normF, Alibi alibi) implements Layer {}

    /// One block.
    public record Block(LayerNorm norm1, SelfAttention attn, LayerNorm norm2, Mlp ffn) implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor h = pass.plus(x, r -> attn.forward(norm1.forward(x), pass, r));
            return pass.plus(h, r -> ffn.forward(norm2.forward(h), r));
        }
    }

    /// Attention whose masked scores are overwritten: a query that sees no key weighs all alike, as elsewhere, but
    /// passes no gradient to queries and keys. So its query is set to 0 here, which its weights do not depend on.
    ///
    /// @param clip bound of queries, keys and values before that, in magnitude; 0 for none
    public record SelfAttention(Linear wqkv, Linear outProj, int heads, int headDim, double clip, ScaledDotProduct core)
            implements Layer {
        Tensor forward(Tensor x, Pass pass, Tensor residual) {
            Tensor qkv = wqkv.forward(x);
            if (clip != 0) {
                qkv = new ClampOp(qkv, -clip, clip).run();
            }
            if (pass.padding() != null) {
                qkv = new MultiplyOp(qkv, seeing(qkv, pass)).run();
            }
            String axis = qkv.shape().last().name();
            int D = heads * headDim;
            Tensor q = qkv.narrow(axis, 0, D).split("heads", heads, "head_dim", headDim);
            Tensor k = qkv.narrow(axis, D, D).split("kv_heads", heads, "head_dim", headDim);
            Tensor v = qkv.narrow(axis, 2 * D, D).split("kv_heads", heads, "head_dim", headDim);
            return outProj.forward(core.attend(q, k, v, pass), residual);
        }

        /// 0 at the queries before the first token of their row, 1 elsewhere.
        private Tensor seeing(Tensor qkv, Pass pass) {
            Tensor ones = Tensor.allocate(qkv.shape(), DType.F32);
            ElementwiseKernel.fill(ones.memory(), 1, 0, ones.count());
            int T = qkv.shape().size(1);
            int S = pass.padding().shape().size(1);
            long wide = 3L * heads * headDim;
            for (int b = 0; b < qkv.shape().size(0); b++) {
                for (int j = 0; j < S && pass.padding().memory().get((long) b * S + j) == 0; j++) {
                    int t = j - (S - T);
                    if (t >= 0) {
                        long from = ((long) b * T + t) * wide;
                        ElementwiseKernel.fill(ones.memory(), 0, from, from + wide / 3);
                    }
                }
            }
            return ones;
        }
    }

    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("maxSeqLen", 2048);
        d.put("layerNormEpsilon", 1e-5);
        d.put("initializerRange", 0.02);
        d.put("tieWordEmbeddings", true);
        return d;
    }

    static Mpt load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        JsonNode attention = json.path("attn_config");
        // qk_ln means nothing to the reference: a file with such norms has weights that nobody asks for.
        double clip = attention.path("clip_qkv").asDouble(0);
        if (!(clip >= 0)) {
            throw new ConfigException("[config] %s: attn_config.clip_qkv is %s; expected null or a positive number"
                    .formatted(file, clip));
        }
        Init normal = new Init.Normal(c.initializerRange);
        double scale = attention.path("softmax_scale").asDouble(1 / Math.sqrt((double) c.dModel / c.nHeads));
        Weights at = w.at("transformer");
        Embedding wte = Embedding.load(at.at("wte"), c.vocabSize, c.dModel, normal);
        var stack = new Stack(
                wte,
                IntStream.range(0, c.nLayers)
                        .mapToObj(i -> block(at.at("blocks").at(i), c, i, scale, clip, normal))
                        .toList(),
                norm(at.at("norm_f"), c),
                Alibi.halved(c.nHeads, 8));
        Linear head = CausalModel.head(
                architecture, w.at("lm_head"), wte, c.tieWordEmbeddings, c.dModel, c.vocabSize, normal);
        return new Mpt(c, stack, head);
    }

    private static LayerNorm norm(Weights w, Config c) {
        return new LayerNorm(w.get("weight", Init.ONES, "hidden", c.dModel), null, c.layerNormEpsilon);
    }

    private static Block block(Weights w, Config c, int layer, double scale, double clip, Init init) {
        int D = c.dModel;
        Weights a = w.at("attn");
        Weights f = w.at("ffn");
        return new Block(
                norm(w.at("norm_1"), c),
                new SelfAttention(
                        DenseLinear.load(a.at("Wqkv"), D, 3 * D, false, init),
                        DenseLinear.load(a.at("out_proj"), D, D, false, init),
                        c.nHeads,
                        D / c.nHeads,
                        clip,
                        new ScaledDotProduct(scale, new Mask.Causal(), layer)),
                norm(w.at("norm_2"), c),
                new Mlp(
                        DenseLinear.load(f.at("up_proj"), D, 4 * D, false, init),
                        Activation.GELU,
                        DenseLinear.load(f.at("down_proj"), 4 * D, D, false, init)));
    }

    @Override
    public Tensor embed(Tensor ids) {
        return transformer.wte.forward(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        int T = embeddings.dim("seq");
        Pass biased = pass.biased(transformer.alibi.of(T, pass.seen() + T));
        Tensor x = CausalModel.through(transformer.blocks, embeddings, (block, h) -> block.forward(h, biased));
        return CausalModel.last(transformer.normF.forward(x));
    }

    @Override
    public Sizes sizes() {
        return new Sizes(
                config.vocabSize,
                config.dModel,
                config.nLayers,
                config.nHeads,
                config.nHeads,
                config.dModel / config.nHeads,
                config.maxSeqLen,
                0);
    }
}
