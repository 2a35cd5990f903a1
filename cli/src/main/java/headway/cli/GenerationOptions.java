package headway.cli;

import headway.io.ConfigException;
import headway.io.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Options that say what to generate, under Hugging Face's names, gathered as a tree with its keys: what
/// is not said comes from the checkpoint's `generation_config.json`.
final class GenerationOptions {
    private final ObjectNode given = JsonNodeFactory.instance.objectNode();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /// The keys that were said.
    ObjectNode given() {
        return given;
    }

    /// The same for a task, with the seed that the global options name.
    Map<String, Object> map(GlobalOptions options) {
        var map = new HashMap<String, Object>();
        given.properties().forEach(p -> map.put(p.getKey(), p.getValue()));
        if (options.isSeedGiven()) {
            map.put("seed", options.seed(0));
        }
        return map;
    }

    @Option(
            names = "--max-new-tokens",
            paramLabel = "N",
            description = "Most tokens to generate (default: 20 in generate, 256 in tasks).")
    void maxNewTokens(int value) {
        given.put("max_new_tokens", value);
    }

    @Option(names = "--min-new-tokens", paramLabel = "N", description = "No end token before this many.")
    void minNewTokens(int value) {
        given.put("min_new_tokens", value);
    }

    @Option(
            names = "--do-sample",
            paramLabel = "true|false",
            arity = "1",
            description = "By chance or greedy; --temperature, --top-k, --top-p, --min-p and --typical-p mean true.")
    void doSample(boolean value) {
        given.put("do_sample", value);
    }

    @Option(
            names = "--temperature",
            paramLabel = "X",
            split = ",",
            description = "Below 1 sharper, above 1 flatter, 0 greedy; transcribe takes several, such as 0,0.4,0.8.")
    void temperature(List<Double> values) {
        if (values.size() == 1) {
            given.put("temperature", values.getFirst());
        } else {
            ArrayNode array = given.putArray("temperature");
            values.forEach(array::add);
        }
    }

    @Option(names = "--top-k", paramLabel = "K", description = "Only the K most probable tokens (default: 50).")
    void topK(int value) {
        given.put("top_k", value);
    }

    @Option(names = "--top-p", paramLabel = "P", description = "Only the most probable tokens that hold the mass P.")
    void topP(double value) {
        given.put("top_p", value);
    }

    @Option(names = "--min-p", paramLabel = "P", description = "Only tokens P times as probable as the best.")
    void minP(double value) {
        given.put("min_p", value);
    }

    @Option(names = "--typical-p", paramLabel = "P", description = "Only the most typical tokens that hold the mass P.")
    void typicalP(double value) {
        given.put("typical_p", value);
    }

    @Option(names = "--epsilon-cutoff", paramLabel = "P", description = "No tokens less probable than P.")
    void epsilonCutoff(double value) {
        given.put("epsilon_cutoff", value);
    }

    @Option(names = "--eta-cutoff", paramLabel = "P", description = "The same, less strict where much may come.")
    void etaCutoff(double value) {
        given.put("eta_cutoff", value);
    }

    @Option(names = "--top-h", paramLabel = "H", description = "Only the tokens that hold the part H of the entropy.")
    void topH(double value) {
        given.put("top_h", value);
    }

    @Option(
            names = "--encoder-repetition-penalty",
            paramLabel = "X",
            description = "Above 1 favours tokens of the input.")
    void encoderRepetitionPenalty(double value) {
        given.put("encoder_repetition_penalty", value);
    }

    @Option(
            names = "--encoder-no-repeat-ngram-size",
            paramLabel = "N",
            description = "No N tokens in a row of the input occur in the text.")
    void encoderNoRepeatNgramSize(int value) {
        given.put("encoder_no_repeat_ngram_size", value);
    }

    @Option(
            names = "--sequence-bias",
            paramLabel = "[[[1,2],0.5]]",
            description = "What completing sequences of tokens is worth, as JSON.")
    void sequenceBias(String json) {
        given.set("sequence_bias", Json.parse(json, "--sequence-bias"));
    }

    @Option(
            names = "--exponential-decay-length-penalty",
            paramLabel = "N,X",
            split = ",",
            arity = "1",
            description = "After N new tokens end tokens become likelier, X times at each.")
    void exponentialDecayLengthPenalty(List<Double> values) {
        ArrayNode array = given.putArray("exponential_decay_length_penalty");
        array.add(values.getFirst().intValue());
        values.stream().skip(1).forEach(array::add);
    }

    @Option(
            names = "--renormalize-logits",
            paramLabel = "true|false",
            arity = "1",
            description = "Scores are log-probabilities again after all else.")
    void renormalizeLogits(boolean value) {
        given.put("renormalize_logits", value);
    }

    @Option(
            names = "--remove-invalid-values",
            paramLabel = "true|false",
            arity = "1",
            description = "Scores that are no numbers become some.")
    void removeInvalidValues(boolean value) {
        given.put("remove_invalid_values", value);
    }

    @Option(names = "--repetition-penalty", paramLabel = "X", description = "Above 1 discourages tokens that occurred.")
    void repetitionPenalty(double value) {
        given.put("repetition_penalty", value);
    }

