package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Linear;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.Encoded;
import headway.nn.ffn.Experts;
import headway.nn.ffn.FeedForward;
import headway.nn.ffn.MixtureOfExperts;
import headway.nn.ffn.Mlp;
import headway.nn.ffn.SwitchRouter;
import headway.nn.loss.SwitchLoss;
import headway.nn.score.BucketBias.Sides;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ScaleOp;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Switch Transformers: T5 some of whose blocks send each token to one expert, which has room for so many of a text.
/// [Fedus et al. 2021](https://arxiv.org/abs/2101.03961).
///
/// Weight names are those of Hugging Face's `SwitchTransformersForConditionalGeneration`. Where the input
/// `output_router_logits` is not 0, routers are shown and their losses belong to the loss.
///
/// @param reader the encoder with its table of words, and writer the decoder with its own: where nothing is tied, there
/// are
///     two
public record Switch(Config config, T5 reader, T5 writer) implements EncoderDecoder {
    /// Field names are those of `config.json`, beside those of T5.
    ///
    /// @param numSparseEncoderLayers blocks of the encoder with experts, spread evenly
    public record Config(
            int dModel,
            int dFf,
            int numLayers,
            Integer numDecoderLayers,
            int numSparseEncoderLayers,
            int numSparseDecoderLayers,
            int numExperts,
            int expertCapacity,
            boolean routerBias,
            double routerZLossCoef,
            double routerAuxLossCoef,
            String denseActFn,
            double initializerFactor,
            boolean tieWordEmbeddings,
            boolean outputRouterLogits) {
        public Config {
            numDecoderLayers = numDecoderLayers == null ? Integer.valueOf(numLayers) : numDecoderLayers;
            if (numExperts < 1 || expertCapacity < 1) {
                throw new IllegalArgumentException("num_experts (%d) and expert_capacity (%d): expected at least 1"
                        .formatted(numExperts, expertCapacity));
            }
        }

        /// Every how many-th block has experts.
        int step(Sides sides) {
            int layers = sides == Sides.BEHIND ? numDecoderLayers : numLayers;
            int sparse = sides == Sides.BEHIND ? numSparseDecoderLayers : numSparseEncoderLayers;
            return sparse > 0 ? layers / sparse : layers;
        }

        boolean hasExperts(int layer, Sides sides) {
            int step = step(sides);
            return step > 0 && (layer % step == 1 || step == 1);
        }
    }

    private static final String NAME = "SwitchTransformers";

