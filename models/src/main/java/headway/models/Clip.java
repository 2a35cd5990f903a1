package headway.models;

import headway.io.ConfigReader;
import headway.kernels.DType;
import headway.nn.ClassToken;
import headway.nn.DenseLinear;
import headway.nn.Embedding;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.image.PatchEmbedding;
import headway.nn.loss.LabelLoss;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.LearnedPosition;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.LogScaleOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.RmsNormOp;
import headway.tensor.op.ScaleOp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// CLIP: an encoder of texts and one of images, trained so that a text and its image point the same way.
///
/// [Radford et al. 2021](https://arxiv.org/abs/2103.00020). Weight names are those of Hugging Face's
/// `CLIPModel`. A side that is null is not loaded: the models of one side alone.
///
/// @param logitScale logarithm of the inverse temperature; null for one side alone
public record Clip(Texts texts, Linear textProjection, Images images, Linear visualProjection, Parameter logitScale)
        implements Model {
    /// Sizes of one side, with the names of `text_config` and `vision_config`.
    ///
    /// @param vocabSize of texts, as are maxPositionEmbeddings and eosTokenId; the last three are of images
    public record Side(
            int hiddenSize,
            int intermediateSize,
            int projectionDim,
            int numHiddenLayers,
            int numAttentionHeads,
            String hiddenAct,
            double layerNormEps,
            int vocabSize,
            int maxPositionEmbeddings,
            int eosTokenId,
            int imageSize,
            int patchSize,
            int numChannels) {
        public Side {
            if (hiddenSize < 1 || numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
        }
    }

    /// The encoder of texts, which nobody looks ahead in.
    public record Texts(Side config, Embedding words, LearnedPosition positions, List<Vit.Block> layers, LayerNorm norm)
            implements Layer {}

    /// The encoder of images.
    ///
    /// @param positions `(1 + patches, hidden)`
    public record Images(
            Side config,
            PatchEmbedding patches,
            ClassToken token,
            Parameter positions,
            LayerNorm before,
            List<Vit.Block> layers,
            LayerNorm after)
            implements Layer {
        /// Patches behind the class token, with their positions, normed: `(batch, seq, hidden)`.
        Tensor embedded(Inputs inputs) {
            Side c = config;
            Tensor pixels = inputs.required(
                    "pixel_values",
                    inputs.numbers(
                            "pixel_values",
                            "batch",
                            Inputs.ANY,
                            "channels",
                            c.numChannels,
                            "height",
                            c.imageSize,
                            "width",
                            c.imageSize));
            int B = pixels.shape().size(0);
            Tensor seen = patches.forward(pixels);
            int N = seen.shape().size(1) * seen.shape().size(2);
            Tensor x = token.forward(seen.view(Shape.of("batch", B, "seq", N, "hidden", c.hiddenSize)));
            return before.forward(new AddOp(x, positions.tensor()).run());
        }
    }

    /// The values of an image's patches behind the last block.
    public record Patches(Images images) implements TextEncoder {
        @Override
        public Set<String> arguments() {
            return Set.of("pixel_values");
        }

        @Override
        public Tensor encode(Inputs inputs) {
            return run(images.layers, images.embedded(inputs), new Pass(null, null, null, inputs.dropout()));
        }
    }

    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(
                family("clip", List.of("CLIPModel", "CLIPForImageClassification"), ""),
                family("clip_text_model", List.of("CLIPTextModelWithProjection", "CLIPTextModel"), "text_model."),
                family(
                        "clip_vision_model",
                        List.of("CLIPVisionModelWithProjection", "CLIPVisionModel"),
                        "vision_model."));
    }

    private static Family family(String modelType, List<String> heads, String stack) {
        return new Family(
                modelType,
                heads,
                List.of(),
                stack,
                List.of(
                        "text_projection.",
                        "visual_projection.",
                        "text_model.",
                        "vision_model.",
                        "logit_scale",
                        "classifier."),
                name -> name.endsWith("embeddings.position_ids"),
                Clip::load);
    }

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("projectionDim", 512),
            Map.entry("numHiddenLayers", 12),
            Map.entry("hiddenAct", "quick_gelu"),
            Map.entry("layerNormEps", 1e-5),
            Map.entry("vocabSize", 49408),
            Map.entry("maxPositionEmbeddings", 77),
            Map.entry("eosTokenId", 49407),
            Map.entry("imageSize", 224),
            Map.entry("patchSize", 32),
            Map.entry("numChannels", 3));

    /// The sizes of an encoder of images.
    static Side vision(JsonNode json, String file) {
        return side(json, file, false);
    }

    /// One side's config. What early files hold beside it, `text_config_dict`, counts in its place, with the usual
    /// values of all that it leaves out.
    private static JsonNode part(JsonNode json, String key) {
        JsonNode early = json.path(key + "_dict");
        return early.isObject() ? early : json.path(key);
    }

    private static Side side(JsonNode json, String file, boolean text) {
        var defaults = new java.util.HashMap<>(DEFAULTS);
        defaults.put("hiddenSize", text ? 512 : 768);
        defaults.put("intermediateSize", text ? 2048 : 3072);
        defaults.put("numAttentionHeads", text ? 8 : 12);
        return ConfigReader.read(json, Side.class, file, defaults);
    }

    /// Reads a config and builds the model, or one side of it, from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        if (architecture.endsWith("ForImageClassification")) {
            return classes(json, file, w);
        }
        boolean both = architecture.equals("CLIPModel");
        Texts texts = null;
        Images images = null;
        if (both || architecture.contains("Text")) {
            texts = texts(w.at("text_model"), side(both ? part(json, "text_config") : json, file, true));
        }
        if (both || architecture.contains("Vision")) {
            images = images(w.at("vision_model"), side(both ? part(json, "vision_config") : json, file, false));
        }
        boolean projects = both || architecture.endsWith("WithProjection");
        int shared = json.path("projection_dim").asInt(512);
        return new Clip(
                texts,
                texts == null || !projects ? null : projection(w.at("text_projection"), texts.config, shared),
                images,
                images == null || !projects ? null : projection(w.at("visual_projection"), images.config, shared),
                both
                        ? w.get(
                                "logit_scale",
                                new Init.Constant(
                                        json.path("logit_scale_init_value").asDouble(2.6592)))
                        : null);
    }

    /// The class of an image, from the mean of its patches.
    private static EncoderModel classes(JsonNode json, String file, Weights w) {
        Images images = images(w.at("vision_model"), side(part(json, "vision_config"), file, false));
        int D = images.config.hiddenSize;
        var classifier =
                DenseLinear.load(w.at("classifier"), D, Labels.count(json), true, new Init.Normal(1 / Math.sqrt(D)));
        var mean =
                Projection.of(new Projection.WithoutFirst(), new Projection.Mean(), new Projection.Plain(classifier));
        return new EncoderModel(
                new Patches(images), new EncoderHead.SequenceClassification(mean, Labels.problemType(json)));
    }

    private static Linear projection(Weights w, Side c, int shared) {
        return DenseLinear.load(w, c.hiddenSize, shared, false, new Init.Normal(1 / Math.sqrt(c.hiddenSize)));
    }

    private static Texts texts(Weights w, Side c) {
        Init init = new Init.Normal(0.02);
        Weights e = w.at("embeddings");
        return new Texts(
                c,
                Embedding.load(e.at("token_embedding"), c.vocabSize, c.hiddenSize, init),
                LearnedPosition.load(e.at("position_embedding"), c.maxPositionEmbeddings, c.hiddenSize, init),
                layers(w, c, new Mask.Causal()),
                LayerNorm.load(w.at("final_layer_norm"), c.hiddenSize, c.layerNormEps));
    }

    static Images images(Weights w, Side c) {
        Init init = new Init.Normal(0.02);
        Weights e = w.at("embeddings");
        int patches = (c.imageSize / c.patchSize) * (c.imageSize / c.patchSize);
        return new Images(
                c,
                PatchEmbedding.load(e.at("patch_embedding"), c.numChannels, c.patchSize, c.hiddenSize, false, init),
                new ClassToken(List.of(e.get("class_embedding", init, "hidden", c.hiddenSize))),
                e.at("position_embedding").get("weight", init, "positions", patches + 1, "hidden", c.hiddenSize),
                LayerNorm.load(w.at("pre_layrnorm"), c.hiddenSize, c.layerNormEps),
                layers(w, c, new Mask.Bidirectional()),
                LayerNorm.load(w.at("post_layernorm"), c.hiddenSize, c.layerNormEps));
    }

    private static List<Vit.Block> layers(Weights w, Side c, Mask mask) {
        return IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(w.at("encoder").at("layers").at(i), c, mask, i))
                .toList();
    }

    private static Vit.Block block(Weights w, Side c, Mask mask, int layer) {
        int D = c.hiddenSize;
        int headDim = D / c.numAttentionHeads;
        Weights a = w.at("self_attn");
        Weights m = w.at("mlp");
        Init in = new Init.Normal(1 / Math.sqrt(2.0 * D * c.numHiddenLayers));
        Init out = new Init.Normal(1 / Math.sqrt(D));
        return new Vit.Block(
                LayerNorm.load(w.at("layer_norm1"), D, c.layerNormEps),
                new GroupedQueryAttention(
                        DenseLinear.load(a.at("q_proj"), D, D, true, in),
                        DenseLinear.load(a.at("k_proj"), D, D, true, in),
                        DenseLinear.load(a.at("v_proj"), D, D, true, in),
                        DenseLinear.load(a.at("out_proj"), D, D, true, out),
                        null,
                        null,
                        null,
                        headDim,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), mask, layer)),
                LayerNorm.load(w.at("layer_norm2"), D, c.layerNormEps),
                new Mlp(
                        DenseLinear.load(m.at("fc1"), D, c.intermediateSize, true, out),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(m.at("fc2"), c.intermediateSize, D, true, in)));
    }

    @Override
    public Set<String> arguments() {
        if (logitScale != null) {
            return Set.of("input_ids", "attention_mask", "position_ids", "pixel_values", "return_loss");
        }
        return texts != null ? Set.of("input_ids", "attention_mask", "position_ids") : Set.of("pixel_values");
    }

    /// Where texts are the same from call to call, `text_embeds` of an earlier one can take their place.
    ///
    /// The contrastive loss comes where `return_loss` asks for it, or a gradient does.
    @Override
    public Tensor forward(Inputs inputs) {
        boolean both = logitScale != null;
        String part = both ? "vision_model_output." : "";
        Tensor image = images == null ? null : Trace.part(part, () -> seen(inputs, part));
        String other = both ? "text_model_output." : "";
        boolean known = both && inputs.has("text_embeds");
        Tensor text = texts == null || known ? null : Trace.part(other, () -> read(inputs, other));
        if (!both) {
            return null;
        }
        Tensor t = known
                ? inputs.numbers("text_embeds", "texts", Inputs.ANY, "hidden", textProjection.out())
                : direction(text);
        Tensor i = direction(image);
        Trace.put("text_embeds", t);
        Trace.put("image_embeds", i);
        Tensor cosines = new MatMulOp(t, i, true).run();
        Tensor named = cosines.view(
                Shape.of("texts", t.shape().size(0), "images", i.shape().size(0)));
        Tensor perText = new LogScaleOp(named, logitScale.tensor()).run();
        Tensor perImage = new ContiguousOp(perText.permute("images", "texts")).run();
        Trace.put("logits_per_text", perText);
        Trace.put("logits_per_image", perImage);
        boolean asked = inputs.has("return_loss")
                && inputs.values().get("return_loss").memory().get(0) != 0;
        if (!asked && !Tape.running()) {
            return null;
        }
        int B = t.shape().size(0);
        if (B != i.shape().size(0)) {
            throw new ShapeException("[clip] %d texts and %d images; the loss needs a pair of each"
                    .formatted(B, i.shape().size(0)));
        }
        Tensor pairs = Tensor.of(Shape.of("batch", B), IntStream.range(0, B).toArray());
        Tensor sum = new AddOp(LabelLoss.mean(perText, pairs), LabelLoss.mean(perImage, pairs)).run();
        Tensor loss = new ScaleOp(sum, 0.5).run();
        Trace.put("loss", loss);
        return loss;
    }

    /// `x / |x|`, row by row.
    private static Tensor direction(Tensor x) {
        double root = Math.sqrt(x.shape().last().size());
        return new ScaleOp(new RmsNormOp(x, null, 0, 0).run(), 1 / root).run();
    }

    private static Tensor run(List<Vit.Block> layers, Tensor first, Pass pass) {
        Tensor x = first;
        Trace.next("hidden_states", x);
        for (Vit.Block block : layers) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            Trace.next("hidden_states", x);
        }
        return x;
    }

    private Tensor seen(Inputs inputs, String part) {
        Tensor x = images.embedded(inputs);
        x = run(images.layers, x, new Pass(null, null, null, inputs.dropout()));
        Trace.put(part + "last_hidden_state", x);
        Tensor pooled = images.after.forward(new Projection.Token(0).forward(x, inputs));
        return projected(pooled, visualProjection, part, "image_embeds");
    }

    private Tensor read(Inputs inputs, String part) {
        Side c = texts.config;
        Tensor ids = inputs.required("input_ids", inputs.integers("input_ids", "batch", Inputs.ANY, "seq", Inputs.ANY));
        int B = ids.shape().size(0);
        int T = ids.shape().size(1);
        Pass pass = inputs.pass("", B, T);
        Tensor x = new AddOp(texts.words.forward(ids), texts.positions.forward(pass.positions())).run();
        x = texts.norm.forward(run(texts.layers, x, pass));
        Trace.put(part + "last_hidden_state", x);
        Tensor ends = ends(ids, c.eosTokenId);
        Tensor rows = x.view(Shape.of("row", B * T, "hidden", c.hiddenSize));
        return projected(new EmbeddingOp(rows, ends, -1).run(), textProjection, part, "text_embeds");
    }

    /// What a side gives: the pooled value, projected where there is a projection. One side alone returns a projected
    /// value under its own name.
    private Tensor projected(Tensor pooled, Linear projection, String part, String name) {
        Tensor value = projection == null ? pooled : projection.forward(pooled);
        Trace.put(projection == null || logitScale != null ? part + "pooler_output" : name, value);
        return value;
    }

    /// The row of each text's end token: the first `eos`, or the largest id where the config has the 2
    /// that early files hold in error.
    private static Tensor ends(Tensor ids, int eos) {
        int B = ids.shape().size(0);
        int T = ids.shape().size(1);
        Tensor ends = Tensor.allocate(Shape.of("batch", B), DType.I32);
        for (int b = 0; b < B; b++) {
            int at = 0;
            double best = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < T; t++) {
                double id = ids.memory().get((long) b * T + t);
                double score = eos == 2 ? id : id == eos ? 1 : 0;
                if (score > best) {
                    best = score;
                    at = t;
                }
            }
            ends.memory().set(b, b * T + at);
        }
        return ends;
    }
}