    @Option(names = "--no-repeat-ngram-size", paramLabel = "N", description = "No N tokens in a row occur twice.")
    void noRepeatNgramSize(int value) {
        given.put("no_repeat_ngram_size", value);
    }

    @Option(names = "--suppress-tokens", paramLabel = "1,2", split = ",", description = "Tokens that never come.")
    void suppressTokens(List<Integer> ids) {
        array("suppress_tokens", ids);
    }

    @Option(
            names = "--bad-words-ids",
            paramLabel = "[[1],[2,3]]",
            description = "Sequences of tokens that never come, as JSON.")
    void badWordsIds(String json) {
        try {
            JsonNode words = Json.parse(json, "--bad-words-ids");
            boolean lists = words.isArray() && words.values().stream().allMatch(GenerationOptions::isIds);
            if (lists) {
                given.set("bad_words_ids", words);
                return;
            }
        } catch (ConfigException _) {
            // The message below says what is expected.
        }
        throw new ParameterException(
                spec.commandLine(),
                "--bad-words-ids %s; expected lists of token ids as JSON, such as [[1],[2,3]]".formatted(json));
    }

    private static boolean isIds(JsonNode word) {
        return word.isArray() && word.values().stream().allMatch(JsonNode::isInt);
    }

    @Option(names = "--eos-token-id", paramLabel = "1,2", split = ",", description = "Tokens that end a text.")
    void eosTokenId(List<Integer> ids) {
        array("eos_token_id", ids);
    }

    @Option(names = "--ignore-eos", description = "Go on after an end token, up to the limit.")
    void ignoreEos(boolean value) {
        given.put("ignore_eos", value);
    }

    @Option(names = "--pad-token-id", paramLabel = "ID", description = "What fills up shorter prompts.")
    void padTokenId(int value) {
        given.put("pad_token_id", value);
    }

    @Option(names = "--stop", paramLabel = "TEXT", description = "Text that ends a text, left out; repeatable.")
    void stop(List<String> texts) {
        ArrayNode array = given.putArray("stop_strings");
        texts.forEach(array::add);
    }

    @Option(names = "--num-return-sequences", paramLabel = "N", description = "Texts for each prompt (default: 1).")
    void numReturnSequences(int value) {
        given.put("num_return_sequences", value);
    }

    @Option(names = "--num-beams", paramLabel = "N", description = "Texts followed at once (default: 1).")
    void numBeams(int value) {
        given.put("num_beams", value);
    }

    @Option(names = "--length-penalty", paramLabel = "X", description = "With beams: above 0 favours longer texts.")
    void lengthPenalty(double value) {
        given.put("length_penalty", value);
    }

    @Option(
            names = "--num-beam-groups",
            paramLabel = "N",
            description = "Groups of beams that keep away from each other.")
    void numBeamGroups(int value) {
        given.put("num_beam_groups", value);
    }

    @Option(
            names = "--diversity-penalty",
            paramLabel = "X",
            description = "With groups: what a token costs that an earlier group has taken.")
    void diversityPenalty(double value) {
        given.put("diversity_penalty", value);
    }

    @Option(
            names = "--penalty-alpha",
            paramLabel = "X",
            description = "Contrastive search among the --top-k most probable tokens: the weight of likeness.")
    void penaltyAlpha(double value) {
        given.put("penalty_alpha", value);
    }

    @Option(
            names = "--early-stopping",
            paramLabel = "true|false|never",
            description = "With beams: end when enough texts ended, or when none can become better.")
    void earlyStopping(String value) {
        switch (value) {
            case "true", "false" -> given.put("early_stopping", Boolean.parseBoolean(value));
            case "never" -> given.put("early_stopping", value);
            default ->
                throw new ParameterException(
                        spec.commandLine(), "--early-stopping %s; expected true, false or never".formatted(value));
        }
    }

    @Option(
            names = "--min-length",
            paramLabel = "N",
            description = "No end token before prompt and text have this many.")
    void minLength(int value) {
        given.put("min_length", value);
    }

    @Option(names = "--forced-bos-token-id", paramLabel = "ID", description = "The token after the start token.")
    void forcedBosTokenId(int value) {
        given.put("forced_bos_token_id", value);
    }

    @Option(
            names = "--forced-eos-token-id",
            paramLabel = "1,2",
            split = ",",
            description = "The last token where the limit ends a text.")
    void forcedEosTokenId(List<Integer> ids) {
        array("forced_eos_token_id", ids);
    }

    @Option(
            names = "--begin-suppress-tokens",
            paramLabel = "1,2",
            split = ",",
            description = "Tokens that do not come first.")
    void beginSuppressTokens(List<Integer> ids) {
        array("begin_suppress_tokens", ids);
    }

    @Option(
            names = "--decoder-start-token-id",
            paramLabel = "ID",
            description = "What an encoder-decoder's text begins with.")
    void decoderStartTokenId(int value) {
        given.put("decoder_start_token_id", value);
    }

    @Option(
            names = "--use-cache",
            paramLabel = "true|false",
            arity = "1",
            description = "Keep keys and values (default: true).")
    void useCache(boolean value) {
        given.put("use_cache", value);
    }

    private void array(String key, List<Integer> ids) {
        ArrayNode array = given.putArray(key);
        ids.forEach(array::add);
    }
}
