package headway.tasks;

import headway.generate.Prompt;
import headway.generate.Session;
import headway.io.chat.ChatTemplate;
import headway.io.gguf.GgufFile;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A conversation: what was said goes through the checkpoint's own chat template, and the model answers.
///
/// A chat remembers what was said, and what the model made of it: an answer costs reading the new message
/// alone, where the template writes what was said before as it did. It is used by one thread at a time; any number of
/// chats may share a [LoadedModel]. Its memory goes with [#close], or with the chat itself.
public final class Chat implements AutoCloseable {
    private static final int TOKENS = 512;
    private static final Cleaner CLEANER = Cleaner.create();

    private final LoadedModel model;
    private final ChatTemplate template;
    private final List<ChatTemplate.Message> messages = new ArrayList<>();
    private final Session session = new Session();
    private final Cleaner.Cleanable memory;

    /// An empty conversation.
    ///
    /// @throws TaskException when the checkpoint is no language model, or has no chat template
    public Chat(LoadedModel model) {
        Task.CHAT.require(model);
        this.model = model;
        this.template = template(model)
                .orElseThrow(() -> new TaskException(
                        "[chat] %s has no chat template: neither chat_template.jinja, nor chat_template in tokenizer_config.json, nor in a GGUF file's metadata; it may be no chat model, headway generate goes on with its texts"
                                .formatted(model.folder())));
        this.memory = CLEANER.register(this, session::close);
    }

    static Optional<ChatTemplate> template(LoadedModel model) {
        Path file = model.folder();
        if (!GgufFile.isNamed(file) || Files.isDirectory(file)) {
            return ChatTemplate.of(file);
        }
        try (var gguf = GgufFile.open(file)) {
            return gguf.metadata().get("tokenizer.chat_template") instanceof String text
                    ? Optional.of(ChatTemplate.ofText(
                            text, file.toString(), model.tokenizer().specialTokens()))
                    : Optional.empty();
        }
    }

    /// The same conversation with `text` as what the model is told before all else.
    public Chat system(String text) {
        messages.removeIf(m -> m.role().equals("system"));
        messages.addFirst(new ChatTemplate.Message("system", text));
        return this;
    }

    /// What was said so far.
    public List<ChatTemplate.Message> messages() {
        return List.copyOf(messages);
    }

    /// Forgets what was said, but for what the model is told before all else.
    public void forget() {
        messages.removeIf(m -> !m.role().equals("system"));
    }

    /// The answer to `message`.
    public Written say(String message) {
        return say(message, Map.of(), TextListener.NONE);
    }

    /// The same, with settings under Hugging Face's names (`max_new_tokens`, `temperature` …); `listener`
    /// hears the answer as it comes. Where the answer fails, the message is not remembered.
    public Written say(String message, Map<String, ?> settings, TextListener listener) {
        var asked = new ArrayList<>(messages);
        asked.add(new ChatTemplate.Message("user", message));
        String text = template.render(asked, ChatTemplate.Ending.GENERATION_PROMPT);
        // The template has written all special tokens itself.
        Prompt prompt = Prompt.of(model.tokenizer().encodeIds(text, false));
        Map<String, Object> said = new HashMap<>(settings);
        if (!Settings.of(model).said("max_new_tokens") && !Settings.of(model).said("max_length")) {
            said.putIfAbsent("max_new_tokens", TOKENS);
        }
        Written answer = Complete.write(model, List.of(prompt), said, listener.ofFirst(), session)
                .getFirst();
        messages.add(new ChatTemplate.Message("user", message));
        messages.add(new ChatTemplate.Message("assistant", answer.text()));
        return answer;
    }

    /// Tokens of the conversation that the last answer did not cost reading again.
    public int reused() {
        return session.reused();
    }

    @Override
    public void close() {
        memory.clean();
    }
}
