package headway.io.chat;

import headway.io.ConfigException;
import headway.io.Json;
import headway.io.chat.Syntax.Statement;
import headway.io.tokenizer.SpecialTokens;
import headway.io.tokenizer.TokenizerConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A model's own template, which turns a conversation into the text that the model was trained on.
///
/// The language is [Jinja2](https://jinja.palletsprojects.com) as Hugging Face sets it up, with an interpreter of our
/// own: a template is someone else's program, and this one can reach nothing, nor run on for ever.
public final class ChatTemplate {
    private static final String DEFAULT = "default";
    private static final String TOOLS = "tool_use";
    private static final List<String> REASONING = List.of("reasoning_content", "thinking", "reasoning");
    private static final String TAG = "CONTINUE_FINAL_MESSAGE_TAG";
    private static final long FILE_LIMIT = 4 << 20;

    private final Map<String, List<Statement>> templates;
    private final String source;
    private final SpecialTokens specialTokens;
    private final Map<String, String> furtherTokens;

    /// How the text ends.
    public enum Ending {
        /// After the last message.
        COMPLETE,
        /// With the beginning of an answer (`add_generation_prompt`).
        GENERATION_PROMPT,
        /// Within the last message, which the model is to go on with (`continue_final_message`).
        CONTINUE_FINAL_MESSAGE
    }

    /// What someone said.
    ///
    /// @param role `system`, `user`, `assistant` …
    public record Message(String role, String content) {}

    private ChatTemplate(
            Map<String, String> texts, String source, SpecialTokens specialTokens, Map<String, String> furtherTokens) {
        this.source = source;
        this.specialTokens = specialTokens;
        this.furtherTokens = furtherTokens;
        this.templates = new LinkedHashMap<>();
        texts.forEach((name, text) ->
                templates.put(name, TemplateParser.parse(text, texts.size() == 1 ? source : source + ", " + name)));
    }

    /// A template given as text; `source` names it in errors.
    ///
    /// @throws TemplateException when it is malformed
    public static ChatTemplate ofText(String text, String source, SpecialTokens specialTokens) {
        return new ChatTemplate(Map.of(DEFAULT, text), source, specialTokens, Map.of());
    }

    /// The template, or templates, of the model in `folder`: `chat_template.jinja`, further ones below
    /// `additional_chat_templates`, or what `chat_template.json` or `tokenizer_config.json` holds. Empty where
    /// there is none.
    ///
    /// @throws TemplateException when it is malformed
    /// @throws ConfigException when a file cannot be read
    public static Optional<ChatTemplate> of(Path folder) {
        var texts = new LinkedHashMap<String, String>();
        String source = folder.resolve("chat_template.jinja").toString();
        if (Files.isRegularFile(folder.resolve("chat_template.jinja"))) {
            texts.put(DEFAULT, read(folder.resolve("chat_template.jinja")));
        }
        Path more = folder.resolve("additional_chat_templates");
        if (Files.isDirectory(more)) {
            try (var files = Files.list(more)) {
                files.filter(file -> file.toString().endsWith(".jinja"))
                        .sorted()
                        .forEach(file -> texts.put(file.getFileName().toString().replace(".jinja", ""), read(file)));
            } catch (java.io.IOException e) {
                throw new ConfigException(
                        "[chat template] %s: cannot be listed: %s".formatted(more, e.getMessage()), e);
            }
        }
        for (String name : List.of("chat_template.json", "tokenizer_config.json")) {
            if (!texts.containsKey(DEFAULT) && Files.isRegularFile(folder.resolve(name))) {
                source = texts.isEmpty() ? folder.resolve(name).toString() : source;
                ofJson(Json.read(folder.resolve(name)).path("chat_template"), source, texts);
            }
        }
        return texts.isEmpty()
                ? Optional.empty()
                : Optional.of(new ChatTemplate(
                        texts,
                        source,
                        TokenizerConfig.read(folder).specialTokens(),
                        TokenizerConfig.furtherTokens(folder)));
    }

    private static String read(Path file) {
        return new String(Json.readBounded(file, FILE_LIMIT), StandardCharsets.UTF_8);
    }

    /// A text, a list of names and texts, or an object of texts by name.
    private static void ofJson(JsonNode json, String source, Map<String, String> texts) {
        if (json.isString()) {
            texts.put(DEFAULT, json.stringValue());
        }
        if (json.isObject()) {
            json.properties().forEach(entry -> {
                if (!entry.getValue().isString()) {
                    throw new ConfigException("[chat template] %s: chat_template.%s is %s, expected a template's text"
                            .formatted(source, entry.getKey(), entry.getValue()));
                }
                texts.putIfAbsent(entry.getKey(), entry.getValue().stringValue());
            });
        }
        for (JsonNode entry : json.isArray() ? json.values() : List.<JsonNode>of()) {
            if (!entry.path("name").isString() || !entry.path("template").isString()) {
                throw new ConfigException(
                        "[chat template] %s: key chat_template holds %s, expected objects with name and template"
                                .formatted(source, entry));
            }
            texts.putIfAbsent(
                    entry.path("name").stringValue(), entry.path("template").stringValue());
        }
    }

    /// Names of the templates; `default` where there is but one.
    public List<String> names() {
        return List.copyOf(templates.keySet());
    }

