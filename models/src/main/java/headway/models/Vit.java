package headway.models;

import headway.io.ConfigReader;
import headway.nn.ClassToken;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.GroupedQueryAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.image.PatchEmbedding;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// ViT and DeiT: a pre-norm encoder over the patches of an image and a class token; DeiT has a second
/// one, which learned from a teacher.
///
/// [Dosovitskiy et al. 2020](https://arxiv.org/abs/2010.11929), [Touvron et al.
/// 2020](https://arxiv.org/abs/2012.12877). Weight names are those of Hugging Face's files.
public record Vit(Config config, Embeddings embeddings, List<Block> layer, LayerNorm layernorm) implements TextEncoder {
    /// Field names are those of `config.json`.
    public record Config(
            String modelType,
            int hiddenSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int intermediateSize,
            String hiddenAct,
            double initializerRange,
            double layerNormEps,
            int imageSize,
            int patchSize,
            int numChannels,
            boolean qkvBias,
            Integer poolerOutputSize,
            String poolerAct) {
        public Config {
            if (hiddenSize < 1 || numAttentionHeads < 1 || hiddenSize % numAttentionHeads != 0) {
                throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                        .formatted(hiddenSize, numAttentionHeads));
            }
            if (patchSize < 1 || imageSize < patchSize) {
                throw new IllegalArgumentException(
                        "image_size (%d) holds no patch of patch_size (%d)".formatted(imageSize, patchSize));
            }
            poolerOutputSize = poolerOutputSize == null ? Integer.valueOf(hiddenSize) : poolerOutputSize;
        }

