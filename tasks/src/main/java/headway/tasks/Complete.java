package headway.tasks;

import headway.generate.GenerationResult;
import headway.generate.Generator;
import headway.generate.Prompt;
import headway.generate.Session;
import headway.generate.TokenListener;
import java.util.List;
import java.util.Map;

/// Goes on with a text, as Hugging Face's `text-generation`. What is not said comes from the checkpoint's
/// `generation_config.json`; without a word about the length it is 256 tokens.
public final class Complete {
    private final LoadedModel model;

    /// @throws TaskException when the checkpoint is no language model
    public Complete(LoadedModel model) {
        Task.COMPLETE.require(model);
        this.model = model;
        model.pretrained().decoder();
    }

    /// What follows `prompt`.
    public Written complete(String prompt) {
        return complete(prompt, Map.of(), TextListener.NONE);
    }

    /// The same, with settings under Hugging Face's names (`max_new_tokens`, `temperature`, `do_sample`,
    /// `seed` …); `listener` hears the text as it comes.
    public Written complete(String prompt, Map<String, ?> settings, TextListener listener) {
        return write(List.of(prompt), settings, listener.ofFirst()).getFirst();
    }

    /// What follows each of `prompts`, written in one batch.
    public List<Written> completeAll(List<String> prompts, Map<String, ?> settings) {
        return write(prompts, settings, TokenListener.NONE);
    }

    private List<Written> write(List<String> prompts, Map<String, ?> settings, TokenListener listener) {
        List<Prompt> encoded = prompts.stream()
                .map(p -> Prompt.of(model.tokenizer().encodeIds(p, true)))
                .toList();
        return write(model, encoded, settings, listener);
    }

    static List<Written> write(
            LoadedModel model, List<Prompt> prompts, Map<String, ?> settings, TokenListener listener) {
        return write(model, prompts, settings, listener, null);
    }

    /// @param session what earlier calls have read of the prompt; or null
    static List<Written> write(
            LoadedModel model, List<Prompt> prompts, Map<String, ?> settings, TokenListener listener, Session session) {
        Settings said = Settings.of(model).with(settings);
        said = said.said("max_length") ? said : said.orElse("max_new_tokens", 256);
        if (!said.said("eos_token_id") && model.tokenizer().eosId().isPresent()) {
            said = said.with(Map.of("eos_token_id", model.tokenizer().eosId().getAsInt()));
        }
        try (var generator = new Generator(model.pretrained().decoder(), model.tokenizer())) {
            GenerationResult result = generator.generate(prompts, said.read(model), listener, session);
            return result.sequences().stream().map(Written::of).toList();
        }
    }
}
