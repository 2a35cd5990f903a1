package headway.models;

import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.Encoded;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.SessionCache;
import headway.nn.position.SinusoidalPosition;
import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// M2M-100 and NLLB: translation between any two of a hundred or two hundred languages; mBART with computed positions,
/// which count tokens that are not padding.
/// [Fan et al. 2020](https://arxiv.org/abs/2010.11125), [NLLB Team 2022](https://arxiv.org/abs/2207.04672).
///
/// Weight names are those of Hugging Face's `M2M100ForConditionalGeneration`.
///
/// @param lmHead null for the bare model
public record M2m100(Config config, Bart.Side encoder, Bart.Side decoder, Linear lmHead) implements EncoderDecoder {
    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
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
            int decoderStartTokenId,
            boolean tieWordEmbeddings) {
        public Config {
            for (int heads : new int[] {encoderAttentionHeads, decoderAttentionHeads}) {
                if (heads < 1 || dModel % heads != 0 || dModel % 2 != 0) {
                    throw new IllegalArgumentException(
                            "d_model (%d) must be even and a multiple of the numbers of heads (%d and %d)"
                                    .formatted(dModel, encoderAttentionHeads, decoderAttentionHeads));
                }
            }
        }
    }

    static final Family FAMILY = new Family(
            "m2m_100",
            List.of("M2M100ForConditionalGeneration", "M2M100Model"),
            List.of("M2M100Model"),
            "model.",
            List.of("lm_head."),
            // Copies of the shared table, or that one where each side has its own, and positions that are computed.
            name -> name.endsWith("embed_tokens.weight")
                    || name.endsWith("shared.weight")
                    || name.endsWith("embed_positions.weights"),
            M2m100::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("maxPositionEmbeddings", 1024),
            Map.entry("activationFunction", "relu"),
            Map.entry("initStd", 0.02),
            Map.entry("scaleEmbedding", true),
            Map.entry("padTokenId", 1),
            Map.entry("decoderStartTokenId", 2),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static M2m100 load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        boolean bare = architecture.endsWith("Model");
        Weights at = bare ? w : w.at("model");
        Init normal = new Init.Normal(c.initStd);
        boolean apart = Bart.apart(at, c.tieWordEmbeddings);
        Embedding words = table(apart ? at.at("decoder").at("embed_tokens") : at.at("shared"), c, normal);
        Embedding read = apart ? table(at.at("encoder").at("embed_tokens"), c, normal) : words;
        Tensor waves = waves(c);
        Bart.Side encoder = side(at.at("encoder"), c, read, waves, false);
        Bart.Side decoder = side(at.at("decoder"), c, words, waves, true);
        if (bare) {
            return new M2m100(c, encoder, decoder, null);
        }
        boolean tied = c.tieWordEmbeddings
                && !w.at("lm_head").differs("weight", words.weight().path());
        Linear head = tied ? words.asHead() : DenseLinear.load(w.at("lm_head"), c.dModel, c.vocabSize, false, normal);
        return new M2m100(c, encoder, decoder, head);
    }

    private static Embedding table(Weights w, Config c, Init init) {
        return new Embedding(w.get("weight", init, "vocab", c.vocabSize, "hidden", c.dModel), c.padTokenId);
    }

    /// A row for each place, the first one behind that of padding, which is 0.
    private static Tensor waves(Config c) {
        int rows = c.maxPositionEmbeddings + c.padTokenId + 1;
        Tensor table = SinusoidalPosition.table(Arena.ofAuto(), rows, c.dModel, SinusoidalPosition.Layout.CONCATENATED);
        for (int d = 0; d < c.dModel; d++) {
            table.memory().set((long) c.padTokenId * c.dModel + d, 0);
        }
        return table;
    }

    private static Bart.Side side(Weights w, Config c, Embedding words, Tensor waves, boolean decodes) {
        var sizes = new TransformerStack.Sizes(
                decodes ? c.decoderLayers : c.encoderLayers,
                c.dModel,
                decodes ? c.decoderAttentionHeads : c.encoderAttentionHeads,
                decodes ? c.decoderFfnDim : c.encoderFfnDim,
                Activations.of(c.activationFunction),
                TransformerStack.Order.BEFORE,
                decodes,
                true,
                c.initStd);
        double scale = c.scaleEmbedding ? Math.sqrt(c.dModel) : 1;
        return new Bart.Side(words, null, waves, c.padTokenId + 1, scale, null, TransformerStack.load(w, sizes));
    }

    /// Where tokens stand, `(batch, seq)`: those that are not padding count, behind the `seen` tokens of earlier
    /// passes;
    /// padding stands before the first.
    private Tensor places(Tensor ids, int seen) {
        int T = ids.shape().size(1);
        int[] places = ids.toInts();
        for (int i = 0, count = 0; i < places.length; i++) {
            count = i % T == 0 ? 0 : count;
            places[i] = places[i] == config.padTokenId ? -1 : seen + count++;
        }
        return Tensor.of(ids.shape(), places);
    }

    /// The decoder with an input that is encoded.
    private static final class Over implements Decoder {
        private final M2m100 model;
        private final Encoded encoded;

        /// The tokens of the pass that is about to come; null where it begins with vectors.
        private Tensor read;

        Over(M2m100 model, Encoded encoded) {
            this.model = model;
            this.encoded = encoded;
        }

        @Override
        public Tensor embed(Tensor ids) {
            read = ids;
            return model.decoder.embed(ids);
        }

        @Override
        public Tensor hidden(Tensor embeddings, Pass pass) {
            Tensor at = read == null ? pass.positions() : model.places(read, pass.seen());
            read = null;
            return model.decoder.forward(embeddings, at, pass, encoded);
        }

        @Override
        public Tensor logits(Tensor hidden) {
            return model.lmHead.forward(hidden);
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
                    c.vocabSize, c.dModel, c.decoderLayers, heads, heads, c.dModel / heads, c.maxPositionEmbeddings, 0);
        }

        @Override
        public int positionLimit() {
            return model.config.maxPositionEmbeddings;
        }
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
        boolean counts = inputs.has("input_ids") && inputs.segments() == null;
        Tensor at = counts ? places(inputs.integers("input_ids", "batch", B, "seq", T), 0) : pass.positions();
        return Encoded.of(encoder.forward(x, at, pass, null), pass.padding());
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