    static final Family FAMILY = new Family(
            "switch_transformers",
            List.of(NAME + "ForConditionalGeneration", NAME + "Model", NAME + "EncoderModel"),
            List.of(),
            "",
            List.of("lm_head.", "decoder."),
            // Copies of the shared table, and a bias that early files hold in vain.
            stored -> stored.endsWith("embed_tokens.weight")
                    || stored.equals("shared.weight")
                    || stored.endsWith("EncDecAttention.relative_attention_bias.weight"),
            Switch::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("numSparseEncoderLayers", 3),
            Map.entry("numSparseDecoderLayers", 3),
            Map.entry("numExperts", 8),
            Map.entry("expertCapacity", 64),
            Map.entry("routerBias", false),
            Map.entry("routerZLossCoef", 0.001),
            Map.entry("routerAuxLossCoef", 0.001),
            Map.entry("denseActFn", "relu"),
            Map.entry("initializerFactor", 1.0),
            Map.entry("tieWordEmbeddings", true),
            Map.entry("outputRouterLogits", false));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        // Where it is null there are as many as the encoder has; where it is left out, as many as in the first files.
        Config c = ConfigReader.read(
                json.has("num_decoder_layers") ? json : ((ObjectNode) json.deepCopy()).put("num_decoder_layers", 12),
                Config.class,
                file,
                DEFAULTS);
        var defaults = new HashMap<>(T5.DEFAULTS);
        defaults.put("feedForwardProj", c.denseActFn);
        defaults.put("denseActFn", c.denseActFn);
        defaults.put("numDecoderLayers", c.numDecoderLayers);
        defaults.put("tieWordEmbeddings", true);
        T5.Config t5 = ConfigReader.read(json, T5.Config.class, file, defaults);
        Init table = new Init.Normal(c.initializerFactor);
        Embedding read = words(w, "encoder", c, t5.vocabSize(), null);
        Embedding written = words(w, "decoder", c, t5.vocabSize(), read);
        T5.Stack encoder = T5.stack(
                w.at("encoder"), t5, c.numLayers, Sides.BOTH, (m, i) -> feedForward(m.at("mlp"), c, i, Sides.BOTH));
        if (architecture.endsWith("EncoderModel")) {
            return new EncoderModel(new T5.Encoder(t5, read, encoder), new EncoderHead.Bare(null));
        }
        T5.Stack decoder = T5.stack(
                w.at("decoder"),
                t5,
                c.numDecoderLayers,
                Sides.BEHIND,
                (m, i) -> feedForward(m.at("mlp"), c, i, Sides.BEHIND));
        if (!architecture.endsWith("ForConditionalGeneration")) {
            return new Switch(c, new T5(t5, read, encoder, decoder, null), new T5(t5, written, encoder, decoder, null));
        }
        boolean own = !c.tieWordEmbeddings
                || w.at("lm_head").differs("weight", written.weight().path());
        Linear head =
                own ? DenseLinear.load(w.at("lm_head"), c.dModel, t5.vocabSize(), false, table) : written.asHead();
        return new Switch(c, new T5(t5, read, encoder, decoder, head), new T5(t5, written, encoder, decoder, head));
    }

    /// The table of a side: the shared one, but where nothing is tied and the file has another.
    ///
    /// @param other that of the other side, which may be the same
    private static Embedding words(Weights w, String side, Config c, int vocabSize, Embedding other) {
        Weights own = w.at(side).at("embed_tokens");
        boolean shares = c.tieWordEmbeddings || !own.differs("weight", "shared.weight");
        if (shares && other != null && other.path().equals("shared.weight")) {
            return other;
        }
        return Embedding.load(shares ? w.at("shared") : own, vocabSize, c.dModel, new Init.Normal(c.initializerFactor));
    }

    private static FeedForward feedForward(Weights w, Config c, int layer, Sides sides) {
        double f = c.initializerFactor;
        Init in = new Init.Normal(f / Math.sqrt(c.dModel));
        if (!c.hasExperts(layer, sides)) {
            return mlp(w, c, in, new Init.Normal(f / Math.sqrt(c.dFf)));
        }
        Linear classifier = DenseLinear.load(
                w.at("router").at("classifier"), c.dModel, c.numExperts, c.routerBias, new Init.Normal(f));
        return new MixtureOfExperts(
                new SwitchRouter(classifier, c.expertCapacity),
                new Experts.Separate(IntStream.range(0, c.numExperts)
                        .mapToObj(e -> mlp(w.at("experts").at("expert_" + e), c, in, in))
                        .toList()),
                null);
    }

    private static Mlp mlp(Weights w, Config c, Init in, Init out) {
        Activation activation = Activations.of(c.denseActFn);
        return new Mlp(
                DenseLinear.load(w.at("wi"), c.dModel, c.dFf, false, in),
                activation,
                DenseLinear.load(w.at("wo"), c.dFf, c.dModel, false, out));
    }

    @Override
    public Set<String> arguments() {
        var all = new LinkedHashSet<>(EncoderDecoder.super.arguments());
        all.add("output_router_logits");
        return all;
    }

    @Override
    public Tensor balance(Inputs inputs, List<Tensor> reading, List<Tensor> writing) {
        boolean asked = inputs.has("output_router_logits")
                ? inputs.values().get("output_router_logits").memory().get(0) != 0
                : config.outputRouterLogits;
        if (!asked) {
            return null;
        }
        int B = inputs.has("input_ids")
                ? inputs.values().get("input_ids").shape().size(0)
                : inputs.values().get("inputs_embeds").shape().size(0);
        Tensor first = of("encoder_", reading, B, config.step(Sides.BOTH));
        Tensor second = of("decoder_", writing, B, config.step(Sides.BEHIND));
        return first == null ? second : second == null ? first : new AddOp(first, second).run();
    }

    /// Shows the routers of a side and gives their losses; none where every block, or only one in name, has experts.
    private Tensor of(String side, List<Tensor> scores, int B, int step) {
        for (int i = 0; i < scores.size(); i++) {
            Tensor s = scores.get(i);
            int E = s.shape().size(1);
            Trace.put(
                    side + "router_logits." + i,
                    s.view(Shape.of("batch", B, "seq", s.shape().size(0) / B, "experts", E)));
        }
        if (step <= 1 || scores.isEmpty()) {
            return null;
        }
        Tensor size = SwitchLoss.size(scores);
        Tensor balance = SwitchLoss.balance(scores, B);
        Trace.put(side + "z_loss", size);
        Trace.put(side + "aux_loss", balance);
        return new AddOp(
                        new ScaleOp(size, config.routerZLossCoef).run(),
                        new ScaleOp(balance, config.routerAuxLossCoef).run())
                .run();
    }

    @Override
    public Set<String> encoderArguments() {
        return reader.encoderArguments();
    }

    @Override
    public Encoded encode(Inputs inputs) {
        return reader.encode(inputs);
    }

    @Override
    public Decoder decoder(Encoded encoded) {
        return writer.decoder(encoded);
    }

    @Override
    public int startTokenId() {
        return writer.startTokenId();
    }

    @Override
    public int padTokenId() {
        return writer.padTokenId();
    }

    @Override
    public boolean hasHead() {
        return writer.hasHead();
    }
}
