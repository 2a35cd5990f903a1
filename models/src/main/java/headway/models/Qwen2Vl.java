package headway.models;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.nn.Linear;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.Weights;
import headway.nn.cache.SessionCache;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Qwen2-VL and Qwen2.5-VL: pictures and videos of any size before the eyes of Qwen2, whose positions count time, rows
/// and columns. [Wang et al. 2024](https://arxiv.org/abs/2409.12191), [Bai et al.
/// 2025](https://arxiv.org/abs/2502.13923).
///
/// Weight names are those of files of Hugging Face's `Qwen2VLForConditionalGeneration` and
/// `Qwen2_5_VLForConditionalGeneration`, older or newer ones.
///
/// @param text the language model with its head
public record Qwen2Vl(Config config, GridTower visual, CausalModel text) implements SeeingDecoder {
    private static final String IMAGES = "image_grid_thw";
    private static final String VIDEOS = "video_grid_thw";
    private static final String SECONDS = "second_per_grid_ts";

    /// Field names are those of `config.json`.
    ///
    /// @param imageTokenId id of the tokens that stand for patches of pictures, and videoTokenId of videos
    public record Config(int imageTokenId, int videoTokenId, boolean tieWordEmbeddings) {}

    /// The model types that this file serves.
    static List<Family> families() {
        return List.of(
                family("qwen2_vl", "Qwen2VLForConditionalGeneration"),
                family("qwen2_5_vl", "Qwen2_5_VLForConditionalGeneration"));
    }

