package headway.io.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.ConfigException;
import headway.io.Json;
import headway.io.chat.ChatTemplate.Ending;
import headway.io.chat.ChatTemplate.Message;
import headway.io.tokenizer.SpecialTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Chat templates against transformers with Python's Jinja2: `testkit/goldens/chat.py`.
class ChatTemplateTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "chat");
    private static final SpecialTokens TOKENS = new SpecialTokens(
            Optional.of("<s>"),
            Optional.of("</s>"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "turns",
                "tools",
                "reasoning",
                "blocks",
                "macros",
                "values",
                "whitespace",
                "documents",
                "alternate"
            })
    void textsAreTheReferences(String name) throws IOException {
        var template = ChatTemplate.ofText(Files.readString(GOLDENS.resolve(name + ".jinja")), name, TOKENS);
        int rows = 0;
        for (JsonNode row : Json.read(GOLDENS.resolve("rendered.json"))) {
            if (!row.path("template").stringValue().equals(name)) {
                continue;
            }
            rows++;
            Map<String, JsonNode> variables = new HashMap<>();
            row.path("variables").properties().forEach(e -> variables.put(e.getKey(), e.getValue()));
            var ending = Ending.valueOf(row.path("ending").stringValue().toUpperCase(Locale.ROOT));
            if (row.has("error")) {
                assertThatThrownBy(() -> template.render(row.path("messages"), variables, ending))
                        .as("%s", row)
                        .isInstanceOf(TemplateException.class)
                        .hasMessageStartingWith("[chat template] " + name);
            } else {
                assertThat(template.render(row.path("messages"), variables, ending))
                        .as("%s", row)
                        .isEqualTo(row.path("text").stringValue());
            }
        }
        assertThat(rows).isGreaterThanOrEqualTo(3);
    }

    private static String render(String template) {
        return ChatTemplate.ofText(template, "t", TOKENS).render(List.of(new Message("user", "hi")), Ending.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "{{ messages § line 1: a tag is not closed",
                "a\\n{% if x %}b § line 2: expected {% endif %}, found the end of the template",
                "{% for x y %} § line 1: expected 'in', found 'y'",
                "{% include 'x' %} § {% include %} reaches beyond the template",
                "{% nonsense %} § unknown or misplaced tag 'nonsense'",
                "{{ 1 + }} § expected an expression, found the end of the tag",
                "{{ ] }} § unexpected ']'",
                "{{ 'a }} § unexpected character '''",
                "{# open § a comment is not closed",
                "{% raw %} § {% raw %} is not closed",
                "{{ f(*x) }} § arguments spread by * are not supported",
                "\\n\\n{{ missing.field }} § line 3: 'missing' is undefined",
                "{{ messages[0].nothing.more }} § 'dict object' has no attribute 'nothing'",
                "{{ messages[0].nothing() }} § 'dict object' has no attribute 'nothing'",
                "{{ 1 + 'a' }} § int + str is not possible",
                "{{ 1 // 0 }} § division by zero",
                "{{ 'a' < 1 }} § str and int cannot be compared",
                "{{ x | nothing }} § there is no filter 'nothing'",
                "{{ x is nothing }} § there is no test 'nothing'",
                "{{ raise_exception('no ' ~ messages[0].role) }} § the template refuses: no user",
                "{{ messages.append(1) }} § a template may not change a list by append()",
                "{% set messages.x = 1 %} § 'messages' is no namespace",
                "{% set ns = namespace(_x=1) %} § begins with an underscore",
                "{{ missing | tojson }} § Object of type Undefined is not JSON serializable",
                "{% for a, b in [1] %}{% endfor %} § int is no list",
                "{% for a, b in [[1]] %}{% endfor %} § 1 values for 2 names",
                "{{ 9223372036854775807 + 1 }} § overflow",
                "{{ 'x'.__class__.__mro__ }} § 'str object' has no attribute '__class__'",
                "{{ messages.getClass().forName('java.lang.System') }} § 'list object' has no attribute 'getClass'",
                "{{ ''.join(1) }} § int is no list"
            })
    void wrongTemplatesAreRefused(String template, String text) {
        assertThatThrownBy(() -> render(template.strip().replace("\\n", "\n")))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("[chat template] t, line ")
                .hasMessageContaining(text.strip());
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(
            strings = {
                "{% for i in range(99999) %}{% for j in range(99999) %}{{ j }}{% endfor %}{% endfor %}",
                "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
                "{{ range(999999999) | list }}",
                "{{ 'x' * 999999999999 }}",
                "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(300) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{{ '%9999d' % 1 }}{{ 'aaaa'.replace('a', 'b' * 9999999) }}",
                "{{ 'x'.ljust(9999999999) }}",
                "{% for x in [[]] recursive %}{{ loop([[]]) }}{% endfor %}"
            })
    void endlessTemplatesEnd(String template) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("[chat template] t, line ");
        assertThatThrownBy(() -> render("{{ " + "(".repeat(5000) + ")".repeat(5000) + " }}"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("nested deeper than 100");
    }

    @Test
    void templatesAreFoundWhereFoldersHaveThem(@TempDir Path folder) throws IOException {
        assertThat(ChatTemplate.of(folder)).isEmpty();
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"bos_token": {"content": "<b>"}, "chat_template": [
                  {"name": "default", "template": "{{ bos_token }}plain"},
                  {"name": "tool_use", "template": "{{ tools | length }} tools"}, {"name": "rag", "template": "rag"}]}""");
        var named = ChatTemplate.of(folder).orElseThrow();
        assertThat(named.names()).containsExactly("default", "tool_use", "rag");
        JsonNode none = Json.parse("[]", "test");
        assertThat(named.render(none, Map.of(), Ending.COMPLETE)).isEqualTo("<b>plain");
        assertThat(named.render(none, Map.of("tools", Json.parse("[{}]", "test")), Ending.COMPLETE))
                .isEqualTo("1 tools");
        assertThat(named.render(none, Map.of("chat_template", Json.parse("\"rag\"", "test")), Ending.COMPLETE))
                .isEqualTo("rag");
        assertThatThrownBy(
                        () -> named.render(none, Map.of("chat_template", Json.parse("\"x\"", "test")), Ending.COMPLETE))
                .hasMessageContaining("there is no template 'x'; there are [default, tool_use, rag]");
        Files.writeString(folder.resolve("chat_template.jinja"), "own file");
        assertThat(ChatTemplate.of(folder).orElseThrow().render(none, Map.of(), Ending.COMPLETE))
                .isEqualTo("own file");
        Files.delete(folder.resolve("chat_template.jinja"));
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"chat_template\": [{\"name\": 1}]}");
        assertThatThrownBy(() -> ChatTemplate.of(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("expected objects with name and template");
        assertThatThrownBy(() -> named.render(Json.parse("[1]", "test"), Map.of(), Ending.COMPLETE))
                .hasMessageContaining("a message is 1; expected an object");
    }

    @Test
    void namedTemplatesMayBeAnObject(@TempDir Path folder) throws IOException {
        JsonNode none = Json.parse("[]", "test");
        Map<String, JsonNode> tools = Map.of("tools", Json.parse("[{}]", "test"));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"chat_template\": {\"default\": \"plain\", \"tool_use\": \"tools\"}}");
        var named = ChatTemplate.of(folder).orElseThrow();
        assertThat(named.render(none, Map.of(), Ending.COMPLETE)).isEqualTo("plain");
        assertThat(named.render(none, tools, Ending.COMPLETE)).isEqualTo("tools");
        // Further files add to the one of tokenizer_config.json, and win.
        Path more = Files.createDirectory(folder.resolve("additional_chat_templates"));
        Files.writeString(more.resolve("tool_use.jinja"), "own tools");
        var both = ChatTemplate.of(folder).orElseThrow();
        assertThat(both.render(none, Map.of(), Ending.COMPLETE)).isEqualTo("plain");
        assertThat(both.render(none, tools, Ending.COMPLETE)).isEqualTo("own tools");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"chat_template\": {\"default\": 1}}");
        assertThatThrownBy(() -> ChatTemplate.of(folder))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chat_template.default is 1, expected a template's text");
    }

    /// As transformers renders them: the model's further tokens have names of their own.
    @Test
    void furtherTokensHaveNames(@TempDir Path folder) throws IOException {
        JsonNode none = Json.parse("[]", "test");
        String text = "{{ bos_token }}|{{ image_token }}|{{ boi_token }}|{{ eoi_token }}|{{ other }}";
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"chat_template": "%s", "bos_token": "<s>", "image_token": {"content": "<image>"}, "other": "no",
                 "extra_special_tokens": {"boi_token": "<boi>"}, "model_specific_special_tokens": {"eoi_token": "<eoi>"}}""".formatted(text));
        assertThat(ChatTemplate.of(folder).orElseThrow().render(none, Map.of(), Ending.COMPLETE))
                .isEqualTo("<s>|<image>|<boi>|<eoi>|");
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"bos_token\": \"<b>\"}");
        assertThat(ChatTemplate.of(folder).orElseThrow().render(none, Map.of(), Ending.COMPLETE))
                .startsWith("<b>|");
    }

    @Test
    void timesAreWrittenAsPythonDoes() {
        var time = LocalDateTime.of(2024, 7, 6, 15, 4, 5);
        assertThat(Strftime.format(time, "%d %b %Y, %A %B %-d %H:%M:%S %I%p %j %y %% %w"))
                .isEqualTo("06 Jul 2024, Saturday July 6 15:04:05 03PM 188 24 % 6");
        assertThat(render("{{ strftime_now('%Y') | int > 2000 }}")).isEqualTo("True");
        assertThatThrownBy(() -> render("{{ strftime_now('%Q') }}")).hasMessageContaining("'%Q' is not known");
    }
}
