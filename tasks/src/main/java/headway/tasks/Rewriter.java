package headway.tasks;

import headway.generate.ConditionalGenerator;
import headway.generate.Generation;
import headway.generate.GenerationResult;
import headway.generate.Prompt;
import headway.generate.TokenListener;
import headway.io.tokenizer.Encoding;
import headway.models.EncoderDecoder;
import headway.models.Inputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/// What translation and summaries share: an encoder reads a text, a decoder writes another.
///
/// Settings, the later over the earlier: 256 new tokens and 4 beams, the reference's own choice; the
/// checkpoint's `generation_config.json`; what `task_specific_params` of its `config.json` says about the
/// task; the user's.
final class Rewriter {
    /// Tokens of the texts that are written about at once.
    private static final int TOKENS = 512;

    private final LoadedModel model;
    private final EncoderDecoder network;
    private final TextReader reader;

    Rewriter(LoadedModel model, Task task) {
        task.require(model);
        this.model = model;
        this.network = model.pretrained().encoderDecoder();
        this.reader = TextReader.of(task, model);
    }

    TextReader reader() {
        return reader;
    }

    /// What the config says about the task `key`, such as `summarization`; an empty object where it says
    /// nothing.
    JsonNode specific(String key) {
        return model.config().path("task_specific_params").path(key);
    }

    /// Writes about each of `texts`.
    ///
    /// @param key of the task in `task_specific_params`; null for none
    /// @param edit changes the tokens of a text, such as the one that names its language
    List<Written> write(
            List<String> texts,
            String key,
            UnaryOperator<int[]> edit,
            Map<String, ?> settings,
            TooLong tooLong,
            TokenListener listener) {
        JsonNode specific = key == null ? tools.jackson.databind.node.MissingNode.getInstance() : specific(key);
        Generation generation = settings(specific, settings);
        List<Encoding> encoded = reader.read(texts.stream().map(TextPair::of).toList(), tooLong);
        int[] lengths = encoded.stream().mapToInt(Encoding::length).toArray();
        var all = new ArrayList<Written>(Collections.nCopies(texts.size(), null));
        for (int[] numbers : LengthBatches.of(lengths, TOKENS)) {
            List<Encoding> batch = Arrays.stream(numbers)
                    .mapToObj(i -> edited(encoded.get(i), edit))
                    .toList();
            List<Written> written = model.run(() -> {
                Inputs inputs = TextBatch.inputs(batch, reader.padId(), network.encoderArguments());
                return generate(inputs, batch.size(), generation, listener);
            });
            for (int i = 0; i < numbers.length; i++) {
                all.set(numbers[i], written.get(i));
            }
        }
        return all;
    }

    private List<Written> generate(Inputs inputs, int count, Generation generation, TokenListener listener) {
        try (var generator = new ConditionalGenerator(network, reader.tokenizer())) {
            List<Prompt> starts = Collections.nCopies(count, Prompt.of(new int[] {startToken()}));
            GenerationResult result = generator.generate(inputs, starts, generation, listener);
            return result.sequences().stream().map(Written::of).toList();
        }
    }

    private int startToken() {
        JsonNode said = Settings.of(model).file().path("decoder_start_token_id");
        return said.isInt() ? said.asInt() : network.startTokenId();
    }

    private static Encoding edited(Encoding text, UnaryOperator<int[]> edit) {
        int[] ids = edit.apply(text.ids());
        return new Encoding(
                ids,
                text.tokens(),
                text.offsets(),
                text.typeIds(),
                text.specialTokensMask(),
                text.sequenceIds(),
                text.wordIds());
    }

    private Generation settings(JsonNode specific, Map<String, ?> given) {
        Settings settings = Settings.of(model).orElse("num_beams", 4);
        if (specific.isObject()) {
            settings = settings.with(specific);
        }
        settings = settings.with(given);
        boolean length = settings.file().path("max_length").asInt(20) != 20 || given.containsKey("max_length");
        settings = length ? settings : settings.orElse("max_new_tokens", 256);
        settings = one(settings, given);
        return settings.read(model);
    }

    /// One text for each input, whatever the file asks for.
    private static Settings one(Settings settings, Map<String, ?> given) {
        if (given.get("num_return_sequences") instanceof Number n && n.intValue() > 1) {
            throw new TaskException(
                    "[generate] num_return_sequences=%s: a task gives one text for each input; headway generate gives several"
                            .formatted(n));
        }
        return settings.with(Map.of("num_return_sequences", 1));
    }
}
