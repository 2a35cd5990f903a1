package headway.models;

import headway.io.ConfigReader;
import headway.kernels.DType;
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
import headway.nn.ffn.Mlp;
import headway.nn.mask.Mask;
import headway.nn.norm.LayerNorm;
import headway.nn.position.RopeScaling;
import headway.nn.position.RotaryPosition;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.LinearOp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// The eyes of Qwen2-VL: patches of pictures of any size, with rotary positions by row and column; each frame sees
/// itself alone, and squares of patches are merged into one vector each.
/// [Wang et al. 2024](https://arxiv.org/abs/2409.12191), section 2.1.
///
/// - pixels `(patches, channels·frames·patch·patch)`, squares of merged patches one after the other
///   → `(patches / merge², hidden)`
///
/// @param patchEmbed `(hidden, channels, frames, patch, patch)`
/// @param lnQ norm before merging
public record GridTower(Config config, Parameter patchEmbed, List<Block> blocks, LayerNorm lnQ, Mlp merger)
        implements Layer {
    /// Field names are those of `vision_config`.
    ///
    /// @param embedDim width in here, and hiddenSize of the language model
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
        }

        /// Numbers of a patch.
        int patchWidth() {
            return inChannels * temporalPatchSize * patchSize * patchSize;
        }
    }

    /// One block.
    public record Block(LayerNorm norm1, FusedAttention attn, LayerNorm norm2, Mlp mlp) implements Layer {
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
            Map.entry("initializerRange", 0.02));

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
                LayerNorm.load(m.at("ln_q"), D, 1e-6),
                new Mlp(
                        DenseLinear.load(m.at("mlp").at(0), wide, wide, true, init),
                        Activation.GELU,
                        DenseLinear.load(m.at("mlp").at(2), wide, c.hiddenSize, true, init)));
    }

    private static Block block(Weights w, Config c, int layer, RotaryPosition rotary, Init init) {
        int D = c.embedDim;
        int headDim = D / c.numHeads;
        int inner = (int) (D * c.mlpRatio);
        return new Block(
                LayerNorm.load(w.at("norm1"), D, 1e-6),
                new FusedAttention(
                        DenseLinear.load(w.at("attn").at("qkv"), D, 3 * D, true, init),
                        DenseLinear.load(w.at("attn").at("proj"), D, D, true, init),
                        rotary,
                        headDim,
                        new ScaledDotProduct(1 / Math.sqrt(headDim), new Mask.Bidirectional(), layer)),
                LayerNorm.load(w.at("norm2"), D, 1e-6),
                new Mlp(
                        DenseLinear.load(w.at("mlp").at("fc1"), D, inner, true, init),
                        Activations.of(c.hiddenAct),
                        DenseLinear.load(w.at("mlp").at("fc2"), inner, D, true, init)));
    }

    /// @param grids `(frames, rows, columns)` of patches for each picture or video, one after the other
    Tensor forward(Tensor pixels, int[] grids, Dropout dropout) {
        int D = config.embedDim;
        int in = config.patchWidth();
        Frames frames = Frames.of(grids, config.spatialMergeSize, pixels.shape().size(0));
        Tensor map = patchEmbed.tensor().view(Shape.of("hidden", D, "in", in));
        Tensor rows = new LinearOp(pixels, map, null, null, false).run();
        Tensor x = frames.apart(rows);
        Pass pass = new Pass(frames.positions(), frames.padding(), null, dropout);
        for (Block block : blocks) {
            Tensor before = x;
            x = Workspace.keeping(() -> block.forward(before, pass));
        }
        Tensor normed = lnQ.forward(frames.together(x));
        int square = config.spatialMergeSize * config.spatialMergeSize;
        return merger.forward(normed.view(Shape.of("patches", rows.shape().size(0) / square, "in", D * square)), null);
    }

    /// The frames of all pictures: in a batch each is a row, the shorter ones padded.
    ///
    /// @param lengths patches of each
    /// @param places row and column of each patch, frame by frame
    private record Frames(int[] lengths, int[] places) {
        static Frames of(int[] grids, int merge, int patches) {
            int count = 0;
            int total = 0;
            for (int i = 0; i < grids.length; i += 3) {
                boolean fits = grids[i] > 0 && grids[i + 1] > 0 && grids[i + 2] > 0;
                if (!fits || grids[i + 1] % merge != 0 || grids[i + 2] % merge != 0) {
                    throw new ShapeException(
                            "[patches] grid %d is %d frames of %d × %d patches; expected sides that are multiples of %d"
                                    .formatted(i / 3, grids[i], grids[i + 1], grids[i + 2], merge));
                }
                count += grids[i];
                total += grids[i] * grids[i + 1] * grids[i + 2];
            }
            if (total != patches) {
                throw new ShapeException(
                        "[patches] the grids have %d patches together, the pixels %d rows".formatted(total, patches));
            }
            int[] lengths = new int[count];
            int[] places = new int[2 * total];
            int frame = 0;
            int at = 0;
            for (int i = 0; i < grids.length; i += 3) {
                for (int f = 0; f < grids[i]; f++) {
                    lengths[frame++] = grids[i + 1] * grids[i + 2];
                    at = squares(places, at, grids[i + 1], grids[i + 2], merge);
                }
            }
            return new Frames(lengths, places);
        }

        /// Rows and columns of one frame's patches, square after square.
        private static int squares(int[] places, int from, int rows, int columns, int merge) {
            int at = from;
            for (int square = 0; square < rows * columns / (merge * merge); square++) {
                int across = columns / merge;
                for (int patch = 0; patch < merge * merge; patch++) {
                    places[at++] = square / across * merge + patch / merge;
                    places[at++] = square % across * merge + patch % merge;
                }
            }
            return at;
        }

        private int longest() {
            return Arrays.stream(lengths).max().orElse(0);
        }

        private boolean even() {
            return Arrays.stream(lengths).allMatch(n -> n == lengths[0]);
        }

        /// `(patches, hidden)` → `(frames, seq, hidden)`.
        Tensor apart(Tensor rows) {
            int N = longest();
            int D = rows.shape().size(1);
            return even()
                    ? rows.view(Shape.of("batch", lengths.length, "seq", N, "hidden", D))
                    : new EmbeddingOp(rows, index(Shape.of("batch", lengths.length, "seq", N)), -1).run();
        }

        /// The way back.
        Tensor together(Tensor x) {
            int N = longest();
            int D = x.shape().size(2);
            Tensor rows = x.view(Shape.of("patches", lengths.length * N, "hidden", D));
            if (even()) {
                return rows;
            }
            Tensor which = Tensor.allocate(Shape.of("patches", places.length / 2), DType.I32);
            int at = 0;
            for (int f = 0; f < lengths.length; f++) {
                for (int n = 0; n < lengths[f]; n++) {
                    which.memory().set(at++, f * N + n);
                }
            }
            return new EmbeddingOp(rows, which, -1).run();
        }

        /// For each place in the batch the patch that stands there; padding repeats the frame's first.
        private Tensor index(Shape shape) {
            int N = longest();
            Tensor index = Tensor.allocate(shape, DType.I32);
            int first = 0;
            for (int f = 0; f < lengths.length; f++) {
                for (int n = 0; n < N; n++) {
                    index.memory().set((long) f * N + n, first + (n < lengths[f] ? n : 0));
                }
                first += lengths[f];
            }
            return index;
        }

        /// `(frames, seq, 2)`.
        Tensor positions() {
            int N = longest();
            int[] index = index(Shape.of("batch", lengths.length, "seq", N)).toInts();
            Tensor positions = Tensor.allocate(Shape.of("batch", lengths.length, "seq", N, "axes", 2), DType.I32);
            for (int i = 0; i < index.length; i++) {
                positions.memory().set(2L * i, places[2 * index[i]]);
                positions.memory().set(2L * i + 1, places[2 * index[i] + 1]);
            }
            return positions;
        }

        /// `(frames, seq)`, 0 for padding; null where all are equally long.
        Tensor padding() {
            if (even()) {
                return null;
            }
            int N = longest();
            Tensor padding = Tensor.allocate(Shape.of("batch", lengths.length, "kv_seq", N), DType.U8);
            for (int f = 0; f < lengths.length; f++) {
                for (int n = 0; n < N; n++) {
                    padding.memory().set((long) f * N + n, n < lengths[f] ? 1 : 0);
                }
            }
            return padding;
        }
    }
}
