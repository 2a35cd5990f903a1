package headway.io.tokenizer;

import headway.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a `tokenizer.json` may hold that the Hugging Face library accepts and then ends the whole process over: each
/// is refused here with its place, or written in a way that means the same.
final class LibraryLimits {
    /// Most repetitions that its regular expressions count.
    private static final long REPETITIONS = 100_000;

    /// Two characters that are none.
    private static final String NOWHERE = "\uFFFF\uFFFE";

    /// A character of each kind.
    private static final String PROBES = "aAé1 \n.東";

    private LibraryLimits() {}

    /// @throws TokenizerException for what would end the process
    static void check(TokenizerFile file) {
        for (String part : List.of("normalizer", "pre_tokenizer", "decoder")) {
            check(file, part, file.part(part));
        }
        checkReplacements(file);
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

    /// What replaces nothing at the beginning of a text leaves the library one place short, and the next step that
    /// changes characters ends the process over it.
    private static void checkReplacements(TokenizerFile file) {
        List<JsonNode> steps = steps(file.part("normalizer"));
        boolean changed = steps(file.part("pre_tokenizer")).stream()
                .anyMatch(step -> step.path("type").asString("").equals("ByteLevel"));
        for (JsonNode step : steps.reversed()) {
            String expression = step.path("pattern").path("Regex").asString("");
            if (changed && !step.path("content").asString("").isEmpty() && beginsWithNothing(expression)) {
                throw file.error(
                        "normalizer: expression '%s' also finds nothing at the beginning of a text and puts '%s'"
                                        .formatted(
                                                expression, step.path("content").stringValue())
                                + " there, which the Hugging Face library cannot; use Prepend, or an expression that finds a character");
            }
            changed = true;
        }
    }

    private static List<JsonNode> steps(JsonNode part) {
        for (String list : List.of("normalizers", "pretokenizers")) {
            if (part.path(list).isArray()) {
                return part.path(list)
                        .valueStream()
                        .flatMap(inner -> steps(inner).stream())
                        .toList();
            }
        }
        return part.isObject() ? List.of(part) : List.of();
    }

    /// Whether the first that `expression` finds in some text is nothing, before its first character.
    private static boolean beginsWithNothing(String expression) {
        if (expression.isEmpty()) {
            return false;
        }
        try {
            Pattern pattern = Pattern.compile(expression);
            return (PROBES + expression).codePoints().anyMatch(character -> {
                Matcher found = pattern.matcher(Character.toString(character));
                return found.find() && found.end() == 0;
            });
        } catch (PatternSyntaxException _) {
            return false; // The library's expressions know more than Java's; those are its own to tell.
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

    /// The document for the library where it must differ from the file; null where it need not.
    ///
    /// A `Strip` at the end of tokens ends the process for one that is shorter; a replacement does the same for
    /// all. A character that no piece has ends it where no piece stands for such: here another one does, and
    /// [HuggingFaceTokenizer] tells it by its spelling. A template that repeats the text does so even where none is
    /// asked for.
    static byte[] rewritten(TokenizerFile file, byte[] made) {
        boolean strips = strips(file.part("decoder"));
        boolean repeats = repeats(file.part("post_processor"));
        if (!strips && !repeats && !lacksUnknown(file)) {
            return made;
        }
        byte[] bytes = made == null ? Json.readBounded(file.path(), TokenizerFile.FILE_LIMIT) : made;
        var document = (ObjectNode) Json.parse(
                new String(bytes, StandardCharsets.UTF_8), file.path().toString());
        if (strips) {
            document.set("decoder", withoutStrips(document.path("decoder")));
        }
        if (repeats) {
            document.set("post_processor", withoutTemplates(document.path("post_processor")));
        }
        if (lacksUnknown(file)) {
            int unknown = standIn(file);
            var model = (ObjectNode) document.path("model");
            model.put("unk_id", unknown);
            if (unknown == file.vocabulary().size()) {
                ((ArrayNode) model.path("vocab")).addArray().add(NOWHERE).add(0.0);
            }
        }
        return utf8(document.toString());
    }

    /// Whether the file is a unigram model in which no piece stands for what the vocabulary lacks.
    static boolean lacksUnknown(TokenizerFile file) {
        return file.modelField("type").asString("").equals("Unigram")
                && file.modelField("unk_id").isMissingNode();
    }

    /// Id of the piece that stands for what the vocabulary lacks where the file names none: one that is cut out of a
    /// text before, or else one behind the vocabulary.
    static int standIn(TokenizerFile file) {
        for (AddedToken token : file.added()) {
            if (!token.normalized() && token.plain() && file.vocabulary().containsKey(token.content())) {
                return file.vocabulary().get(token.content());
            }
        }
        int behind = file.vocabulary().size();
        if (file.added().stream().anyMatch(token -> token.id() >= behind)) {
            throw file.error("model.unk_id is missing; name the piece that stands for what the vocabulary lacks");
        }
        return behind;
    }

    private static boolean repeats(JsonNode part) {
        if (part.path("type").asString("").equals("Sequence")) {
            return part.path("processors").valueStream().anyMatch(LibraryLimits::repeats);
        }
        return isTemplate(part)
                && part.path("single")
                                .valueStream()
                                .filter(p -> p.has("Sequence"))
                                .count()
                        > 1;
    }

    private static boolean isTemplate(JsonNode part) {
        return part.path("type").asString("").equals("TemplateProcessing");
    }

    private static JsonNode withoutTemplates(JsonNode part) {
        ObjectNode sequence = TokenizerParts.of("Sequence");
        ArrayNode steps = sequence.putArray("processors");
        for (JsonNode step : part.path("processors").isArray() ? part.path("processors") : List.of(part)) {
            if (!isTemplate(step)) {
                steps.add(step.has("processors") ? withoutTemplates(step) : step);
            }
        }
        return sequence;
    }

    /// A tokenizer with the file's normalizer alone, which makes one token of what is left of a text, and none where
    /// nothing is; null where no added token is normalized.
    ///
    /// The library looks for added tokens after their normalization, finds one of which nothing is left everywhere,
    /// and ends the process over it.
    static byte[] normalizerAlone(TokenizerFile file) {
        if (file.part("normalizer").isMissingNode() || file.added().stream().noneMatch(AddedToken::normalized)) {
            return null;
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("version", "1.0").putArray("added_tokens");
        document.set("normalizer", file.part("normalizer"));
        ObjectNode model = document.putObject("model");
        model.put("type", "WordLevel").put("unk_token", "?").putObject("vocab").put("?", 0);
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
