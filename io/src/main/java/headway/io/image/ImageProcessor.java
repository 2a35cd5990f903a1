package headway.io.image;

import headway.io.ConfigException;
import headway.io.PreprocessorConfig;
import headway.io.image.PictureSize.Area;
import headway.io.image.PictureSize.ShortestEdge;
import headway.io.image.PictureSize.Sides;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Pictures to the `pixel_values` of ViT, DeiT, Swin, CLIP, Qwen2-VL and their like: resize, centre crop, rescale,
/// normalize,
/// each as `preprocessor_config.json` says.
public final class ImageProcessor {
    private static final double[] IMAGENET_HALF = {0.5, 0.5, 0.5};
    private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
    private static final double[] CLIP_STD = {0.26862954, 0.26130258, 0.27577711};

    /// What each class does where its file is silent.
    private static final Map<String, Config> DEFAULTS = Map.of(
            "ViTImageProcessor",
            new Config(new Sides(224, 224), null, Resampling.BILINEAR, 1 / 255.0, IMAGENET_HALF, IMAGENET_HALF),
            "DeiTImageProcessor",
            new Config(
                    new Sides(256, 256),
                    new Sides(224, 224),
                    Resampling.BICUBIC,
                    1 / 255.0,
                    IMAGENET_HALF,
                    IMAGENET_HALF),
            "CLIPImageProcessor",
            new Config(new ShortestEdge(224), new Sides(224, 224), Resampling.BICUBIC, 1 / 255.0, CLIP_MEAN, CLIP_STD),
            "SiglipImageProcessor",
            new Config(new Sides(224, 224), null, Resampling.BICUBIC, 1 / 255.0, IMAGENET_HALF, IMAGENET_HALF),
            "Qwen2VLImageProcessor",
            new Config(
                    new Area(28, 56 * 56, 28 * 28 * 1280),
                    null,
                    Resampling.BICUBIC,
                    1 / 255.0,
                    CLIP_MEAN,
                    CLIP_STD,
                    new PatchGrid(14, 2, 2)));

    private static final int LARGEST_SIDE = 1 << 14;

    /// @param size null: not resized
    /// @param crop null: not cropped
    /// @param factor 0: not rescaled
    /// @param mean null: not normalized
    /// @param grid null: not cut into patches
    private record Config(
            PictureSize size,
            Sides crop,
            Resampling filter,
            double factor,
            double[] mean,
            double[] std,
            PatchGrid grid) {
        Config(PictureSize size, Sides crop, Resampling filter, double factor, double[] mean, double[] std) {
            this(size, crop, filter, factor, mean, std, null);
        }
    }

    /// `pixel_values` of one picture, shape `(3, height, width)`.
    public record PixelValues(float[] values, int height, int width) {
        /// Number of channels.
        public int channels() {
            return 3;
        }
    }

    /// `pixel_values` of one picture as patches, `(rows·columns, values of a patch)`, and its `image_grid_thw`, which
    /// is
    /// `(1, rows, columns)`.
    ///
    /// @param merge patches in either direction that the model makes one vector of
    public record Patches(float[] values, int rows, int columns, int merge) {
        /// Tokens that stand for the picture in a prompt.
        public int tokens() {
            return rows * columns / (merge * merge);
        }
    }

    private final Config config;

    private ImageProcessor(Config config) {
        this.config = config;
    }

    /// The processor that `folder` describes in `preprocessor_config.json` or `processor_config.json`.
    ///
    /// @throws ConfigException when there is none, or it is of a kind that is not known
    public static ImageProcessor of(Path folder) {
        return of(PreprocessorConfig.read(folder, "image_processor"));
    }

    /// The processor that `file` describes.
    ///
    /// @throws ConfigException when it is of a kind that is not known
    public static ImageProcessor of(PreprocessorConfig file) {
        return new ImageProcessor(new Reader(file.json(), file.path().toString()).config());
    }

    /// What the model reads of `picture`.
    public PixelValues pixelValues(Picture picture) {
        Picture p = config.size == null ? picture : config.size.resize(picture, config.filter);
        if (config.crop != null) {
            p = p.centreCropped(config.crop.width(), config.crop.height());
        }
        int pixels = p.width() * p.height();
        float[] values = new float[3 * pixels];
        for (int c = 0; c < 3; c++) {
            float mean = config.mean == null ? 0 : (float) config.mean[c];
            float std = config.mean == null ? 1 : (float) config.std[c];
            float[] table = new float[256];
            for (int v = 0; v < 256; v++) {
                table[v] = ((config.factor == 0 ? v : (float) (v * config.factor)) - mean) / std;
            }
            for (int i = 0; i < pixels; i++) {
                values[c * pixels + i] = table[p.rgb()[i * 3 + c] & 0xFF];
            }
        }
        return new PixelValues(values, p.height(), p.width());
    }

    /// Whether pictures become [#patches] rather than [#pixelValues].
    public boolean cuts() {
        return config.grid != null;
    }

    /// What a model that takes pictures of any size reads of `picture`; see [#cuts].
    public Patches patches(Picture picture) {
        return config.grid.cut(pixelValues(picture));
    }

