package headway.models;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.cache.SessionCache;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.ActivationOp;
import headway.tensor.op.ConcatOp;
import headway.tensor.op.ContiguousOp;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// LLaVA: the patches of an image, as CLIP sees them, projected into the vectors of a language model's prompt.
/// [Liu et al. 2023](https://arxiv.org/abs/2304.08485), [2023](https://arxiv.org/abs/2310.03744).
///
/// Weight names are those of files of Hugging Face's `LlavaForConditionalGeneration`, older or newer ones.
///
/// @param text the language model with its head
public record Llava(Config config, Clip.Images vision, Projector projector, CausalModel text) implements SeeingDecoder {
    /// Field names are those of `config.json`.
    ///
    /// @param imageTokenIndex id of the tokens that stand for patches; newer files say imageTokenId
    /// @param visionFeatureLayer which of the values between blocks are taken: a number, or several side by side
    /// @param visionFeatureSelectStrategy `default` without the class token, `full` with it
    public record Config(
            Integer imageTokenIndex,
            Integer imageTokenId,
            String projectorHiddenAct,
            JsonNode visionFeatureLayer,
            String visionFeatureSelectStrategy,
            boolean multimodalProjectorBias,
            boolean tieWordEmbeddings) {
        public Config {
            if (!List.of("default", "full").contains(visionFeatureSelectStrategy)) {
                throw new IllegalArgumentException("vision_feature_select_strategy is '%s'; expected default or full"
                        .formatted(visionFeatureSelectStrategy));
            }
            imageTokenIndex = imageTokenIndex == null ? imageTokenId : imageTokenIndex;
            imageTokenIndex = imageTokenIndex == null ? Integer.valueOf(32000) : imageTokenIndex;
        }

        /// Numbers of the values that are taken, counted from the front.
        List<Integer> features(int layers) {
            var chosen = new ArrayList<Integer>();
            if (visionFeatureLayer.isArray()) {
                visionFeatureLayer.forEach(n -> chosen.add(n.asInt()));
            } else {
                chosen.add(visionFeatureLayer.asInt(-2));
            }
            chosen.replaceAll(n -> n < 0 ? layers + 1 + n : n);
            if (chosen.stream().anyMatch(n -> n < 0 || n > layers)) {
                throw new IllegalArgumentException("vision_feature_layer is %s; the vision model has %d blocks"
                        .formatted(visionFeatureLayer, layers));
            }
            return chosen;
        }
    }

    /// `linear2(f(linear1(x)))`.
    public record Projector(Linear linear1, Activation activation, Linear linear2) implements Layer {
        Tensor forward(Tensor x) {
            return linear2.forward(new ActivationOp(linear1.forward(x), activation).run());
        }
    }

    /// The language model with images before its eyes: one batch of prompts, read whole, and what follows them.
    private static final class Over implements Decoder {
        private final Llava model;
        private final Tensor features;
        private int width;

        /// @param features `(patches, hidden)` of all images
        Over(Llava model, Tensor features) {
            this.model = model;
            this.features = features;
        }

        @Override
        public Tensor embed(Tensor ids) {
            int T = ids.shape().size(1);
            if (T == 1) {
                return model.embed(ids);
            }
            width = width == 0 ? T : width;
            return model.placed(ids, FeaturePlaces.marks(ids, width), features);
        }

        @Override
        public Tensor hidden(Tensor embeddings, Pass pass) {
            return model.hidden(embeddings, pass);
        }

        @Override
        public Tensor logits(Tensor hidden) {
            return model.logits(hidden);
        }

        @Override
        public SessionCache newCache(int tokens) {
            return model.newCache(tokens);
        }

        @Override
        public Sizes sizes() {
            return model.sizes();
        }

        @Override
        public int positionLimit() {
            return model.positionLimit();
        }

        @Override
        public boolean readsPromptsWhole() {
            return true;
        }
    }

    static final Family FAMILY = new Family(
            "llava",
            List.of("LlavaForConditionalGeneration"),
            List.of(),
            "",
            List.of("lm_head.", "language_model.lm_head."),
            name -> name.endsWith("rotary_emb.inv_freq") || name.endsWith("embeddings.position_ids"),
            Llava::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("projectorHiddenAct", "gelu"),
            Map.entry("visionFeatureSelectStrategy", "default"),
            Map.entry("multimodalProjectorBias", true),
            Map.entry("tieWordEmbeddings", false));