    /// The text of `messages`.
    public String render(List<Message> messages, Ending ending) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        messages.forEach(m -> list.addObject().put("role", m.role()).put("content", m.content()));
        return render(list, Map.of(), ending);
    }

    /// The text of `messages`, objects with `role`, `content` and what else the template asks for.
    ///
    /// @param variables `tools` and `documents` where there are any, `chat_template` to choose a template by
    ///     name, and others that the template knows
    /// @throws TemplateException when the template refuses the conversation or fails
    public String render(JsonNode messages, Map<String, JsonNode> variables, Ending ending) {
        var values = new HashMap<String, Object>();
        specials(values);
        values.put("tools", null);
        values.put("documents", null);
        variables.forEach((name, value) -> values.put(name, python(value)));
        values.remove("chat_template");
        JsonNode chat = conversation(messages, ending == Ending.CONTINUE_FINAL_MESSAGE);
        values.put("messages", python(chat));
        values.put("add_generation_prompt", ending == Ending.GENERATION_PROMPT);
        values.put("raise_exception", (Python.Function) (a, n) -> {
            throw Python.error("the template refuses: %s", a.isEmpty() ? "" : Python.str(a.getFirst()));
        });
        values.put("strftime_now", (Python.Function)
                (a, n) -> Strftime.format(LocalDateTime.now(), Python.str(a.getFirst())));
        String text = new Interpreter(source).run(chosen(variables), values);
        return ending == Ending.CONTINUE_FINAL_MESSAGE ? cut(text) : text;
    }

    private List<Statement> chosen(Map<String, JsonNode> variables) {
        JsonNode wanted = variables.get("chat_template");
        JsonNode tools = variables.get("tools");
        String name = wanted != null
                ? wanted.stringValue("")
                : tools != null && !tools.isNull() && templates.containsKey(TOOLS)
                        ? TOOLS
                        : templates.size() == 1 ? templates.keySet().iterator().next() : DEFAULT;
        List<Statement> template = templates.get(name);
        if (template == null) {
            throw new TemplateException(
                    "[chat template] %s: there is no template '%s'; there are %s".formatted(source, name, names()));
        }
        return template;
    }

    private void specials(Map<String, Object> values) {
        values.putAll(furtherTokens);
        specialTokens.bos().ifPresent(token -> values.put("bos_token", token));
        specialTokens.eos().ifPresent(token -> values.put("eos_token", token));
        specialTokens.unk().ifPresent(token -> values.put("unk_token", token));
        specialTokens.sep().ifPresent(token -> values.put("sep_token", token));
        specialTokens.pad().ifPresent(token -> values.put("pad_token", token));
        specialTokens.cls().ifPresent(token -> values.put("cls_token", token));
        specialTokens.mask().ifPresent(token -> values.put("mask_token", token));
    }

    /// A copy of `messages` in which reasoning has all its names, and the last message perhaps a mark behind it.
    private ArrayNode conversation(JsonNode messages, boolean open) {
        ArrayNode chat = JsonNodeFactory.instance.arrayNode();
        for (JsonNode message : messages.values()) {
            if (!message.isObject()) {
                throw new TemplateException(
                        "[chat template] a message is %s; expected an object with role and content".formatted(message));
            }
            ObjectNode copy = (ObjectNode) message.deepCopy();
            REASONING.stream()
                    .map(message::get)
                    .filter(value -> value != null && !value.isNull())
                    .findFirst()
                    .ifPresent(value -> {
                        if (!copy.has("thinking")) {
                            copy.set("thinking", value);
                        }
                        copy.set("reasoning_content", value);
                    });
            chat.add(copy);
        }
        if (open) {
            mark(chat);
        }
        return chat;
    }

    private static void mark(ArrayNode chat) {
        JsonNode content = chat.isEmpty() ? null : chat.get(chat.size() - 1).get("content");
        if (content != null && content.isArray()) {
            for (int i = content.size() - 1; i >= 0; i--) {
                if (content.get(i) instanceof ObjectNode block
                        && block.path("text").isString()) {
                    block.put("text", block.path("text").stringValue() + TAG + " ");
                    return;
                }
            }
        } else if (content != null && content.isString()) {
            ((ObjectNode) chat.get(chat.size() - 1)).put("content", content.stringValue() + TAG + " ");
            return;
        }
        throw new TemplateException("[chat template] the last message has no text that could be continued");
    }

    /// Everything up to the mark; where the template strips messages, the text before it is stripped too.
    private String cut(String text) {
        int at = text.lastIndexOf(TAG);
        if (at < 0) {
            throw new TemplateException(
                    "[chat template] %s: the last message does not appear in the text, so it cannot be continued"
                            .formatted(source));
        }
        boolean kept = text.startsWith(TAG + " ", at);
        return kept ? text.substring(0, at) : Strings.strip(text.substring(0, at), List.of(), false, true);
    }

    private static Object python(JsonNode json) {
        if (json == null || json.isNull() || json.isMissingNode()) {
            return null;
        } else if (json.isString()) {
            return json.stringValue();
        } else if (json.isBoolean()) {
            return json.booleanValue();
        } else if (json.isIntegralNumber() && json.canConvertToLong()) {
            return json.longValue();
        } else if (json.isNumber()) {
            return json.doubleValue();
        } else if (json.isArray()) {
            var list = new java.util.ArrayList<Object>();
            json.values().forEach(value -> list.add(python(value)));
            return list;
        }
        var map = new LinkedHashMap<Object, Object>();
        json.properties().forEach(entry -> map.put(entry.getKey(), python(entry.getValue())));
        return map;
    }
}
