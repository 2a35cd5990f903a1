package headway.models;

import headway.io.ConfigReader;
import headway.kernels.attention.Visibility;
import headway.nn.DenseLinear;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.Mlp;
import headway.nn.image.PatchEmbedding;
import headway.nn.image.Windows;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.score.WindowBias;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AddOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Swin: attention inside windows that are shifted in every second block, over maps that grow coarser stage by stage.
///
/// [Liu et al. 2021](https://arxiv.org/abs/2103.14030). Weight names are those of Hugging Face's files.
public record Swin(
        Config config,
        PatchEmbedding patches,
        LayerNorm embedNorm,
        Parameter positions,
        List<Stage> layers,
        LayerNorm layernorm)
        implements TextEncoder {
    /// Field names are those of `config.json`.
    public record Config(
            int imageSize,
            int patchSize,
            int numChannels,
            int embedDim,
            List<Integer> depths,
            List<Integer> numHeads,
            int windowSize,
            double mlpRatio,
            boolean qkvBias,
            String hiddenAct,
            boolean useAbsoluteEmbeddings,
            double initializerRange,
            double layerNormEps) {
        public Config {
            if (depths.size() != numHeads.size() || depths.isEmpty()) {
                throw new IllegalArgumentException("depths has %d entries, num_heads has %d; expected one a stage"
                        .formatted(depths.size(), numHeads.size()));
            }
            for (int i = 0; i < depths.size(); i++) {
                if (numHeads.get(i) < 1 || (embedDim << i) % numHeads.get(i) != 0) {
                    throw new IllegalArgumentException("width %d of stage %d must be a multiple of its num_heads (%d)"
                            .formatted(embedDim << i, i, numHeads.get(i)));
                }
            }
            if (windowSize < 1 || patchSize < 1) {
                throw new IllegalArgumentException(
                        "window_size (%d), patch_size (%d): expected at least 1".formatted(windowSize, patchSize));
            }
        }
    }

    /// Blocks at one resolution, and what makes the map coarser after them.
    ///
    /// @param mergeNorm null in the last stage, and reduction
    public record Stage(List<Block> blocks, LayerNorm mergeNorm, Linear reduction) implements Layer {
        /// Four neighbours become one token of twice the width.
        Tensor merged(Tensor map) {
            return reduction == null
                    ? map
                    : reduction.forward(mergeNorm.forward(Windows.squares(Windows.padded(map, 2))));
        }
    }

    /// One block.
    public record Block(LayerNorm before, WindowAttention attention, LayerNorm after, Mlp mlp) implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor h = new AddOp(x, pass.drop(attention.forward(before.forward(x)))).run();
            return new AddOp(h, pass.drop(mlp.forward(after.forward(h), null))).run();
        }
    }

    /// Multi-head attention inside windows of a map `(batch, rows, columns, hidden)`.
    ///
    /// @param shift rows and columns that windows are moved by
    public record WindowAttention(
            Linear qProj,
            Linear kProj,
            Linear vProj,
            Linear oProj,
            WindowBias bias,
            int heads,
            int shift,
            ScaledDotProduct core)
            implements Layer {
        Tensor forward(Tensor map) {
            int side = bias.side();
            int least = Math.min(map.dim("rows"), map.dim("columns"));
            if (least < side) {
                throw new ShapeException("[swin] a map of %s is smaller than the window of %d; give larger pixel_values"
                        .formatted(map.shape(), side));
            }
            // One window that covers the map needs no shift.
            int moved = least <= side ? 0 : shift;
            Tensor padded = Windows.padded(map, side);
            int rows = padded.dim("rows");
            int columns = padded.dim("columns");
            Tensor x = Windows.cut(Windows.rolled(padded, moved), side);
            Tensor added = bias.of(side * side, side * side);
            if (moved > 0) {
                Tensor mask = Windows.shiftMask(rows, columns, side, moved, heads);
                added = new AddOp(mask, added.view(Shape.of("heads", heads, "seq", side * side, "kv_seq", side * side)))
                        .run();
            }
            Tensor o = core.attend(
                    split(qProj.forward(x)), split(kProj.forward(x)), split(vProj.forward(x)), added, Visibility.ALL);
            Tensor joined = Windows.joined(oProj.forward(o), side, rows, columns);
            return Windows.cropped(Windows.rolled(joined, -moved), map.dim("rows"), map.dim("columns"));
        }

        private Tensor split(Tensor x) {
            return x.split("heads", heads, "head_dim", x.shape().last().size() / heads);
        }
    }

    static final Family FAMILY = new Family(
            "swin",
            List.of("SwinForImageClassification", "SwinModel"),
            List.of("SwinModel"),
            "swin.",
            List.of("classifier."),
            name -> name.endsWith("relative_position_index") || name.endsWith("embeddings.mask_token"),
            Swin::load);

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("imageSize", 224),
            Map.entry("patchSize", 4),
            Map.entry("numChannels", 3),
            Map.entry("mlpRatio", 4.0),
            Map.entry("qkvBias", true),
            Map.entry("hiddenAct", "gelu"),
            Map.entry("useAbsoluteEmbeddings", false),
            Map.entry("initializerRange", 0.02),
            Map.entry("layerNormEps", 1e-5));

    /// Reads a config and builds the model with its head from `w`.
    static Model load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        boolean bare = architecture.equals("SwinModel");
        Swin stack = stack(bare ? w : w.at("swin"), c);
        if (bare) {
            return new EncoderModel(stack, new EncoderHead.Bare(new Projection.Mean()));
        }
        int width = c.embedDim << (c.depths.size() - 1);
        var classifier = Projection.of(
                new Projection.Mean(),
                new Projection.Plain(DenseLinear.load(
                        w.at("classifier"), width, Labels.count(json), true, new Init.Normal(c.initializerRange))));
        return new EncoderModel(stack, new EncoderHead.SequenceClassification(classifier, Labels.problemType(json)));
    }

    private static Swin stack(Weights w, Config c) {
        Init init = new Init.Normal(c.initializerRange);
        Weights e = w.at("embeddings");
        int grid = c.imageSize / c.patchSize;
        var stages = new ArrayList<Stage>();
        for (int s = 0; s < c.depths.size(); s++) {
            stages.add(stage(w.at("encoder").at("layers").at(s), c, s, init));
        }
        return new Swin(
                c,
                PatchEmbedding.load(
                        e.at("patch_embeddings").at("projection"), c.numChannels, c.patchSize, c.embedDim, true, init),
                LayerNorm.load(e.at("norm"), c.embedDim, 1e-5),
                c.useAbsoluteEmbeddings
                        ? e.get("position_embeddings", Init.ZEROS, "one", 1, "seq", grid * grid, "hidden", c.embedDim)
                        : null,
                stages,
                LayerNorm.load(w.at("layernorm"), c.embedDim << (c.depths.size() - 1), c.layerNormEps));
    }

    private static Stage stage(Weights w, Config c, int number, Init init) {
        int D = c.embedDim << number;
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < c.depths.get(number); i++) {
            blocks.add(block(w.at("blocks").at(i), c, number, i % 2 == 0 ? 0 : c.windowSize / 2, init));
        }
        if (number == c.depths.size() - 1) {
            return new Stage(blocks, null, null);
        }
        Weights d = w.at("downsample");
        return new Stage(
                blocks,
                LayerNorm.load(d.at("norm"), 4 * D, 1e-5),
                DenseLinear.load(d.at("reduction"), 4 * D, 2 * D, false, init));
    }

    private static Block block(Weights w, Config c, int stage, int shift, Init init) {
        Weights a = w.at("attention").at("self");
        int D = c.embedDim << stage;
        int heads = c.numHeads.get(stage);
        int inner = (int) (c.mlpRatio * D);
        return new Block(
                LayerNorm.load(w.at("layernorm_before"), D, c.layerNormEps),
                new WindowAttention(
                        DenseLinear.load(a.at("query"), D, D, c.qkvBias, init),
                        DenseLinear.load(a.at("key"), D, D, c.qkvBias, init),
                        DenseLinear.load(a.at("value"), D, D, c.qkvBias, init),
                        DenseLinear.load(w.at("attention").at("output").at("dense"), D, D, true, init),
                        WindowBias.load(a, "relative_position_bias_table", c.windowSize, heads),
                        heads,
                        shift,
                        new ScaledDotProduct(1 / Math.sqrt((double) D / heads), new Mask.Bidirectional(), 0)),
                LayerNorm.load(w.at("layernorm_after"), D, c.layerNormEps),
                new Mlp(
                        DenseLinear.load(w.at("intermediate").at("dense"), D, inner, true, init),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(w.at("output").at("dense"), inner, D, true, init)));
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
        Pass pass = new Pass(null, null, null, inputs.dropout());
        Tensor x = embedNorm.forward(patches.forward(patches.padded(pixels)));
        if (positions != null) {
            Shape map = x.shape();
            Tensor flat = tokens(x);
            Tensor places = positions
                    .tensor()
                    .view(Shape.of(
                            "seq",
                            positions.tensor().shape().size(1),
                            "hidden",
                            map.last().size()));
            x = new AddOp(flat, places).run().view(map);
        }
        x = pass.drop(x);
        record(x);
        for (Stage stage : layers) {
            for (int i = 0; i < stage.blocks.size(); i++) {
                Tensor before = x;
                Block block = stage.blocks.get(i);
                Supplier<Tensor> run = () -> Workspace.keeping(() -> block.forward(before, pass));
                // The reference returns the attention weights of each stage's last block.
                x = i == stage.blocks.size() - 1 ? run.get() : Trace.unseen(run);
            }
            x = stage.merged(x);
            record(x);
        }
        return layernorm.forward(tokens(x));
    }

    private static Tensor tokens(Tensor map) {
        Shape s = map.shape();
        return map.view(Shape.of("batch", s.size(0), "seq", s.size(1) * s.size(2), "hidden", s.size(3)));
    }

    private static void record(Tensor map) {
        if (Trace.running()) {
            Trace.next("hidden_states", tokens(map));
        }
        // The reference gives maps of the model alone, not of an encoder below a decoder.
        if (Trace.running() && Trace.alone()) {
            Trace.next(
                    "reshaped_hidden_states",
                    map.permute("batch", map.shape().last().name(), "rows", "columns")
                            .copy());
        }
    }
}
