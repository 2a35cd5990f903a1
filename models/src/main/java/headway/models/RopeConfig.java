package headway.models;

import headway.io.ConfigException;
import headway.kernels.rotary.RotaryLayout;
import headway.nn.position.RopeScaling;
import headway.nn.position.RotaryPosition;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Rotary settings as config files hold them: `rope_parameters` today, `rope_theta` and `rope_scaling` before.
///
/// @param partialRotaryFactor part of each head that turns
/// @param layout which elements of a head turn together: `rope_layout`, which files of other formats need said;
///     Hugging Face's own have none and mean halves
/// @param sections `mrope_section`, pairs that turn by time, row and column; empty where positions are plain
record RopeConfig(
        double theta, RopeScaling scaling, double partialRotaryFactor, RotaryLayout layout, List<Integer> sections) {
    RopeConfig(double theta, RopeScaling scaling, double partialRotaryFactor, RotaryLayout layout) {
        this(theta, scaling, partialRotaryFactor, layout, List.of());
    }

    /// @param config the whole `config.json`
    /// @param maxPositions `max_position_embeddings`, what scalings fall back on
    static RopeConfig read(JsonNode config, double defaultTheta, int maxPositions) {
        JsonNode rope = object(config, "rope_parameters");
        JsonNode old = object(config, "rope_scaling");
        if (old != null && !old.isEmpty()) {
            rope = old;
        }
        double theta = number(rope, "rope_theta", number(config, "rope_theta", defaultTheta));
        double partial = number(rope, "partial_rotary_factor", number(config, "partial_rotary_factor", 1));
        RotaryLayout layout = layout(config.path("rope_layout").asString("half_split"));
        if (rope == null) {
            return new RopeConfig(theta, new RopeScaling.None(), partial, layout);
        }
        String type = rope.path("rope_type").asString(rope.path("type").asString("default"));
        var sections = new ArrayList<Integer>();
        rope.path("mrope_section").forEach(n -> sections.add(n.asInt()));
        return new RopeConfig(theta, scaling(rope, config, type, maxPositions), partial, layout, sections);
    }

    private static RotaryLayout layout(String name) {
        return switch (name) {
            case "half_split" -> RotaryLayout.HALF_SPLIT;
            case "interleaved" -> RotaryLayout.INTERLEAVED;
            default ->
                throw new ConfigException(
                        "[config] rope_layout '%s' is not known here; known: half_split, interleaved".formatted(name));
        };
    }

    private static RopeScaling scaling(JsonNode rope, JsonNode config, String type, int maxPositions) {
        return switch (type) {
            case "default", "mrope" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(required(rope, "factor", type));
            case "llama3" ->
                new RopeScaling.Llama3(
                        required(rope, "factor", type),
                        required(rope, "low_freq_factor", type),
                        required(rope, "high_freq_factor", type),
                        (int) number(rope, "original_max_position_embeddings", maxPositions));
            case "yarn" -> yarn(rope, config, maxPositions);
            case "dynamic" -> new RopeScaling.Dynamic(required(rope, "factor", type), maxPositions);
            case "longrope" -> longRope(rope, config, maxPositions);
            default ->
                throw new ConfigException(
                        "[config] rope_type '%s' is not known here; known: default, linear, llama3, yarn, dynamic, longrope"
                                .formatted(type));
        };
    }

    private static RopeScaling longRope(JsonNode rope, JsonNode config, int maxPositions) {
        int original = (int) number(
                rope,
                "original_max_position_embeddings",
                number(config, "original_max_position_embeddings", maxPositions));
        double factor = number(rope, "factor", (double) maxPositions / original);
        double attention = number(rope, "attention_factor", RopeScaling.LongRope.attentionFactor(factor, original));
        return new RopeScaling.LongRope(
                numbers(rope, "short_factor"), numbers(rope, "long_factor"), attention, original);
    }

    private static List<Double> numbers(JsonNode rope, String key) {
        var numbers = new ArrayList<Double>();
        for (JsonNode number : rope.path(key)) {
            if (!number.isNumber()) {
                throw new ConfigException("[config] %s holds %s; expected numbers".formatted(key, number));
            }
            numbers.add(number.asDouble());
        }
        if (numbers.isEmpty()) {
            throw new ConfigException("[config] rope_type 'longrope' needs the list of numbers '%s'".formatted(key));
        }
        return numbers;
    }

    private static RopeScaling yarn(JsonNode rope, JsonNode config, int maxPositions) {
        int original = (int) number(rope, "original_max_position_embeddings", maxPositions);
        double factor = number(rope, "factor", (double) maxPositions / original);
        double attention;
        if (rope.path("attention_factor").isNumber()) {
            attention = rope.path("attention_factor").asDouble();
        } else if (number(rope, "mscale", 0) != 0 && number(rope, "mscale_all_dim", 0) != 0) {
            attention = mscale(factor, rope.path("mscale").asDouble())
                    / mscale(factor, rope.path("mscale_all_dim").asDouble());
        } else {
            attention = mscale(factor, 1);
        }
        return new RopeScaling.Yarn(
                factor,
                number(rope, "beta_fast", 32),
                number(rope, "beta_slow", 1),
                attention,
                original,
                rope.path("truncate").asBoolean(true));
    }

    /// What families with latent attention multiply scores by: the square of what `mscale_all_dim` says, 1 without it.
    static double sharpened(JsonNode config) {
        JsonNode old = object(config, "rope_scaling");
        JsonNode rope = old != null ? old : object(config, "rope_parameters");
        double all = number(rope, "mscale_all_dim", 0);
        boolean scaled = rope != null
                && !rope.path("rope_type")
                        .asString(rope.path("type").asString("default"))
                        .equals("default");
        double factor = scaled && all != 0 ? mscale(required(rope, "factor", "yarn"), all) : 1;
        return factor * factor;
    }

    private static double mscale(double factor, double mscale) {
        return factor <= 1 ? 1 : 0.1 * mscale * StrictMath.log(factor) + 1;
    }

    /// The rotation for heads of width `headDim`.
    RotaryPosition rotary(int headDim) {
        int[] runs = sections.stream().mapToInt(n -> n).toArray();
        return new RotaryPosition(theta, (int) (headDim * partialRotaryFactor), scaling, layout, runs);
    }

    private static JsonNode object(JsonNode of, String key) {
        JsonNode node = of.path(key);
        return node.isObject() ? node : null;
    }

    private static double number(JsonNode of, String key, double otherwise) {
        return of != null && of.path(key).isNumber() ? of.path(key).asDouble() : otherwise;
    }

    private static double required(JsonNode rope, String key, String type) {
        if (!rope.path(key).isNumber()) {
            throw new ConfigException("[config] rope_type '%s' needs the number '%s'".formatted(type, key));
        }
        return rope.path(key).asDouble();
    }
}
