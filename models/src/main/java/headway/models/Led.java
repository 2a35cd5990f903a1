package headway.models;

import headway.io.ConfigReader;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.Encoded;
import headway.nn.attention.LocalGlobalAttention;
import headway.nn.norm.LayerNorm;
import headway.tensor.Tensor;
import headway.tensor.op.ConcatOp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// LED: BART for long texts, whose encoder looks on windows, beside some tokens that see all.
/// [Beltagy et al. 2020](https://arxiv.org/abs/2004.05150), section 7.
///
/// Weight names are those of Hugging Face's `LEDForConditionalGeneration`. The encoder's input is filled up to whole
/// windows; `global_attention_mask` marks the tokens that see all.
///
/// @param bart all of it, the encoder with windows
/// @param window what the length of an input is filled up to a multiple of
public record Led(Bart bart, int window) implements EncoderDecoder {
    /// Field names are those of `config.json`.
    ///
    /// @param attentionWindow a number, or one for each block of the encoder
    public record Config(
            int vocabSize,
            int maxEncoderPositionEmbeddings,
            int maxDecoderPositionEmbeddings,
            int encoderLayers,
            int encoderFfnDim,
            int encoderAttentionHeads,
            int decoderLayers,
            int decoderFfnDim,
            int decoderAttentionHeads,
            String activationFunction,
            int dModel,
            double initStd,
            int padTokenId,
            Integer bosTokenId,
            Integer decoderStartTokenId,
            JsonNode attentionWindow,
            boolean tieWordEmbeddings) {
        int window(int layer) {
            int window = attentionWindow.isArray() ? attentionWindow.path(layer).asInt(0) : attentionWindow.asInt(512);
            if (window < 2 || window % 2 != 0) {
                throw new IllegalArgumentException(
                        "attention_window of block %d is %d; expected an even number, at least 2"
                                .formatted(layer, window));
            }
            return window;
        }

        /// The same as BART has it.
        Bart.Config bart() {
            return new Bart.Config(
                    "led",
                    vocabSize,
                    vocabSize,
                    maxDecoderPositionEmbeddings,
                    encoderLayers,
                    encoderFfnDim,
                    encoderAttentionHeads,
                    decoderLayers,
                    decoderFfnDim,
                    decoderAttentionHeads,
                    activationFunction,
                    dModel,
                    initStd,
                    false,
                    padTokenId,
                    bosTokenId,
                    decoderStartTokenId,
                    true,
                    tieWordEmbeddings);
        }

        TransformerStack.Sizes sizes(boolean decodes) {
            return new TransformerStack.Sizes(
                    decodes ? decoderLayers : encoderLayers,
                    dModel,
                    decodes ? decoderAttentionHeads : encoderAttentionHeads,
                    decodes ? decoderFfnDim : encoderFfnDim,
                    Activations.of(activationFunction),
                    TransformerStack.Order.AFTER,
                    decodes,
                    true,
                    initStd);
        }
    }

