package headway.io.tokenizer;

import headway.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a `tokenizer.json` may hold that the Hugging Face library accepts and then ends the whole process over: each
/// is refused here with its place, or written in a way that means the same.
final class LibraryLimits {
    /// Most repetitions that its regular expressions count.
    private static final long REPETITIONS = 100_000;

    private LibraryLimits() {}

    /// @throws TokenizerException for what would end the process
    static void check(TokenizerFile file) {
        for (String part : List.of("normalizer", "pre_tokenizer", "decoder")) {
            check(file, part, file.part(part));
        }
        String prefix = file.modelField("continuing_subword_prefix").asString("");
        int cut = utf8(prefix).length;
        for (int i = 1; cut > 0 && i < file.merges().size(); i += 2) {
            byte[] right = utf8(file.merges().get(i));
            // The library takes as many bytes off, whatever they are.
            if (right.length < cut || right.length > cut && (right[cut] & 0xC0) == 0x80) {
                throw file.error("model.merges: '%s' does not begin with continuing_subword_prefix '%s'"
                        .formatted(file.merges().get(i), prefix));
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void check(TokenizerFile file, String place, JsonNode part) {
        if (part.isArray() || part.isObject()) {
            part.forEach(inner -> check(file, place, inner));
        }
        // The library looks for the fields where the type is one that it does not know, and so does this.
        if (part.has("precompiled_charsmap") || part.path("type").asString("").equals("Precompiled")) {
            JsonNode map = part.path("precompiled_charsmap");
            String fault = map.isString() ? CharsMap.fault(map.stringValue()) : "is missing";
            if (fault != null) {
                throw file.error("%s: precompiled_charsmap %s".formatted(place, fault));
            }
        }
        if (part.path("length").asDouble(1) < 1) {
            throw file.error("%s: FixedLength has length %s; expected 1 or more".formatted(place, part.path("length")));
        }
        String expression = part.path("pattern").path("Regex").asString("");
        String reason = Backtracking.of(expression);
        if (reason != null) {
            throw file.error("%s: expression '%s' may search for ever: %s".formatted(place, expression, reason));
        }
    }

    /// The document for the library where it must differ from the file; null where it need not. A `Strip` at the end
    /// of tokens ends the process for one that is shorter; a replacement does the same for all.
    static byte[] rewritten(TokenizerFile file, byte[] made) {
        if (!strips(file.part("decoder"))) {
            return made;
        }
        byte[] bytes = made == null ? Json.readBounded(file.path(), TokenizerFile.FILE_LIMIT) : made;
        JsonNode document = Json.parse(
                new String(bytes, StandardCharsets.UTF_8), file.path().toString());
        ((ObjectNode) document).set("decoder", withoutStrips(document.path("decoder")));
        return utf8(document.toString());
    }

    private static boolean strips(JsonNode part) {
        boolean own = strip(part);
        for (JsonNode inner : part.isArray() || part.isObject() ? part : JsonNodeFactory.instance.arrayNode()) {
            own |= strips(inner);
        }
        return own;
    }

    private static boolean strip(JsonNode part) {
        return part.path("content").isString()
                && !part.has("pattern")
                && part.path("stop").asDouble(0) > 0;
    }

    private static long repetitions(JsonNode count) {
        return (long) Math.min(REPETITIONS, count.asDouble(0));
    }

    private static JsonNode withoutStrips(JsonNode part) {
        if (part instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(inner -> copy.add(withoutStrips(inner)));
            return copy;
        }
        if (!(part instanceof ObjectNode object)) {
            return part;
        }
        String content = object.path("content").asString("");
        if (strip(object) && content.codePointCount(0, content.length()) == 1) {
            String character = "\\x{%x}".formatted(content.codePointAt(0));
            long start = repetitions(object.path("start"));
            long stop = repetitions(object.path("stop"));
            ObjectNode sequence = TokenizerParts.of("Sequence");
            ArrayNode steps = sequence.putArray("decoders");
            if (start > 0) {
                steps.add(TokenizerParts.replace("\\A%s{1,%d}".formatted(character, start), "", true));
            }
            steps.add(TokenizerParts.replace("%s{1,%d}\\z".formatted(character, stop), "", true));
            return sequence;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(e -> copy.set(e.getKey(), withoutStrips(e.getValue())));
        return copy;
    }
}