    /// Reads a config and builds the model from `w`.
    static Llava load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        ObjectNode said = completed(json.path("text_config"), c);
        Family family = Families.of(said, file);
        String head = family.heads().getFirst();
        if (!family.stack().equals("model.") || !ReadingDecoder.continues(head)) {
            throw new ConfigException(
                    "[config] %s: text_config.model_type '%s' is no language model that llava can take"
                            .formatted(file, family.modelType()));
        }
        String kind = json.path("vision_config").path("model_type").asString("clip_vision_model");
        if (!kind.equals("clip_vision_model")) {
            throw new ConfigException(
                    "[config] %s: vision_config.model_type '%s' is not known here; known: clip_vision_model"
                            .formatted(file, kind));
        }
        // Some files have all but the head below `model`; those of transformers 4 have one more level in the tower.
        boolean newer = w.at("model").at("multi_modal_projector").at("linear_1").has("weight");
        Weights top = newer ? w.at("model") : w;
        Weights tower = top.at("vision_tower");
        boolean deep = tower.at("vision_model").at("embeddings").has("class_embedding")
                && !tower.at("embeddings").has("class_embedding");
        Clip.Images vision =
                Clip.images(deep ? tower.at("vision_model") : tower, Clip.vision(json.path("vision_config"), file));
        CausalModel text = (CausalModel) family.loader()
                .load(said, file, head, newer ? w.moved("model", "model.language_model") : w.at("language_model"));
        int D = text.sizes().hiddenSize();
        int wide = vision.config().hiddenSize()
                * c.features(vision.layers().size()).size();
        Weights p = top.at("multi_modal_projector");
        var normal = new Init.Normal(0.02);
        var projector = new Projector(
                DenseLinear.load(p.at("linear_1"), wide, D, c.multimodalProjectorBias, normal),
                Activations.of(c.projectorHiddenAct),
                DenseLinear.load(p.at("linear_2"), D, D, c.multimodalProjectorBias, normal));
        return new Llava(c, vision, projector, text);
    }

    /// What files leave out of a Llama's config.
    private static ObjectNode completed(JsonNode text, Config c) {
        if (!text.isObject()) {
            throw new ConfigException("[config] llava needs the object text_config");
        }
        ObjectNode said = ((ObjectNode) text).deepCopy();
        if (!said.has("model_type")) {
            said.put("model_type", "llama");
        }
        if (said.path("model_type").asString("").equals("llama")) {
            Map.of(
                            "vocab_size", 32000,
                            "hidden_size", 4096,
                            "intermediate_size", 11008,
                            "num_hidden_layers", 32,
                            "num_attention_heads", 32)
                    .forEach((key, value) -> {
                        if (!said.has(key)) {
                            said.put(key, value);
                        }
                    });
        }
        return c.tieWordEmbeddings ? said.put("tie_word_embeddings", true) : said;
    }

    @Override
    public Set<String> arguments() {
        var all = new LinkedHashSet<>(text.arguments());
        all.addAll(imageArguments());
        return all;
    }

    @Override
    public Set<String> imageArguments() {
        return Set.of("pixel_values");
    }

    @Override
    public int imageToken() {
        return config.imageTokenIndex;
    }

    @Override
    public int imageTokens() {
        int side = vision.config().imageSize() / vision.config().patchSize();
        return side * side + (config.visionFeatureSelectStrategy.equals("default") ? 0 : 1);
    }

    @Override
    public Decoder seeing(Inputs inputs, Arena arena) {
        if (!inputs.has("pixel_values")) {
            return text;
        }
        try (var workspace = new Workspace()) {
            return new Over(this, workspace.run(() -> {
                Tensor seen = features(inputs);
                return Tensor.owned(arena, seen.shape(), seen.dtype()).assign(seen);
            }));
        }
    }

    @Override
    public UnaryOperator<Tensor> embedder(Inputs inputs) {
        if (!inputs.has("pixel_values")) {
            return this::embed;
        }
        Tensor features = Trace.unseen(() -> features(inputs));
        Trace.put("image_hidden_states", features);
        return ids -> placed(ids, ids, features);
    }

    /// The vectors of all patches, `(patches, hidden)`.
    private Tensor features(Inputs inputs) {
        Tensor x = vision.embedded(inputs);
        List<Integer> chosen = config.features(vision.layers().size());
        var values = new ArrayList<Tensor>();
        Pass pass = new Pass(null, null, null, inputs.dropout());
        values.add(x);
        int last = chosen.stream().mapToInt(n -> n).max().orElse(0);
        for (Vit.Block block : vision.layers().subList(0, last)) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            values.add(x);
        }
        int skipped = config.visionFeatureSelectStrategy.equals("default") ? 1 : 0;
        int N = x.shape().size(1) - skipped;
        List<Tensor> parts = chosen.stream()
                .map(n -> new ContiguousOp(values.get(n).narrow("seq", skipped, N)).run())
                .toList();
        Tensor wide = parts.size() == 1
                ? parts.getFirst()
                : new ConcatOp(parts, parts.getFirst().shape().last().name()).run();
        Tensor projected = projector.forward(wide);
        return projected.view(Shape.of(
                "patches",
                x.shape().size(0) * N,
                "hidden",
                projected.shape().last().size()));
    }

    /// The vectors of a prompt's tokens, with those of patches in their places.
    private Tensor placed(Tensor ids, Tensor marks, Tensor features) {
        return new FeaturePlaces("llava", "image", config.imageTokenIndex).fill(marks, text.embed(ids), features);
    }

    @Override
    public Linear lmHead() {
        return text.lmHead();
    }

    @Override
    public Tensor embed(Tensor ids) {
        return text.embed(ids);
    }

    @Override
    public Tensor hidden(Tensor embeddings, Pass pass) {
        return text.hidden(embeddings, pass);
    }

    @Override
    public Tensor logits(Tensor hidden) {
        return text.logits(hidden);
    }

    @Override
    public SessionCache newCache(int tokens) {
        return text.newCache(tokens);
    }

    @Override
    public Sizes sizes() {
        return text.sizes();
    }

    @Override
    public int positionLimit() {
        return text.positionLimit();
    }

    @Override
    public boolean readsPromptsWhole() {
        return text.readsPromptsWhole();
    }
}
