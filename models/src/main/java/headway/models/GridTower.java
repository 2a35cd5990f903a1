package headway.models;

import headway.io.ConfigReader;
import headway.kernels.activation.Activation;
import headway.kernels.rotary.RotaryLayout;
import headway.nn.DenseLinear;
import headway.nn.Dropout;
import headway.nn.Init;
import headway.nn.Layer;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Weights;
import headway.nn.attention.FusedAttention;
import headway.nn.attention.ScaledDotProduct;
import headway.nn.ffn.FeedForward;
import headway.nn.ffn.GatedMlp;
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.norm.Norm;
import headway.nn.norm.RmsNorm;
import headway.nn.position.RopeScaling;
import headway.nn.position.RotaryPosition;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.LinearOp;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The eyes of Qwen2-VL and Qwen2.5-VL: patches of pictures of any size, with rotary positions by row and column; each
/// frame sees itself alone, and squares of patches are merged into one vector each. In Qwen2.5-VL most blocks look at
/// windows, norms have no mean, and what feeds forward is gated.
/// [Wang et al. 2024](https://arxiv.org/abs/2409.12191), section 2.1, [Bai et al.
/// 2025](https://arxiv.org/abs/2502.13923),
/// section 2.1.
///
/// - pixels `(patches, channels·frames·patch·patch)`, squares of merged patches one after the other
///   → `(patches / merge², hidden)`
///
/// @param patchEmbed `(hidden, channels, frames, patch, patch)`
/// @param lnQ norm before merging
public record GridTower(Config config, Parameter patchEmbed, List<Block> blocks, Norm lnQ, Mlp merger)
        implements Layer {
    /// Field names are those of Qwen2-VL's `vision_config`.
    ///
    /// @param embedDim width in here, and hiddenSize of the language model; Qwen2.5-VL calls them `hidden_size` and
    ///     `out_hidden_size`
    /// @param intermediateSize of Qwen2.5-VL; null where `mlpRatio` says it
    /// @param windowSize side of a window in pixels; null where all blocks see the whole frame
    /// @param fullattBlockIndexes blocks that see the whole frame all the same
    /// @param tokensPerSecond what a second of a video adds to positions in time; null where a frame adds 1
    /// @param temporalPatchSize pictures that a patch spans
    /// @param spatialMergeSize patches in either direction that become one vector
    public record Config(
            int depth,
            int embedDim,
            int hiddenSize,
            String hiddenAct,
            double mlpRatio,
            int numHeads,
            int inChannels,
            int patchSize,
            int spatialMergeSize,
            int temporalPatchSize,
            Integer intermediateSize,
            Integer windowSize,
            List<Integer> fullattBlockIndexes,
            Integer tokensPerSecond,
            double initializerRange) {
        public Config {
            if (numHeads < 1 || embedDim % (4 * numHeads) != 0) {
                throw new IllegalArgumentException(
                        "embed_dim (%d) must be a multiple of four times num_heads (%d)".formatted(embedDim, numHeads));
            }
            if (spatialMergeSize < 1) {
                throw new IllegalArgumentException(
                        "spatial_merge_size is %d; expected at least 1".formatted(spatialMergeSize));
            }
            if (windowSize != null && windowSize / spatialMergeSize / patchSize < 1) {
                throw new IllegalArgumentException("window_size (%d) must hold a square of %d × %d patches of %d"
                        .formatted(windowSize, spatialMergeSize, spatialMergeSize, patchSize));
            }
        }

        /// Side of a window in merged patches.
        int window() {
            return windowSize / spatialMergeSize / patchSize;
        }

        boolean seesAll(int block) {
            return windowSize == null || fullattBlockIndexes.contains(block);
        }

        /// Numbers of a patch.
        int patchWidth() {
            return inChannels * temporalPatchSize * patchSize * patchSize;
        }
    }

    /// One block.
    public record Block(Norm norm1, FusedAttention attn, Norm norm2, FeedForward mlp) implements Layer {
        Tensor forward(Tensor x, Pass pass) {
            Tensor h = pass.plus(x, r -> attn.forward(norm1.forward(x), pass, r));
            return pass.plus(h, r -> mlp.forward(norm2.forward(h), r));
        }
    }

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("depth", 32),
            Map.entry("embedDim", 1280),
            Map.entry("hiddenSize", 3584),
            Map.entry("hiddenAct", "quick_gelu"),
            Map.entry("mlpRatio", 4.0),
            Map.entry("numHeads", 16),
            Map.entry("inChannels", 3),
            Map.entry("patchSize", 14),
            Map.entry("spatialMergeSize", 2),
            Map.entry("temporalPatchSize", 2),
            Map.entry("fullattBlockIndexes", List.of(7, 15, 23, 31)),
            Map.entry("initializerRange", 0.02));

    /// Qwen2.5-VL's `vision_config` in Qwen2-VL's words.
    static ObjectNode translated(JsonNode json) {
        ObjectNode said = ((ObjectNode) json).deepCopy();
        said.put("embed_dim", json.path("hidden_size").asInt(3584));
        said.put("hidden_size", json.path("out_hidden_size").asInt(3584));
        said.put("intermediate_size", json.path("intermediate_size").asInt(3420));
        said.put("window_size", json.path("window_size").asInt(112));
        said.put("tokens_per_second", json.path("tokens_per_second").asInt(4));
        return said.put("hidden_act", json.path("hidden_act").asString("silu"));
    }

    /// Reads a `vision_config` and builds the tower from `w`.
    static GridTower load(Weights w, JsonNode json, String file) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        Init init = new Init.Normal(c.initializerRange);
        int D = c.embedDim;
        int headDim = D / c.numHeads;
        double theta = json.path("rope_parameters").path("rope_theta").asDouble(10_000);
        var rotary = new RotaryPosition(
                theta, headDim, new RopeScaling.Axial(2), RotaryLayout.HALF_SPLIT, new int[] {headDim / 4, headDim / 4
                });
        int wide = D * c.spatialMergeSize * c.spatialMergeSize;
        Weights m = w.at("merger");
        return new GridTower(
                c,
                w.at("patch_embed")
                        .at("proj")
                        .get(
                                "weight",
                                init,
                                "hidden",
                                D,
                                "channels",
                                c.inChannels,
                                "frames",
                                c.temporalPatchSize,
                                "height",
                                c.patchSize,
                                "width",
                                c.patchSize),
                IntStream.range(0, c.depth)
                        .mapToObj(i -> block(w.at("blocks").at(i), c, i, rotary, init))
                        .toList(),
                norm(m.at("ln_q"), c),
                new Mlp(
                        DenseLinear.load(m.at("mlp").at(0), wide, wide, true, init),
                        Activation.GELU,
                        DenseLinear.load(m.at("mlp").at(2), wide, c.hiddenSize, true, init)));
    }

    private static Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.embedDim;
        int headDim = D / c.numHeads;
        return new Block(
                norm(w.at("norm1"), c),
                new FusedAttention(
                        DenseLinear.load(w.at("attn").at("qkv"), D, 3 * D, true, init),
                        DenseLinear.load(w.at("attn").at("proj"), D, D, true, init),
                        rotary,
                        headDim,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), new Mask.Bidirectional(), layer)),
                norm(w.at("norm2"), c),
                feedForward(w.at("mlp"), c, init));
    }

    private static Norm norm(Weights w, Config c) {
        return c.windowSize == null ? LayerNorm.load(w, c.embedDim, 1e-6) : RmsNorm.load(w, c.embedDim, 1e-6);
    }

    private static FeedForward feedForward(Weights w, Config c, Init init) {
        int D = c.embedDim;
        if (c.windowSize == null) {
            int inner = (int) (D * c.mlpRatio);
            return new Mlp(
                    DenseLinear.load(w.at("fc1"), D, inner, true, init),
                    Activations.of(c.hiddenAct),
                    DenseLinear.load(w.at("fc2"), inner, D, true, init));
        }
        return new GatedMlp(
                DenseLinear.load(w.at("gate_proj"), D, c.intermediateSize, true, init),
                DenseLinear.load(w.at("up_proj"), D, c.intermediateSize, true, init),
                DenseLinear.load(w.at("down_proj"), c.intermediateSize, D, true, init),
                Activations.of(c.hiddenAct));
    }

    /// @param grids `(frames, rows, columns)` of patches for each picture or video, one after the other
    Tensor forward(Tensor pixels, int[] grids, Dropout dropout) {
        int D = config.embedDim;
        int merge = config.spatialMergeSize;
        PatchGrids patches = PatchGrids.of(grids, merge, pixels.shape().size(0));
        PatchGroups frames = patches.frames();
        PatchGroups windows = config.windowSize == null ? frames : patches.windows(config.window());
        Tensor map = patchEmbed.tensor().view(Shape.of("hidden", D, "in", config.patchWidth()));
        Tensor rows = new LinearOp(pixels, map, null, null, false).run();
        PatchGroups now = config.seesAll(0) ? frames : windows;
        Tensor x = now.apart(rows);
        Pass whole = new Pass(frames.positions(patches.places()), frames.padding(), null, dropout);
        Pass near = new Pass(windows.positions(patches.places()), windows.padding(), null, dropout);
        for (int i = 0; i < blocks.size(); i++) {
            PatchGroups next = config.seesAll(i) ? frames : windows;
            Tensor before = next == now ? x : next.apart(now.together(x));
            Pass pass = next == frames ? whole : near;
            Block block = blocks.get(i);
            x = Workspace.keeping(() -> block.forward(before, pass));
            now = next;
        }
        Tensor normed = lnQ.forward(now.together(x));
        int square = merge * merge;
        return merger.forward(normed.view(Shape.of("patches", rows.shape().size(0) / square, "in", D * square)), null);
    }
}
