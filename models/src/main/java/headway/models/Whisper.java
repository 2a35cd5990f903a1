package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.Encoded;
import headway.nn.audio.Convolution;
import headway.nn.cache.GrowingCache;
import headway.nn.cache.SessionCache;
import headway.nn.position.LearnedPosition;
import headway.nn.position.SinusoidalPosition;
import headway.tensor.Tensor;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.AddOp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Whisper: two convolutions over the log-mel spectrum of half a minute of sound, an encoder, and a
/// decoder that writes what was said.
///
/// [Radford et al. 2022](https://arxiv.org/abs/2212.04356). Weight names are those of Hugging Face's
/// `WhisperForConditionalGeneration`.
///
/// @param head null for the bare model
public record Whisper(Config config, Listener encoder, Writer decoder, Linear head) implements EncoderDecoder {
    /// Field names are those of `config.json`.
    public record Config(
            int vocabSize,
            int numMelBins,
            int encoderLayers,
            int encoderAttentionHeads,
            int encoderFfnDim,
            int decoderLayers,
            int decoderAttentionHeads,
            int decoderFfnDim,
            int dModel,
            String activationFunction,
            double initStd,
            int maxSourcePositions,
            int maxTargetPositions,
            int padTokenId,
            int decoderStartTokenId,
            boolean tieWordEmbeddings) {}

    /// The encoder.
    ///
    /// @param positions `(positions, hidden)`: they start as waves
    public record Listener(Convolution conv1, Convolution conv2, Parameter positions, TransformerStack stack)
            implements Layer {}

    /// The decoder.
    public record Writer(Embedding words, LearnedPosition positions, TransformerStack stack) implements Layer {}

    static final Family FAMILY = new Family(
            "whisper",
            List.of("WhisperForConditionalGeneration", "WhisperModel"),
            List.of("WhisperModel"),
            "model.",
            List.of("proj_out."),
            name -> false,
            Whisper::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("numMelBins", 80),
            Map.entry("activationFunction", "gelu"),
            Map.entry("initStd", 0.02),
            Map.entry("maxSourcePositions", 1500),
            Map.entry("maxTargetPositions", 448),
            Map.entry("padTokenId", 50256),
            Map.entry("decoderStartTokenId", 50257),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        boolean bare = architecture.equals("WhisperModel");
        Weights at = bare ? w : w.at("model");
        Init normal = new Init.Normal(c.initStd);
        Weights e = at.at("encoder");
        Weights d = at.at("decoder");
        var waves = new Init.Sinusoidal(SinusoidalPosition.Layout.CONCATENATED);
        var encoder = new Listener(
                Convolution.load(e.at("conv1"), c.numMelBins, c.dModel, 3, 1, normal),
                Convolution.load(e.at("conv2"), c.dModel, c.dModel, 3, 2, normal),
                e.at("embed_positions").get("weight", waves, "positions", c.maxSourcePositions, "hidden", c.dModel),
                stack(e, c, false));
        Parameter words = d.at("embed_tokens").get("weight", normal, "vocab", c.vocabSize, "hidden", c.dModel);
        var decoder = new Writer(
                new Embedding(words, c.padTokenId),
                LearnedPosition.load(d.at("embed_positions"), c.maxTargetPositions, c.dModel, normal),
                stack(d, c, true));
        if (bare) {
            return new Whisper(c, encoder, decoder, null);
        }
        boolean tied = c.tieWordEmbeddings && !w.at("proj_out").differs("weight", words.path());
        Linear head = tied
                ? decoder.words.asHead()
                : DenseLinear.load(w.at("proj_out"), c.dModel, c.vocabSize, false, normal);
        return new Whisper(c, encoder, decoder, head);
    }

    private static TransformerStack stack(Weights w, Config c, boolean decodes) {
        return TransformerStack.load(
                w,
                new TransformerStack.Sizes(
                        decodes ? c.decoderLayers : c.encoderLayers,
                        c.dModel,
                        decodes ? c.decoderAttentionHeads : c.encoderAttentionHeads,
                        decodes ? c.decoderFfnDim : c.encoderFfnDim,
                        Activations.of(c.activationFunction),
                        TransformerStack.Order.BEFORE,
                        decodes,
                        false,
                        c.initStd));
    }

    @Override
    public Set<String> encoderArguments() {
        return Set.of("input_features");
    }

    @Override
    public Encoded encode(Inputs inputs) {
        Tensor features = inputs.required(
                "input_features",
                inputs.numbers(
                        "input_features",
                        "batch",
                        Inputs.ANY,
                        "mel",
                        config.numMelBins,
                        "seq",
                        2 * config.maxSourcePositions));
        Tensor x = features.permute("batch", "seq", "mel").copy();
        x = new ActivationOp(encoder.conv1.forward(x), Activation.GELU).run();
        x = new ActivationOp(encoder.conv2.forward(x), Activation.GELU).run();
        Pass pass = inputs.pass("encoder_", x.shape().size(0), x.shape().size(1));
        x = pass.drop(new AddOp(x, encoder.positions.tensor()).run());
        return Encoded.of(encoder.stack.forward(x, pass, null), null);
    }

    /// The decoder with an input that is encoded.
    private record Over(Whisper model, Encoded encoded) implements Decoder {
        @Override
        public Tensor embed(Tensor ids) {
            // `scale_embedding` is in the config, but the reference has never scaled.
            return model.decoder.words.forward(ids);
        }

        @Override
        public Tensor hidden(Tensor embeddings, Pass pass) {
            Tensor places = model.decoder.positions.forward(pass.positions());
            Tensor x = pass.drop(new AddOp(embeddings, places).run());
            return model.decoder.stack.forward(x, pass, encoded);
        }

        @Override
        public Tensor logits(Tensor hidden) {
            return model.head.forward(hidden);
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
                    c.vocabSize, c.dModel, c.decoderLayers, heads, heads, c.dModel / heads, c.maxTargetPositions, 0);
        }

        @Override
        public int positionLimit() {
            return model.config.maxTargetPositions;
        }
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
        return head != null;
    }
}
