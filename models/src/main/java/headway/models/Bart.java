package headway.models;

import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.Encoded;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.SessionCache;
import headway.nn.norm.LayerNorm;
import headway.nn.position.SinusoidalPosition;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.ScaleOp;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// BART, mBART, Pegasus and Marian: the encoder-decoder of the original Transformer, which differ in where norms stand
/// and in their positions.
///
/// | | norms | positions |
/// |---|---|---|
/// | BART | after the branches, and after the embeddings | learned, from row 2 on |
/// | mBART | before the branches, and after the embeddings | learned, from row 2 on |
/// | Pegasus | before the branches | sinusoidal |
/// | Marian | after the branches | sinusoidal |
///
/// [Lewis et al. 2019](https://arxiv.org/abs/1910.13461), [Liu et al. 2020](https://arxiv.org/abs/2001.08210),
/// [Zhang et al. 2019](https://arxiv.org/abs/1912.08777), [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762).
///
/// @param lmHead null for the bare model
/// @param logitsBias `(1, vocab)`, which is not trained; null where the file has none
public record Bart(Config config, Side encoder, Side decoder, Linear lmHead, Parameter logitsBias)
        implements EncoderDecoder {
    /// Field names are those of `config.json`.
    public record Config(
            String modelType,
            int vocabSize,
            Integer decoderVocabSize,
            int maxPositionEmbeddings,
            int encoderLayers,
            int encoderFfnDim,
            int encoderAttentionHeads,
            int decoderLayers,
            int decoderFfnDim,
            int decoderAttentionHeads,
            String activationFunction,
            int dModel,
            double initStd,
            boolean scaleEmbedding,
            int padTokenId,
            Integer bosTokenId,
            Integer decoderStartTokenId,
            boolean shareEncoderDecoderEmbeddings,
            boolean tieWordEmbeddings) {
        public Config {
            decoderVocabSize = decoderVocabSize == null || shareEncoderDecoderEmbeddings
                    ? Integer.valueOf(vocabSize)
                    : decoderVocabSize;
        }

        boolean learnedPositions() {
            return modelType.endsWith("bart");
        }

        TransformerStack.Order order() {
            return modelType.equals("bart") || modelType.equals("marian")
                    ? TransformerStack.Order.AFTER
                    : TransformerStack.Order.BEFORE;
        }
    }

    /// Encoder or decoder with what stands before it.
    ///
    /// @param positions `(positions, hidden)` in the file; its first row in use is `offset`. Null where
    ///     they are computed
    /// @param waves the computed ones; or null
    /// @param norm of the embeddings; or null
    public record Side(
            Embedding words,
            Parameter positions,
            Tensor waves,
            int offset,
            double scale,
            LayerNorm norm,
            TransformerStack stack)
            implements Layer {
        Tensor embed(Tensor ids) {
            Tensor x = words.forward(ids);
            return scale == 1 ? x : new ScaleOp(x, scale).run();
        }

        Tensor forward(Tensor embedded, Pass pass, Encoded encoded) {
            return forward(embedded, pass.positions(), pass, encoded);
        }

        /// The same with places for more tokens than those of the pass.
        Tensor forward(Tensor embedded, Tensor at, Pass pass, Encoded encoded) {
            Tensor table = positions == null ? waves : positions.tensor();
            int rows = table.shape().size(0);
            Tensor places = at.copy();
            for (long i = 0; i < places.count(); i++) {
                int place = (int) places.memory().get(i) + offset;
                if (place < 0 || place >= rows) {
                    throw new ShapeException(
                            "[position] position %d is outside the %d that the model has; give a shorter text"
                                    .formatted(place - offset, rows - offset));
                }
                places.memory().set(i, place);
            }
            Tensor x = new AddOp(embedded, new EmbeddingOp(table, places, -1).run()).run();
            x = pass.drop(norm == null ? x : norm.forward(x));
            return stack.forward(x, pass, encoded);
        }
    }

    /// The decoder with an input that is encoded.
    private record Over(Bart model, Encoded encoded) implements Decoder {
        @Override
        public Tensor embed(Tensor ids) {
            return model.decoder.embed(ids);
        }

        @Override
        public Tensor hidden(Tensor embeddings, Pass pass) {
            return model.decoder.forward(embeddings, pass, encoded);
        }

        @Override
        public Tensor logits(Tensor hidden) {
            Tensor logits = model.lmHead.forward(hidden);
            if (model.logitsBias == null) {
                return logits;
            }
            Tensor bias = model.logitsBias.tensor();
            return new AddOp(logits, bias.view(Shape.of("vocab", (int) bias.count()))).run();
        }

        @Override
        public SessionCache newCache(int tokens) {
            return new GrowingCache(tokens);
        }

        @Override
        public Sizes sizes() {
            Config c = model.config;
            int heads = c.decoderAttentionHeads;
            return new Sizes(
                    c.decoderVocabSize,
                    c.dModel,
                    c.decoderLayers,
                    heads,
                    heads,
                    c.dModel / heads,
                    c.maxPositionEmbeddings,
                    0);
        }

        @Override
        public int positionLimit() {
            return model.config.maxPositionEmbeddings;
        }
    }

    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(
                family(
                        "bart",
                        "BartModel",
                        "BartForConditionalGeneration",
                        "BartForSequenceClassification",
                        "BartForQuestionAnswering"),
                family(
                        "mbart",
                        "MBartModel",
                        "MBartForConditionalGeneration",
                        "MBartForSequenceClassification",
                        "MBartForQuestionAnswering"),
                family("pegasus", "PegasusModel", "PegasusForConditionalGeneration"),
                family("marian", "MarianModel", "MarianMTModel"));
    }

    private static Family family(String modelType, String bare, String... heads) {
        return new Family(
                modelType,
                Stream.concat(Stream.of(heads), Stream.of(bare)).toList(),
                List.of(bare),
                "model.",
                List.of("lm_head.", "final_logits_bias", "classification_head.", "qa_outputs."),
                // Copies of the shared table, or that one where each side has its own.
                name -> name.endsWith("embed_tokens.weight") || name.endsWith("shared.weight"),
                Bart::load);
    }

    private static final SinusoidalPosition.Layout WAVES = SinusoidalPosition.Layout.CONCATENATED_PAPER;

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("maxPositionEmbeddings", 1024),
            Map.entry("activationFunction", "gelu"),
            Map.entry("initStd", 0.02),
            Map.entry("scaleEmbedding", false),
            Map.entry("shareEncoderDecoderEmbeddings", true),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        String type = json.path("model_type").asString("");
        var defaults = new HashMap<>(DEFAULTS);
        defaults.put("padTokenId", type.equals("pegasus") ? 0 : type.equals("marian") ? 58100 : 1);
        if (!json.has("decoder_start_token_id") && !type.equals("mbart")) {
            defaults.put("decoderStartTokenId", type.equals("pegasus") ? 0 : type.equals("marian") ? 58100 : 2);
        }
        Config c = ConfigReader.read(json, Config.class, file, defaults);
        boolean writes = architecture.endsWith("ForConditionalGeneration") || architecture.endsWith("MTModel");
        boolean bare = !writes && architecture.endsWith("Model");
        Weights at = bare ? w : w.at("model");
        Init normal = new Init.Normal(c.initStd);
        Side encoder;
        Side decoder;
        if (c.shareEncoderDecoderEmbeddings && !apart(at, c.tieWordEmbeddings)) {
            Embedding shared = table(at.at("shared"), c, c.vocabSize, normal);
            encoder = side(at.at("encoder"), c, shared, false);
            decoder = side(at.at("decoder"), c, shared, true);
        } else {
            Weights e = at.at("encoder");
            Weights d = at.at("decoder");
            encoder = side(e, c, table(e.at("embed_tokens"), c, c.vocabSize, normal), false);
            decoder = side(d, c, table(d.at("embed_tokens"), c, c.decoderVocabSize, normal), true);
        }
        if (!writes) {
            var stack = new Bart(c, encoder, decoder, null, null);
            return bare ? stack : ReadingEncoderDecoder.with(stack, json, architecture, w, c.dModel, normal, 2);
        }
        Embedding words = decoder.words;
        boolean tied = c.tieWordEmbeddings
                && !w.at("lm_head").differs("weight", words.weight().path());
        Linear head =
                tied ? words.asHead() : DenseLinear.load(w.at("lm_head"), c.dModel, c.decoderVocabSize, false, normal);
        Parameter bias = w.has("final_logits_bias")
                ? w.get("final_logits_bias", Init.ZEROS, "one", 1, "vocab", c.decoderVocabSize)
                        .fixed()
                : null;
        return new Bart(c, encoder, decoder, head, bias);
    }

    /// Whether nothing is tied, and the file has a table of words for each side: then nothing reads the shared one.
    static boolean apart(Weights w, boolean tied) {
        return !tied
                && w.at("encoder").at("embed_tokens").has("weight")
                && w.at("decoder").at("embed_tokens").has("weight");
    }

    private static Embedding table(Weights w, Config c, int vocabSize, Init init) {
        return new Embedding(w.get("weight", init, "vocab", vocabSize, "hidden", c.dModel), c.padTokenId);
    }

    private static Side side(Weights w, Config c, Embedding words, boolean decodes) {
        boolean learned = c.learnedPositions();
        Weights p = w.at("embed_positions");
        int offset = learned ? 2 : 0;
        Init init = learned ? new Init.Normal(c.initStd) : new Init.Sinusoidal(WAVES);
        Parameter positions = learned || p.has("weight")
                ? p.get("weight", init, "positions", c.maxPositionEmbeddings + offset, "hidden", c.dModel)
                : null;
        return new Side(
                words,
                learned || positions == null ? positions : positions.fixed(),
                positions == null ? sinusoids(c) : null,
                offset,
                c.scaleEmbedding ? Math.sqrt(c.dModel) : 1,
                learned ? LayerNorm.load(w.at("layernorm_embedding"), c.dModel, 1e-5) : null,
                TransformerStack.load(
                        w,
                        new TransformerStack.Sizes(
                                decodes ? c.decoderLayers : c.encoderLayers,
                                c.dModel,
                                decodes ? c.decoderAttentionHeads : c.encoderAttentionHeads,
                                decodes ? c.decoderFfnDim : c.encoderFfnDim,
                                Activations.of(c.activationFunction),
                                c.order(),
                                decodes,
                                true,
                                c.initStd)));
    }

    private static Tensor sinusoids(Config c) {
        return SinusoidalPosition.table(Arena.ofAuto(), c.maxPositionEmbeddings, c.dModel, WAVES);
    }

    @Override
    public Set<String> encoderArguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask");
    }

    @Override
    public Encoded encode(Inputs inputs) {
        Tensor x = inputs.embeddings("", encoder::embed, config.dModel);
        int B = x.shape().size(0);
        int T = x.shape().size(1);
        Pass pass = inputs.pass("", B, T);
        return Encoded.of(encoder.forward(x, pass, null), pass.padding());
    }

    @Override
    public Decoder decoder(Encoded encoded) {
        return new Over(this, encoded);
    }

    @Override
    public int startTokenId() {
        Integer start = config.decoderStartTokenId == null ? config.bosTokenId : config.decoderStartTokenId;
        return start == null ? config.padTokenId : start;
    }

    @Override
    public int padTokenId() {
        return config.padTokenId;
    }

    @Override
    public boolean hasHead() {
        return lmHead != null;
    }

    /// mBART has no start token: a text begins with its last token, which names the language.
    @Override
    public Tensor started(Tensor labels) {
        Tensor ids = EncoderDecoder.super.started(labels);
        if (config.modelType.equals("mbart")) {
            int T = labels.shape().size(1);
            for (int b = 0; b < labels.shape().size(0); b++) {
                int last = -1;
                for (int t = 0; t < T; t++) {
                    int id = (int) labels.memory().get((long) b * T + t);
                    last += id == -100 || id == config.padTokenId ? 0 : 1;
                }
                int at = Math.floorMod(last, T);
                double language = labels.memory().get((long) b * T + at);
                ids.memory().set((long) b * T, language == -100 ? config.padTokenId : language);
            }
        }
        return ids;
    }
}
