package headway.generate;

import headway.generate.transform.SequenceBias;
import headway.io.Checkpoint;
import headway.io.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Reads [Generation] from the keys of Hugging Face's `generation_config.json`, and what overrides them.
///
/// A value counts as given where its key is there and not null. Sampling happens where `do_sample` says
/// so; an override decides without it: a temperature of 0 means greedy, any other sampling setting means
/// sampling. A `penalty_alpha` without `do_sample` means contrastive search. Once there is sampling, the file's own
/// sampling settings are its defaults, as in Hugging Face.
public final class GenerationConfig {
    private static final Set<String> SAMPLING =
            Set.of("temperature", "top_k", "top_p", "min_p", "typical_p", "epsilon_cutoff", "eta_cutoff", "top_h");

    /// Keys of techniques that are not here yet, with the values that switch them off.
    private static final Map<String, Set<String>> LATER = Map.of(
            "guidance_scale", Set.of("1", "1.0"),
            "dola_layers", Set.of(),
            "watermarking_config", Set.of(),
            "prompt_lookup_num_tokens", Set.of());

    private final JsonNode file;
    private final JsonNode overrides;
    private final String source;

    private GenerationConfig(JsonNode file, JsonNode overrides, String source) {
        this.file = file;
        this.overrides = overrides;
        this.source = source;
    }

    /// The tree that a checkpoint's settings come from: its `generation_config.json`, else what its `config.json` says
    /// of generation, as files did before there was the other.
    public static JsonNode of(Checkpoint checkpoint) {
        return checkpoint.generationConfig().orElseGet(() -> FormerSettings.of(checkpoint.config()));
    }

    /// Settings from `file`, overridden by the keys of `overrides`; both are objects with Hugging Face's keys.
    ///
    /// @param source names the file in errors
    /// @throws ConfigException when a value is of the wrong type
    /// @throws IllegalArgumentException when a value is out of its range
    public static Generation read(JsonNode file, JsonNode overrides, String source) {
        return new GenerationConfig(file, overrides, source).read();
    }

    /// Techniques that `config` asks for and this version does not have, as `key=value`.
    public static List<String> later(JsonNode config) {
        var found = new ArrayList<String>();
        for (var property : config.properties()) {
            Set<String> off = LATER.get(property.getKey());
            if (off != null
                    && !property.getValue().isNull()
                    && !off.contains(property.getValue().toString())) {
                found.add(property.getKey() + "=" + property.getValue());
            }
        }
        return found;
    }

    private Generation read() {
        JsonNode pad = value("pad_token_id");
        return new Generation(
                limit(),
                integer("min_new_tokens", 0),
                sampling(),
                number("repetition_penalty", 1),
                integer("no_repeat_ngram_size", 0),
                integers("suppress_tokens", value("suppress_tokens")),
                words(),
                new LinkedHashSet<>(integers("eos_token_id", value("eos_token_id"))),
                flag("ignore_eos", false),
                strings(),
                pad.isMissingNode() || integer("pad_token_id", 0) < 0
                        ? null
                        : Integer.valueOf(integer("pad_token_id", 0)),
                integer("num_return_sequences", 1),
                new Beams(
                        integer("num_beams", 1),
                        number("length_penalty", 1),
                        earlyStopping(),
                        integer("num_beam_groups", 1),
                        number("diversity_penalty", 0)),
                forced(),
                steering(),
                flag("use_cache", true),
                integral("seed", 0),
                flag("output_scores", false));
    }

    private Beams.EarlyStopping earlyStopping() {
        JsonNode v = value("early_stopping");
        if (v.isString() && v.stringValue().equals("never")) {
            return Beams.EarlyStopping.NEVER;
        }
        if (!v.isMissingNode() && !v.isBoolean()) {
            throw wrong("early_stopping", v, "true, false or \"never\"");
        }
        return v.isMissingNode() || !v.booleanValue() ? Beams.EarlyStopping.HEURISTIC : Beams.EarlyStopping.AT_ONCE;
    }

    private Forced forced() {
        JsonNode bos = value("forced_bos_token_id");
        return new Forced(
                bos.isMissingNode() ? null : Integer.valueOf(integer("forced_bos_token_id", 0)),
                integers("forced_eos_token_id", value("forced_eos_token_id")),
                integers("begin_suppress_tokens", value("begin_suppress_tokens")),
                integer("min_length", 0));
    }

    private Steering steering() {
        return new Steering(
                biases(),
                number("encoder_repetition_penalty", 1),
                integer("encoder_no_repeat_ngram_size", 0),
                decay(),
                flag("remove_invalid_values", false),
                flag("renormalize_logits", false));
    }

    /// Pairs of a list of token ids and a number.
    private List<SequenceBias.Bias> biases() {
        JsonNode v = value("sequence_bias");
        var biases = new ArrayList<SequenceBias.Bias>();
        for (JsonNode pair : v.values()) {
            if (!v.isArray()
                    || pair.size() != 2
                    || !pair.get(0).isArray()
                    || !pair.get(1).isNumber()) {
                throw wrong("sequence_bias", v, "a list of pairs of token ids and a number, such as [[[1, 2], 0.5]]");
            }
            biases.add(new SequenceBias.Bias(
                    integers("sequence_bias", pair.get(0)), pair.get(1).doubleValue()));
        }
        return biases;
    }