    static final Family FAMILY = new Family(
            "led",
            List.of("LEDForConditionalGeneration", "LEDForQuestionAnswering", "LEDModel"),
            List.of("LEDModel"),
            "led.",
            List.of("lm_head.", "final_logits_bias", "qa_outputs."),
            // Copies of the shared table, or that one where each side has its own.
            name -> name.endsWith("embed_tokens.weight") || name.endsWith("shared.weight"),
            Led::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("maxEncoderPositionEmbeddings", 16384),
            Map.entry("maxDecoderPositionEmbeddings", 1024),
            Map.entry("activationFunction", "gelu"),
            Map.entry("initStd", 0.02),
            Map.entry("padTokenId", 1),
            Map.entry("decoderStartTokenId", 2),
            Map.entry("tieWordEmbeddings", true));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        boolean bare = architecture.equals("LEDModel");
        Weights at = bare ? w : w.at("led");
        Init normal = new Init.Normal(c.initStd);
        Weights e = at.at("encoder");
        Weights d = at.at("decoder");
        boolean apart = Bart.apart(at, c.tieWordEmbeddings);
        Embedding words = table(apart ? d.at("embed_tokens") : at.at("shared"), c, normal);
        Embedding read = apart ? table(e.at("embed_tokens"), c, normal) : words;
        TransformerStack reading =
                TransformerStack.load(e, c.sizes(false), (a, layer) -> attention(a, c, layer, normal));
        TransformerStack writing = TransformerStack.load(d, c.sizes(true));
        Bart.Side encoder = side(e, c, read, c.maxEncoderPositionEmbeddings, reading);
        Bart.Side decoder = side(d, c, words, c.maxDecoderPositionEmbeddings, writing);
        int widest = IntStream.range(0, c.encoderLayers).map(c::window).max().orElse(2);
        if (!architecture.endsWith("ForConditionalGeneration")) {
            var stack = new Led(new Bart(c.bart(), encoder, decoder, null, null), widest);
            return bare ? stack : ReadingEncoderDecoder.with(stack, json, architecture, w, c.dModel, normal, 2);
        }
        boolean own = !c.tieWordEmbeddings
                || w.at("lm_head").differs("weight", words.weight().path());
        Parameter bias = w.has("final_logits_bias")
                ? w.get("final_logits_bias", Init.ZEROS, "one", 1, "vocab", c.vocabSize)
                        .fixed()
                : null;
        return new Led(
                new Bart(
                        c.bart(),
                        encoder,
                        decoder,
                        own ? DenseLinear.load(w.at("lm_head"), c.dModel, c.vocabSize, false, normal) : words.asHead(),
                        bias),
                widest);
    }

    private static Embedding table(Weights w, Config c, Init init) {
        return new Embedding(w.get("weight", init, "vocab", c.vocabSize, "hidden", c.dModel), c.padTokenId);
    }

    private static Bart.Side side(Weights w, Config c, Embedding shared, int positions, TransformerStack stack) {
        Parameter table = w.at("embed_positions")
                .get("weight", new Init.Normal(c.initStd), "positions", positions, "hidden", c.dModel);
        LayerNorm norm = LayerNorm.load(w.at("layernorm_embedding"), c.dModel, 1e-5);
        return new Bart.Side(shared, table, null, 0, 1, norm, stack);
    }

    private static LocalGlobalAttention attention(Weights w, Config c, int layer, Init init) {
        Weights a = w.at("longformer_self_attn");
        int D = c.dModel;
        return new LocalGlobalAttention(
                DenseLinear.load(a.at("query"), D, D, true, init),
                DenseLinear.load(a.at("key"), D, D, true, init),
                DenseLinear.load(a.at("value"), D, D, true, init),
                DenseLinear.load(a.at("query_global"), D, D, true, init),
                DenseLinear.load(a.at("key_global"), D, D, true, init),
                DenseLinear.load(a.at("value_global"), D, D, true, init),
                DenseLinear.load(w.at("output"), D, D, true, init),
                c.encoderAttentionHeads,
                c.window(layer) / 2);
    }

    @Override
    public Set<String> encoderArguments() {
        return Set.of("input_ids", "inputs_embeds", "attention_mask", "global_attention_mask");
    }

    @Override
    public Encoded encode(Inputs inputs) {
        Tensor x = inputs.embeddings("", bart.encoder()::embed, bart.config().dModel());
        int B = x.shape().size(0);
        int T = x.shape().size(1);
        int whole = (T + window - 1) / window * window;
        Pass plain = inputs.pass("", B, T);
        // What fills windows up is seen by nobody; any place will do.
        Tensor places = Longformer.filled(plain.positions(), B, whole, 0);
        if (whole > T) {
            Tensor pads = Longformer.filled(null, B, whole - T, bart.config().padTokenId());
            x = new ConcatOp(List.of(x, bart.encoder().embed(pads)), "seq").run();
        }
        Tensor marks = Longformer.marked(inputs, B, T, whole);
        Tensor states =
                bart.encoder().forward(x, places, new Pass(plain.positions(), marks, null, inputs.dropout()), null);
        return Encoded.of(states, plain.padding());
    }

    @Override
    public Decoder decoder(Encoded encoded) {
        return bart.decoder(encoded);
    }

    @Override
    public int startTokenId() {
        return bart.startTokenId();
    }

    @Override
    public int padTokenId() {
        return bart.padTokenId();
    }

    @Override
    public boolean hasHead() {
        return bart.hasHead();
    }
}
