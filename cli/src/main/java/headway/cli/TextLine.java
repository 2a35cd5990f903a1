package headway.cli;

import headway.io.ConfigException;
import headway.io.Json;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// One input of a command that reads texts.
///
/// @param number of the text, from 1 on
/// @param fields of its line or row; null for plain text
record TextLine(long number, String text, JsonNode fields) {
    /// What rows that a model learned from call their text.
    private static final List<String> LEARNED = List.of("question", "source");

    /// A line of a `.jsonl` file.
    ///
    /// @param key of the text; rows to learn from are read as they are
    static TextLine json(long number, String line, String source, String key) {
        String place = "%s, line %d".formatted(source, number);
        return of(number, Json.parse(line, place), place, key);
    }

    /// A row whose text is called `key`, or as in rows to learn from.
    static TextLine of(long number, JsonNode node, String place, String key) {
        return Stream.concat(Stream.of(key), LEARNED.stream())
                .filter(k -> node.path(k).isString())
                .findFirst()
                .map(k -> new TextLine(number, node.path(k).stringValue(), node))
                .orElseThrow(() -> new ConfigException(
                        "[input] %s: no text field '%s'; expected {\"%s\": …}".formatted(place, key, key)));
    }

    /// A text field of the line, or null; `textPair` goes by `text_pair` as well.
    String field(String name) {
        if (fields == null) {
            return null;
        }
        String snake = name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
        JsonNode found = fields.has(name) ? fields.path(name) : fields.path(snake);
        return found.isString() ? found.stringValue() : null;
    }
}