        boolean distilled() {
            return modelType.equals("deit");
        }
    }

    /// Patches, tokens before them, and places.
    ///
    /// @param positions `(1, tokens + patches, hidden)`
    public record Embeddings(PatchEmbedding patches, ClassToken tokens, Parameter positions) implements Layer {}

    /// One block.
    public record Block(LayerNorm before, GroupedQueryAttention attention, LayerNorm after, Mlp mlp) implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            if (pass.dropout() == null) {
                Tensor h = attention.forward(before.forward(x), pass, x);
                return mlp.forward(after.forward(h), h);
            }
            Tensor h = new AddOp(x, pass.drop(attention.forward(before.forward(x), pass, null))).run();
            return new AddOp(h, pass.drop(mlp.forward(after.forward(h), null))).run();
        }
    }

    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(
                family("vit", List.of("ViTForImageClassification", "ViTModel"), "ViTModel"),
                family(
                        "deit",
                        List.of("DeiTForImageClassification", "DeiTForImageClassificationWithTeacher", "DeiTModel"),
                        "DeiTModel"));
    }

    private static Family family(String type, List<String> heads, String bare) {
        return new Family(
                type,
                heads,
                List.of(bare),
                type + ".",
                List.of("classifier.", "cls_classifier.", "distillation_classifier.", "pooler.", type + ".pooler."),
                name -> name.endsWith("embeddings.mask_token"),
                Vit::load);
    }

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("hiddenAct", "gelu"),
            Map.entry("initializerRange", 0.02),
            Map.entry("layerNormEps", 1e-12),
            Map.entry("imageSize", 224),
            Map.entry("patchSize", 16),
            Map.entry("numChannels", 3),
            Map.entry("qkvBias", true),
            Map.entry("poolerAct", "tanh"));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        boolean bare = architecture.endsWith("Model");
        Weights at = bare ? w : w.at(c.modelType);
        Init init = new Init.TruncatedNormal(c.initializerRange);
        Vit stack = stack(at, c, init);
        EncoderHead head;
        if (bare) {
            head = new EncoderHead.Bare(at.at("pooler").at("dense").has("weight") ? pooler(at, c, init) : null);
        } else if (architecture.endsWith("WithTeacher")) {
            head = new EncoderHead.Distilled(
                    classifier(w.at("cls_classifier"), 0, json, c),
                    classifier(w.at("distillation_classifier"), 1, json, c));
        } else {
            head = new EncoderHead.SequenceClassification(
                    classifier(w.at("classifier"), 0, json, c), Labels.problemType(json));
        }
        return new EncoderModel(stack, head);
    }

    private static Projection classifier(Weights w, int token, JsonNode json, Config c) {
        return Projection.of(
                new Projection.Token(token),
                new Projection.Plain(DenseLinear.load(
                        w, c.hiddenSize, Labels.count(json), true, new Init.Normal(c.initializerRange))));
    }

    private static Projection pooler(Weights at, Config c, Init init) {
        return Projection.of(
                new Projection.Token(0),
                new Projection.Activated(
                        DenseLinear.load(at.at("pooler").at("dense"), c.hiddenSize, c.poolerOutputSize, true, init),
                        Activations.of(c.poolerAct)));
    }

    private static Vit stack(Weights w, Config c, Init init) {
        Weights e = w.at("embeddings");
        int D = c.hiddenSize;
        int patches = (c.imageSize / c.patchSize) * (c.imageSize / c.patchSize);
        var tokens = new ArrayList<Parameter>();
        tokens.add(e.get("cls_token", init, "one", 1, "seq", 1, "hidden", D));
        if (c.distilled()) {
            tokens.add(e.get("distillation_token", init, "one", 1, "seq", 1, "hidden", D));
        }
        var embeddings = new Embeddings(
                PatchEmbedding.load(
                        e.at("patch_embeddings").at("projection"), c.numChannels, c.patchSize, D, true, init),
                new ClassToken(tokens),
                e.get("position_embeddings", init, "one", 1, "seq", patches + tokens.size(), "hidden", D));
        List<Block> layer = IntStream.range(0, c.numHiddenLayers)
                .mapToObj(i -> block(w.at("encoder").at("layer").at(i), c, i, init))
                .toList();
        return new Vit(c, embeddings, layer, LayerNorm.load(w.at("layernorm"), D, c.layerNormEps));
    }

    private static Block block(Weights w, Config c, int layer, Init init) {
        Weights a = w.at("attention").at("attention");
        int D = c.hiddenSize;
        int headDim = D / c.numAttentionHeads;
        return new Block(
                LayerNorm.load(w.at("layernorm_before"), D, c.layerNormEps),
                new GroupedQueryAttention(
                        DenseLinear.load(a.at("query"), D, D, c.qkvBias, init),
                        DenseLinear.load(a.at("key"), D, D, c.qkvBias, init),
                        DenseLinear.load(a.at("value"), D, D, c.qkvBias, init),
                        DenseLinear.load(w.at("attention").at("output").at("dense"), D, D, true, init),
                        null,
                        null,
                        null,
                        headDim,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), new Mask.Bidirectional(), layer)),
                LayerNorm.load(w.at("layernorm_after"), D, c.layerNormEps),
                new Mlp(
                        DenseLinear.load(w.at("intermediate").at("dense"), D, c.intermediateSize, true, init),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(w.at("output").at("dense"), c.intermediateSize, D, true, init)));
    }

    @Override
    public Set<String> arguments() {
        return Set.of("pixel_values");
    }

    @Override
    public Tensor encode(Inputs inputs) {
        Tensor pixels = inputs.required(
                "pixel_values",
                inputs.numbers(
                        "pixel_values",
                        "batch",
                        Inputs.ANY,
                        "channels",
                        config.numChannels,
                        "height",
                        Inputs.ANY,
                        "width",
                        Inputs.ANY));
        if (pixels.dim("height") != config.imageSize || pixels.dim("width") != config.imageSize) {
            throw new ShapeException("[trace] pixel_values has shape %s; expected images of image_size=%d"
                    .formatted(pixels.shape(), config.imageSize));
        }
        Tensor patches = embeddings.patches.forward(pixels);
        int B = pixels.shape().size(0);
        int N = patches.shape().size(1) * patches.shape().size(2);
        Tensor x = embeddings.tokens.forward(patches.view(Shape.of("batch", B, "seq", N, "hidden", config.hiddenSize)));
        int T = x.shape().size(1);
        Tensor positions = embeddings.positions.tensor().view(Shape.of("seq", T, "hidden", config.hiddenSize));
        Pass pass = inputs.pass("", B, T);
        x = pass.drop(new AddOp(x, positions).run());
        Trace.next("hidden_states", x);
        for (Block block : layer) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
            Trace.next("hidden_states", x);
        }
        return layernorm.forward(x);
    }
}