    private static Family family(String modelType, String head) {
        return new Family(
                modelType,
                List.of(head),
                List.of(),
                "",
                List.of("lm_head."),
                name -> name.endsWith(".inv_freq"),
                Qwen2Vl::load);
    }

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("imageTokenId", 151655),
            Map.entry("videoTokenId", 151656),
            Map.entry("tieWordEmbeddings", false));

    /// Reads a config and builds the model from `w`.
    static Qwen2Vl load(JsonNode json, String file, String architecture, Weights w) {
        Config c = ConfigReader.read(json, Config.class, file, DEFAULTS);
        if (!json.path("vision_config").isObject()) {
            throw new ConfigException("[config] %s: %s needs the object vision_config"
                    .formatted(file, json.path("model_type").asString("")));
        }
        boolean windows = json.path("model_type").asString("").equals("qwen2_5_vl");
        JsonNode eyes = windows ? GridTower.translated(json.path("vision_config")) : json.path("vision_config");
        // Files have the stack below `model` or, of late, one level deeper, with the tower beside it.
        Weights at = w.at("model");
        boolean newer = !at.at("embed_tokens").has("weight");
        GridTower visual = GridTower.load(newer ? at.at("visual") : w.at("visual"), eyes, file);
        CausalModel text = Llama.load(
                language(json, c), file, "Qwen2ForCausalLM", newer ? w.moved("model", "model.language_model") : w);
        return new Qwen2Vl(c, visual, text);
    }

    /// The config of the language model as Qwen2's: `text_config`, or in early files the outer object itself.
    private static ObjectNode language(JsonNode json, Config c) {
        boolean inner = json.path("text_config").isObject();
        ObjectNode said = ((ObjectNode) (inner ? json.path("text_config") : json)).deepCopy();
        said.put("model_type", "qwen2");
        var usual = Map.of("rms_norm_eps", 1e-5, "rope_theta", 1e6);
        usual.forEach((key, value) -> said.put(key, said.path(key).asDouble(value)));
        if (said.path("num_key_value_heads").isNull()) {
            said.set("num_key_value_heads", said.path("num_attention_heads"));
        }
        var sizes = Map.of("max_position_embeddings", 32768, "num_key_value_heads", 8, "max_window_layers", 80);
        sizes.forEach((key, value) -> said.put(key, said.path(key).asInt(value)));
        String key = said.path("rope_scaling").isObject() ? "rope_scaling" : "rope_parameters";
        ObjectNode rope = said.path(key).isObject() ? (ObjectNode) said.path(key) : said.putObject(key);
        if (!rope.has("mrope_section")) {
            rope.putArray("mrope_section").add(16).add(24).add(24);
        }
        boolean tied = c.tieWordEmbeddings || said.path("tie_word_embeddings").asBoolean(false);
        return said.put("tie_word_embeddings", tied);
    }

    @Override
    public Set<String> arguments() {
        var all = new LinkedHashSet<>(text.arguments());
        all.addAll(imageArguments());
        return all;
    }

    @Override
    public Set<String> imageArguments() {
        return Set.of("pixel_values", IMAGES, "pixel_values_videos", VIDEOS, SECONDS, "mm_token_type_ids");
    }

    @Override
    public int imageToken() {
        return config.imageTokenId;
    }

    @Override
    public int imageTokens() {
        return 0;
    }

    /// What is seen: the grids, and the vectors of all patches `(patches, hidden)`, null where there are none.
    ///
    /// @param steps what a frame of each video adds to time
    record Sight(int[] imageGrids, Tensor images, int[] videoGrids, float[] steps, Tensor videos) {
        Tensor positions(Qwen2Vl model, int[] kinds, int B, int T, Tensor padding) {
            return GridPositions.of(
                    kinds,
                    B,
                    T,
                    padding,
                    model.visual.config().spatialMergeSize(),
                    new GridPositions.Seen("image", imageGrids, ones(imageGrids.length / 3)),
                    new GridPositions.Seen("video", videoGrids, steps));
        }

        /// The vectors of tokens, with those of patches in their places.
        ///
        /// @param marks the same ids, or others where a token stands for itself whatever its id
        Tensor placed(Qwen2Vl model, Tensor ids, Tensor marks) {
            Tensor x = model.text.embed(ids);
            Config c = model.config;
            x = images == null ? x : new FeaturePlaces("qwen2_vl", "image", c.imageTokenId).fill(marks, x, images);
            return videos == null ? x : new FeaturePlaces("qwen2_vl", "video", c.videoTokenId).fill(marks, x, videos);
        }
    }

    private Sight sight(Inputs inputs) {
        return new Sight(
                grids(inputs, IMAGES),
                features(inputs, "pixel_values", IMAGES),
                grids(inputs, VIDEOS),
                steps(inputs),
                features(inputs, "pixel_values_videos", VIDEOS));
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /// What a frame of each video adds to time: a second, or what is given, in the tower's measure; 1 in Qwen2-VL.
    private float[] steps(Inputs inputs) {
        float[] steps = ones(grids(inputs, VIDEOS).length / 3);
        Integer measure = visual.config().tokensPerSecond();
        Tensor seconds = inputs.numbers(SECONDS, "videos", steps.length);
        for (int i = 0; i < steps.length && measure != null; i++) {
            steps[i] = measure * (seconds == null ? 1 : (float) seconds.memory().get(i));
        }
        return steps;
    }

    private static int[] grids(Inputs inputs, String name) {
        Tensor given = inputs.integers(name, "pictures", Inputs.ANY, "axes", 3);
        return given == null ? new int[0] : given.toInts();
    }

    private Tensor features(Inputs inputs, String pixels, String grid) {
        if (!inputs.has(pixels)) {
            return null;
        }
        Tensor patches = inputs.numbers(
                pixels, "patches", Inputs.ANY, "in", visual.config().patchWidth());
        inputs.required(grid, inputs.integers(grid, "pictures", Inputs.ANY, "axes", 3));
        return visual.forward(patches, grids(inputs, grid), inputs.dropout());
    }

    @Override
    public UnaryOperator<Tensor> embedder(Inputs inputs) {
        Sight sight = Trace.unseen(() -> sight(inputs));
        return ids -> sight.placed(this, ids, ids);
    }

    /// Positions are given (with three coordinates, the first axis), or counted over pictures, or those of a text.
    @Override
    public Pass pass(Inputs inputs, int B, int T) {
        Tensor padding = inputs.padding("attention_mask", B, T);
        if (inputs.has("position_ids") && inputs.rank("position_ids") == 3) {
            Tensor given = inputs.integers("position_ids", "axes", 3, "batch", B, "seq", T);
            return new Pass(given.permute("batch", "seq", "axes").copy(), padding, null, inputs.dropout());
        }
        boolean sees = inputs.has(IMAGES) || inputs.has(VIDEOS);
        if (!sees || inputs.has("position_ids") || !inputs.has("input_ids")) {
            return text.pass(inputs, B, T);
        }
        Tensor ids = inputs.integers("input_ids", "batch", B, "seq", T);
        Tensor said = inputs.integers("mm_token_type_ids", "batch", B, "seq", T);
        int[] kinds = said == null ? kinds(ids.toInts()) : said.toInts();
        var sight = new Sight(grids(inputs, IMAGES), null, grids(inputs, VIDEOS), steps(inputs), null);
        return new Pass(sight.positions(this, kinds, B, T, padding), padding, null, inputs.dropout());
    }

    /// 1 for tokens of pictures, 2 for those of videos, 0 for a text's.
    int[] kinds(int[] ids) {
        int[] kinds = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            kinds[i] = ids[i] == config.imageTokenId ? 1 : ids[i] == config.videoTokenId ? 2 : 0;
        }
        return kinds;
    }

    @Override
    public Decoder seeing(Inputs inputs, Arena arena) {
        if (!inputs.has("pixel_values") && !inputs.has("pixel_values_videos")) {
            return text;
        }
        try (var workspace = new Workspace()) {
            return new Qwen2VlWriter(this, workspace.run(() -> {
                Sight seen = sight(inputs);
                return new Sight(
                        seen.imageGrids,
                        kept(seen.images, arena),
                        seen.videoGrids,
                        seen.steps,
                        kept(seen.videos, arena));
            }));
        }
    }

    private static Tensor kept(Tensor x, Arena arena) {
        return x == null ? null : Tensor.owned(arena, x.shape(), x.dtype()).assign(x);
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
    public SessionCache newCache(int tokens) {
        return text.newCache(tokens);
    }

    @Override
    public Sizes sizes() {
        return text.sizes();
    }

    @Override
    public boolean readsPromptsWhole() {
        return text.readsPromptsWhole();
    }
}