    /// Reads one file's fields.
    private record Reader(JsonNode json, String file) {
        Config config() {
            String type = json.path("image_processor_type").stringValue("");
            if (type.isEmpty()) {
                type = json.path("feature_extractor_type").stringValue("ViTFeatureExtractor");
            }
            String name = type.replace("FeatureExtractor", "ImageProcessor").replaceFirst("(Fast|Pil)$", "");
            Config base = DEFAULTS.get(name);
            if (base == null) {
                throw new ConfigException("[image] %s: image_processor_type is %s; known are %s"
                        .formatted(
                                file, type, DEFAULTS.keySet().stream().sorted().toList()));
            }
            boolean square = json.path("default_to_square").booleanValue(!name.equals("CLIPImageProcessor"));
            PatchGrid grid = base.grid == null ? null : grid(base.grid);
            return new Config(
                    !flag("do_resize", base.size != null)
                            ? null
                            : grid == null ? size("size", base.size, square) : area(grid, (Area) base.size),
                    flag("do_center_crop", base.crop != null)
                            ? (Sides) size("crop_size", base.crop == null ? new Sides(224, 224) : base.crop, true)
                            : null,
                    filter(base.filter),
                    flag("do_rescale", true) ? number("rescale_factor", json.path("rescale_factor"), base.factor) : 0,
                    flag("do_normalize", true) ? channels("image_mean", base.mean) : null,
                    flag("do_normalize", true) ? channels("image_std", base.std) : null,
                    grid);
        }

        private PatchGrid grid(PatchGrid otherwise) {
            return new PatchGrid(
                    json.has("patch_size") ? side("patch_size", json.path("patch_size")) : otherwise.patch(),
                    json.has("temporal_patch_size")
                            ? side("temporal_patch_size", json.path("temporal_patch_size"))
                            : otherwise.frames(),
                    json.has("merge_size") ? side("merge_size", json.path("merge_size")) : otherwise.merge());
        }

        /// Bounds of the number of pixels: `min_pixels` and `max_pixels`, or the same in `size` under names that say
        /// something else.
        private Area area(PatchGrid grid, Area otherwise) {
            JsonNode size = json.path("size");
            double least = number("size.shortest_edge", size.path("shortest_edge"), otherwise.least());
            double most = number("size.longest_edge", size.path("longest_edge"), otherwise.most());
            least = number("min_pixels", json.path("min_pixels"), least);
            most = number("max_pixels", json.path("max_pixels"), most);
            if (!(least > 0 && most >= least && most <= Picture.PIXEL_LIMIT)) {
                throw new ConfigException("[image] %s: pictures of %s to %s pixels; expected 1 to %d, the least first"
                        .formatted(file, least, most, Picture.PIXEL_LIMIT));
            }
            return new Area(grid.patch() * grid.merge(), (long) least, (long) most);
        }

        private boolean flag(String key, boolean otherwise) {
            JsonNode value = json.path(key);
            if (value.isMissingNode() || value.isNull()) {
                return otherwise;
            }
            if (!value.isBoolean()) {
                throw wrong(key, value, "true or false");
            }
            return value.booleanValue();
        }

        private double number(String key, JsonNode value, double otherwise) {
            if (value.isMissingNode() || value.isNull()) {
                return otherwise;
            }
            if (!value.isNumber()) {
                throw wrong(key, value, "a number");
            }
            return value.doubleValue();
        }

        /// A number (a square, or the shortest edge), a list of height and width, or an object.
        private PictureSize size(String key, PictureSize otherwise, boolean square) {
            JsonNode value = json.path(key);
            if (value.isMissingNode() || value.isNull()) {
                return otherwise;
            }
            if (value.isNumber()) {
                int side = side(key, value);
                return square ? new Sides(side, side) : new ShortestEdge(side);
            }
            if (value.isArray() && value.size() == 2) {
                return new Sides(side(key, value.get(0)), side(key, value.get(1)));
            }
            if (value.has("height") && value.has("width")) {
                return new Sides(side(key + ".height", value.get("height")), side(key + ".width", value.get("width")));
            }
            if (value.has("shortest_edge") && !value.has("longest_edge") && !key.equals("crop_size")) {
                return new ShortestEdge(side(key + ".shortest_edge", value.get("shortest_edge")));
            }
            throw wrong(key, value, "a number, or an object with height and width, or with shortest_edge");
        }

        private int side(String key, JsonNode value) {
            if (!value.isIntegralNumber() || value.longValue() < 1 || value.longValue() > LARGEST_SIDE) {
                throw wrong(key, value, "a whole number from 1 to " + LARGEST_SIDE);
            }
            return value.intValue();
        }

        private Resampling filter(Resampling otherwise) {
            double number = number("resample", json.path("resample"), otherwise.ordinal());
            if (number != Math.floor(number) || number < 0 || number >= Resampling.values().length) {
                throw wrong("resample", json.path("resample"), "a whole number from 0 to 5");
            }
            return Resampling.values()[(int) number];
        }

        private double[] channels(String key, double[] otherwise) {
            JsonNode value = json.path(key);
            if (value.isMissingNode() || value.isNull()) {
                return otherwise;
            }
            List<JsonNode> list = value.isArray() ? value.values().stream().toList() : List.of(value, value, value);
            if (list.size() != 3) {
                throw wrong(key, value, "three numbers");
            }
            double[] numbers =
                    list.stream().mapToDouble(v -> number(key, v, Double.NaN)).toArray();
            for (double number : numbers) {
                if (!Double.isFinite(number) || key.equals("image_std") && number == 0) {
                    throw wrong(key, value, "three numbers, none of them 0 in image_std");
                }
            }
            return numbers;
        }

        private ConfigException wrong(String key, JsonNode value, String expected) {
            return new ConfigException("[image] %s: key %s is %s, expected %s".formatted(file, key, value, expected));
        }
    }
}