    private Steering.Decay decay() {
        JsonNode v = value("exponential_decay_length_penalty");
        if (v.isMissingNode()) {
            return null;
        }
        if (!v.isArray() || v.size() != 2 || !isWhole(v.get(0)) || !v.get(1).isNumber()) {
            throw wrong("exponential_decay_length_penalty", v, "a number of tokens and a factor, such as [5, 1.1]");
        }
        return new Steering.Decay(v.get(0).intValue(), v.get(1).doubleValue());
    }

    private Limit limit() {
        boolean total =
                value("max_new_tokens").isMissingNode() && !value("max_length").isMissingNode();
        return total ? new Limit.Total(integer("max_length", 20)) : new Limit.NewTokens(integer("max_new_tokens", 20));
    }

    private Sampling sampling() {
        double temperature = number("temperature", Sampling.Categorical.DEFAULTS.temperature());
        double alpha = number("penalty_alpha", 0);
        int k = integer("top_k", Sampling.Categorical.DEFAULTS.topK());
        if (alpha != 0 && k != 1 && integer("num_beams", 1) == 1 && !flag("do_sample", false)) {
            return new Sampling.Contrastive(alpha, k);
        }
        if (!samples() || temperature == 0) {
            return new Sampling.Greedy();
        }
        return new Sampling.Categorical(
                temperature,
                k,
                number("top_p", Sampling.Categorical.DEFAULTS.topP()),
                number("min_p", Sampling.Categorical.DEFAULTS.minP()),
                number("typical_p", Sampling.Categorical.DEFAULTS.typicalP()),
                new Sampling.Rare(number("epsilon_cutoff", 0), number("eta_cutoff", 0)),
                number("top_h", Sampling.Categorical.DEFAULTS.topH()));
    }

    private boolean samples() {
        if (given(overrides, "do_sample")) {
            return flag("do_sample", false);
        }
        return flag("do_sample", false) || SAMPLING.stream().anyMatch(key -> given(overrides, key));
    }

    private static boolean given(JsonNode tree, String key) {
        return !tree.path(key).isMissingNode() && !tree.path(key).isNull();
    }

    private JsonNode value(String key) {
        if (given(overrides, key)) {
            return overrides.path(key);
        }
        return given(file, key) ? file.path(key) : MissingNode.getInstance();
    }

    private int integer(String key, int otherwise) {
        long value = integral(key, otherwise);
        if (value != (int) value) {
            throw wrong(key, value(key), "a 32-bit integer");
        }
        return (int) value;
    }

    private long integral(String key, long otherwise) {
        JsonNode v = value(key);
        if (v.isMissingNode()) {
            return otherwise;
        }
        if (!isWhole(v)) {
            throw wrong(key, v, "an integer");
        }
        return v.longValue();
    }

    /// Whether `v` is a whole number, which some files write as 2.0.
    private static boolean isWhole(JsonNode v) {
        return v.isIntegralNumber() && v.canConvertToLong()
                || v.isNumber() && Math.abs(v.doubleValue()) < 1L << 53 && v.doubleValue() % 1 == 0;
    }

    private double number(String key, double otherwise) {
        JsonNode v = value(key);
        if (v.isMissingNode()) {
            return otherwise;
        }
        if (!v.isNumber()) {
            throw wrong(key, v, "a number");
        }
        return v.doubleValue();
    }

    private boolean flag(String key, boolean otherwise) {
        JsonNode v = value(key);
        if (v.isMissingNode()) {
            return otherwise;
        }
        if (!v.isBoolean()) {
            throw wrong(key, v, "true or false");
        }
        return v.booleanValue();
    }

    /// One id, or a list of ids.
    private List<Integer> integers(String key, JsonNode v) {
        if (v.isMissingNode()) {
            return List.of();
        }
        var ids = new ArrayList<Integer>();
        for (JsonNode id : v.isArray() ? v.values() : List.of(v)) {
            if (!isWhole(id) || id.longValue() != id.intValue()) {
                throw wrong(key, v, "a token id, or a list of them");
            }
            ids.add(id.intValue());
        }
        return ids;
    }

    private List<List<Integer>> words() {
        JsonNode v = value("bad_words_ids");
        var words = new ArrayList<List<Integer>>();
        for (JsonNode word : v.values()) {
            if (!word.isArray()) {
                throw wrong("bad_words_ids", v, "a list of lists of token ids");
            }
            words.add(integers("bad_words_ids", word));
        }
        if (!v.isMissingNode() && !v.isArray()) {
            throw wrong("bad_words_ids", v, "a list of lists of token ids");
        }
        return words;
    }

    private List<String> strings() {
        JsonNode v = value("stop_strings");
        if (v.isString()) {
            return List.of(v.stringValue());
        }
        var texts = new ArrayList<String>();
        for (JsonNode text : v.values()) {
            if (!text.isString()) {
                throw wrong("stop_strings", v, "a text, or a list of texts");
            }
            texts.add(text.stringValue());
        }
        return texts;
    }

    private ConfigException wrong(String key, JsonNode v, String expected) {
        String where = given(overrides, key) ? "the call" : source;
        return new ConfigException("[generate] %s: %s is %s; expected %s".formatted(where, key, v, expected));
    }
}
