package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.CrossAttention;
import headway.nn.attention.Encoded;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.SessionCache;
import headway.nn.ffn.FeedForward;
import headway.nn.ffn.GatedMlp;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.RmsNorm;
import headway.nn.score.BucketBias;
import headway.nn.score.BucketBias.Sides;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import headway.tensor.op.ScaleOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// T5 v1.0 and v1.1, FLAN-T5, mT5: encoder and decoder, pre-norm with RMSNorm, no biases, scores that are not scaled
/// but biased by distance. [Raffel et al. 2020](https://arxiv.org/abs/1910.10683), [Xue et al.
/// 2021](https://arxiv.org/abs/2010.11934). Weight names are those of Hugging Face's `T5ForConditionalGeneration`.
///
/// @param lmHead null for the bare model
public record T5(Config config, Embedding shared, Stack encoder, Stack decoder, Linear lmHead)
        implements EncoderDecoder {
    /// Field names are those of `config.json`.
    ///
    /// @param numDecoderLayers null for as many as the encoder has
    /// @param isGatedAct null where `feedForwardProj` says it, as denseActFn
    /// @param scaleDecoderOutputs null for T5 with tied embeddings: then values are scaled by
    ///     `dModel^-0.5` before the head
    public record Config(
            String modelType,
            int vocabSize,
            int dModel,
            int dKv,
            int dFf,
            int numLayers,
            Integer numDecoderLayers,
            int numHeads,
            int relativeAttentionNumBuckets,
            int relativeAttentionMaxDistance,
            double layerNormEpsilon,
            double initializerFactor,
            String feedForwardProj,
            Boolean isGatedAct,
            String denseActFn,
            boolean tieWordEmbeddings,
            Boolean scaleDecoderOutputs,
            Integer padTokenId,
            Integer decoderStartTokenId) {
        public Config {
            numDecoderLayers = numDecoderLayers == null ? Integer.valueOf(numLayers) : numDecoderLayers;
            if (numLayers < 1 || numDecoderLayers < 1 || numHeads < 1 || dModel < 1 || dKv < 1) {
                throw new IllegalArgumentException(
                        "num_layers (%d), num_decoder_layers (%d), num_heads (%d), d_model (%d), d_kv (%d): expected at least 1"
                                .formatted(numLayers, numDecoderLayers, numHeads, dModel, dKv));
            }
            if (relativeAttentionNumBuckets < 4) {
                throw new IllegalArgumentException("relative_attention_num_buckets (%d) must be at least 4"
                        .formatted(relativeAttentionNumBuckets));
            }
            scaleDecoderOutputs = scaleDecoderOutputs == null
                    ? Boolean.valueOf(!modelType.equals("mt5") && tieWordEmbeddings)
                    : scaleDecoderOutputs;
            padTokenId = padTokenId == null ? Integer.valueOf(0) : padTokenId;
            decoderStartTokenId = decoderStartTokenId == null ? padTokenId : decoderStartTokenId;
        }

        boolean gated() {
            return isGatedAct == null ? feedForwardProj.startsWith("gated-") : isGatedAct;
        }

        Activation activation() {
            if (denseActFn != null) {
                return Activations.of(denseActFn);
            }
            // "gated-gelu" has always meant the tanh form.
            return feedForwardProj.equals("gated-gelu")
                    ? Activation.GELU_TANH
                    : Activations.of(feedForwardProj.substring(feedForwardProj.indexOf('-') + 1));
        }
    }

    /// Encoder or decoder.
    public record Stack(List<Block> block, BucketBias bias, RmsNorm finalLayerNorm) implements Layer {
        /// @param encoded null in the encoder
        Tensor forward(Tensor embeddings, Pass pass, Encoded encoded) {
            int T = embeddings.shape().size(1);
            Pass biased = pass.biased(bias.byDistance(T, pass.seen() + T));
            Tensor x = pass.drop(embeddings);
            for (Block b : block) {
                Trace.next("hidden_states", x);
                Tensor before = x;
                x = Workspace.keeping(() -> b.forward(before, biased, encoded));
            }
            x = pass.drop(finalLayerNorm.forward(x));
            Trace.next("hidden_states", x);
            return x;
        }
    }

    /// One block.
    ///
    /// @param cross null in the encoder, and its norm
    public record Block(
            RmsNorm selfNorm,
            GroupedQueryAttention self,
            RmsNorm crossNorm,
            CrossAttention cross,
            RmsNorm mlpNorm,
            FeedForward mlp)
            implements Layer {
        Tensor forward(Tensor x, Pass pass, Encoded encoded) {
            boolean drops = pass.dropout() != null;
            Tensor h = added(x, self.forward(selfNorm.forward(x), pass, drops ? null : x), pass);
            if (cross != null) {
                h = added(h, cross.forward(crossNorm.forward(h), encoded, drops ? null : h), pass);
            }
            return added(h, mlp.forward(mlpNorm.forward(h), drops ? null : h), pass);
        }

        private static Tensor added(Tensor x, Tensor branch, Pass pass) {
            return pass.dropout() == null ? branch : new AddOp(x, pass.drop(branch)).run();
        }
    }

    /// The encoder alone: Hugging Face's `T5EncoderModel`.
    public record Encoder(Config config, Embedding shared, Stack encoder) implements TextEncoder {
        @Override
        public Set<String> arguments() {
            return Set.of("input_ids", "inputs_embeds", "attention_mask");
        }

        @Override
        public Tensor encode(Inputs inputs) {
            Tensor x = inputs.embeddings("", shared::forward, config.dModel);
            return encoder.forward(
                    x, inputs.pass("", x.shape().size(0), x.shape().size(1)), null);
        }
    }

    /// The decoder with an input that is encoded.
    private record Over(T5 model, Encoded encoded) implements Decoder {
        @Override
        public Tensor embed(Tensor ids) {
            return model.shared.forward(ids);
        }

        @Override
        public Tensor hidden(Tensor embeddings, Pass pass) {
            return model.decoder.forward(embeddings, pass, encoded);
        }

        @Override
        public Tensor logits(Tensor hidden) {
            Config c = model.config;
            Tensor scaled = c.scaleDecoderOutputs ? new ScaleOp(hidden, 1 / Math.sqrt(c.dModel)).run() : hidden;
            return model.lmHead.forward(scaled);
        }

        @Override
        public SessionCache newCache(int tokens) {
            return new GrowingCache(tokens);
        }

        @Override
        public Sizes sizes() {
            Config c = model.config;
            return new Sizes(
                    c.vocabSize, c.dModel, c.numDecoderLayers, c.numHeads, c.numHeads, c.dKv, Integer.MAX_VALUE, 0);
        }
    }

    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(family("t5", "T5"), family("mt5", "MT5"));
    }

    private static Family family(String modelType, String name) {
        var bare = List.of(
                name + "ForConditionalGeneration",
                name + ReadingDecoder.ANSWERS,
                name + "Model",
                name + "EncoderModel");
        return new Family(
                modelType,
                Stream.concat(bare.stream(), Stream.of(name + ReadingDecoder.TEXTS, name + ReadingDecoder.TOKENS))
                        .toList(),
                bare,
                "transformer.",
                List.of("lm_head.", "classification_head.", "classifier.", "qa_outputs."),
                // Copies of the shared table, and a bias that early files hold in vain.
                stored -> stored.endsWith("embed_tokens.weight")
                        || stored.endsWith("EncDecAttention.relative_attention_bias.weight"),
                T5::load);
    }

    static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("relativeAttentionNumBuckets", 32),
            Map.entry("relativeAttentionMaxDistance", 128),
            Map.entry("layerNormEpsilon", 1e-6),
            Map.entry("initializerFactor", 1.0),
            Map.entry("dKv", 64));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        var defaults = new HashMap<>(DEFAULTS);
        boolean mt5 = json.path("model_type").asString("").equals("mt5");
        defaults.put("feedForwardProj", mt5 ? "gated-gelu" : "relu");
        defaults.put("tieWordEmbeddings", true);
        defaults.put("denseActFn", null);
        Config c = ConfigReader.read(json, Config.class, file, defaults);
        Init table = new Init.Normal(c.initializerFactor);
        boolean tags = architecture.endsWith(ReadingDecoder.TOKENS);
        Weights at = tags || architecture.endsWith(ReadingDecoder.TEXTS) ? w.at("transformer") : w;
        Embedding shared = Embedding.load(at.at("shared"), c.vocabSize, c.dModel, table);
        FeedForwards dense = (m, layer) -> mlp(m.at("DenseReluDense"), c);
        Stack encoder = stack(at.at("encoder"), c, c.numLayers, Sides.BOTH, dense);
        if (tags || architecture.endsWith("EncoderModel")) {
            at.at("decoder").skip();
            var head = tags ? ReadingEncoderDecoder.tags(json, w, c.dModel, table) : new EncoderHead.Bare(null);
            return new EncoderModel(new Encoder(c, shared, encoder), head);
        }
        Stack decoder = stack(at.at("decoder"), c, c.numDecoderLayers, Sides.BEHIND, dense);
        if (!architecture.endsWith("ForConditionalGeneration")) {
            var stack = new T5(c, shared, encoder, decoder, null);
            Init init = new Init.Normal(c.initializerFactor / Math.sqrt(c.dModel));
            boolean bare = architecture.endsWith("Model");
            return bare ? stack : ReadingEncoderDecoder.with(stack, json, architecture, w, c.dModel, init, 1);
        }
        // Hugging Face ties every T5 whose file does not hold another head, whatever the config says.
        boolean own = w.at("lm_head").differs("weight", shared.weight().path());
        Linear head = own ? DenseLinear.load(w.at("lm_head"), c.dModel, c.vocabSize, false, table) : shared.asHead();
        return new T5(c, shared, encoder, decoder, head);
    }

    /// Loads the feed-forward part of a block.
    @FunctionalInterface
    interface FeedForwards {
        FeedForward load(Weights w, int layer);
    }

    static Stack stack(Weights w, Config c, int layers, Sides sides, FeedForwards mlps) {
        Weights first = w.at("block").at(0).at("layer").at(0).at("SelfAttention");
        BucketBias bias = BucketBias.load(
                first.at("relative_attention_bias"),
                c.relativeAttentionNumBuckets,
                c.numHeads,
                c.relativeAttentionMaxDistance,
                sides,
                new Init.Normal(c.initializerFactor / Math.sqrt(c.dModel)));
        List<Block> blocks = IntStream.range(0, layers)
                .mapToObj(i -> block(w.at("block").at(i).at("layer"), c, i, sides, mlps))
                .toList();
        return new Stack(blocks, bias, RmsNorm.load(w.at("final_layer_norm"), c.dModel, c.layerNormEpsilon));
    }

    private static Block block(Weights w, Config c, int layer, Sides sides, FeedForwards mlps) {
        boolean decodes = sides == Sides.BEHIND;
        Linear[] s = projections(w.at(0).at("SelfAttention"), c);
        Linear[] x = decodes ? projections(w.at(1).at("EncDecAttention"), c) : null;
        Weights m = w.at(decodes ? 2 : 1);
        Mask mask = decodes ? new Mask.Causal() : new Mask.Bidirectional();
        return new Block(
                RmsNorm.load(w.at(0).at("layer_norm"), c.dModel, c.layerNormEpsilon),
                new GroupedQueryAttention(
                        s[0], s[1], s[2], s[3], null, null, null, c.dKv, new ScaledDotProduct(1, mask, layer)),
                decodes ? RmsNorm.load(w.at(1).at("layer_norm"), c.dModel, c.layerNormEpsilon) : null,
                decodes
                        ? new CrossAttention(
                                x[0], x[1], x[2], x[3], c.dKv, new ScaledDotProduct(1, new Mask.Bidirectional(), layer))
                        : null,
                RmsNorm.load(m.at("layer_norm"), c.dModel, c.layerNormEpsilon),
                mlps.load(m, layer));
    }

    private static Linear[] projections(Weights w, Config c) {
        int inner = c.numHeads * c.dKv;
        double f = c.initializerFactor;
        Init kv = new Init.Normal(f / Math.sqrt(c.dModel));
        return new Linear[] {
            DenseLinear.load(
                    w.at("q"), c.dModel, inner, false, new Init.Normal(f / Math.sqrt((double) c.dModel * c.dKv))),
            DenseLinear.load(w.at("k"), c.dModel, inner, false, kv),
            DenseLinear.load(w.at("v"), c.dModel, inner, false, kv),
            DenseLinear.load(w.at("o"), inner, c.dModel, false, new Init.Normal(f / Math.sqrt(inner)))
        };
    }

    private static FeedForward mlp(Weights w, Config c) {
        Init in = new Init.Normal(c.initializerFactor / Math.sqrt(c.dModel));
        Linear wo = DenseLinear.load(
                w.at("wo"), c.dFf, c.dModel, false, new Init.Normal(c.initializerFactor / Math.sqrt(c.dFf)));
        if (!c.gated()) {
            return new Mlp(DenseLinear.load(w.at("wi"), c.dModel, c.dFf, false, in), c.activation(), wo);
        }
        return new GatedMlp(
                DenseLinear.load(w.at("wi_0"), c.dModel, c.dFf, false, in),
                DenseLinear.load(w.at("wi_1"), c.dModel, c.dFf, false, in),
                wo,
                c.activation());
    }

    @Override
    public Set<String> encoderArguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask");
    }

    @Override
    public Encoded encode(Inputs inputs) {
        Tensor states = new Encoder(config, shared, encoder).encode(inputs);
        return Encoded.of(
                states,
                inputs.padding(
                        "attention_mask", states.shape().size(0), states.shape().size(1)));
    }

    @Override
    public Decoder decoder(Encoded encoded) {
        return new Over(this, encoded);
    }

    @Override
    public int startTokenId() {
        return config.decoderStartTokenId;
    }

    @Override
    public int padTokenId() {
        return config.padTokenId;
    }

    @Override
    public boolean hasHead() {
        return lmHead != null;
    }
}
