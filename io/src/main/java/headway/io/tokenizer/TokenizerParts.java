package headway.io.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Parts of a `tokenizer.json` under construction.
final class TokenizerParts {
    /// The document.
    final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private final List<String> added = new ArrayList<>();

    TokenizerParts() {
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        json.putArray("added_tokens");
        json.putNull("normalizer")
                .putNull("pre_tokenizer")
                .putNull("post_processor")
                .putNull("decoder");
    }

    static ObjectNode of(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    static ObjectNode replace(String what, String by, boolean expression) {
        ObjectNode part = of("Replace");
        part.putObject("pattern").put(expression ? "Regex" : "String", what);
        return part.put("content", by);
    }

    static ObjectNode metaspace(String prepend, boolean split) {
        return of("Metaspace")
                .put("replacement", "▁")
                .put("prepend_scheme", prepend)
                .put("split", split);
    }

    static ObjectNode byteLevel(boolean prefixSpace, boolean trimOffsets, boolean cut) {
        return of("ByteLevel")
                .put("add_prefix_space", prefixSpace)
                .put("trim_offsets", trimOffsets)
                .put("use_regex", cut);
    }

    static ObjectNode split(String expression, String behavior, boolean invert) {
        ObjectNode part = of("Split");
        part.putObject("pattern").put("Regex", expression);
        return part.put("behavior", behavior).put("invert", invert);
    }

    /// Steps of `kind` (`normalizers`, `pretokenizers`, `decoders`) one after the other; null where there are none.
    static JsonNode sequence(String kind, List<? extends JsonNode> steps) {
        if (steps.isEmpty()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ObjectNode sequence = of("Sequence");
        sequence.putArray(kind).addAll(steps);
        return sequence;
    }

    /// A template: `$A` and `$B` are the texts, with `:1` behind it a piece is of type 1; others are tokens.
    void template(String single, String pair, Map<String, Integer> ids) {
        ObjectNode template = of("TemplateProcessing");
        ObjectNode special = JsonNodeFactory.instance.objectNode();
        pieces(template.putArray("single"), single, ids, special);
        pieces(template.putArray("pair"), pair, ids, special);
        template.set("special_tokens", special);
        json.set("post_processor", template);
    }

    private static void pieces(ArrayNode to, String template, Map<String, Integer> ids, ObjectNode special) {
        for (String word : template.strip().split(" +")) {
            int colon = word.lastIndexOf(':');
            boolean typed = colon > 0 && colon == word.length() - 2 && Character.isDigit(word.charAt(colon + 1));
            String name = typed ? word.substring(0, colon) : word;
            int type = typed ? word.charAt(colon + 1) - '0' : 0;
            if (name.equals("$A") || name.equals("$B")) {
                to.addObject()
                        .putObject("Sequence")
                        .put("id", name.substring(1))
                        .put("type_id", type);
                continue;
            }
            Integer id = ids.get(name);
            if (id == null) {
                throw new TokenizerException(
                        "[tokenizer] special token '%s' is not in the vocabulary; the files contradict each other"
                                .formatted(name));
            }
            to.addObject().putObject("SpecialToken").put("id", name).put("type_id", type);
            ObjectNode token = special.putObject(name).put("id", name);
            token.putArray("ids").add(id);
            token.putArray("tokens").add(name);
        }
    }

    /// A token that is found in the text as it stands; it is special if it is so once.
    void add(NamedToken token, int id) {
        int before = added.indexOf(token.content());
        if (before >= 0) {
            if (token.special()) {
                ((ObjectNode) json.get("added_tokens").get(before)).put("special", true);
            }
            return;
        }
        added.add(token.content());
        ((ArrayNode) json.get("added_tokens"))
                .addObject()
                .put("id", id)
                .put("content", token.content())
                .put("single_word", token.flags().path("single_word").booleanValue(false))
                .put("lstrip", token.flags().path("lstrip").booleanValue(false))
                .put("rstrip", token.flags().path("rstrip").booleanValue(false))
                .put("normalized", token.flags().path("normalized").booleanValue(!token.special()))
                .put("special", token.special());
    }

    /// Adds `token` with the id that `ids` has for it, or else behind all others.
    void addAfter(NamedToken token, Map<String, Integer> ids) {
        Integer id = ids.get(token.content());
        if (id == null) {
            id = ids.values().stream().mapToInt(i -> i).max().orElse(-1) + 1;
            ids.put(token.content(), id);
        }
        add(token, id);
    }

    /// A token as a configuration names it.
    ///
    /// @param flags its object in the file, where it is one
    record NamedToken(String content, boolean special, JsonNode flags) {
        static NamedToken special(String content) {
            return new NamedToken(content, true, JsonNodeFactory.instance.missingNode());
        }

        /// A string, or an object with `content`; null for anything else.
        static NamedToken of(JsonNode json) {
            if (json.isString()) {
                return special(json.stringValue());
            }
            return json.path("content").isString()
                    ? new NamedToken(
                            json.path("content").stringValue(),
                            json.path("special").booleanValue(true),
                            json)
                    : null;
        }
    }

    /// A model's vocabulary as an object from tokens to ids.
    static void vocabulary(ObjectNode model, Map<String, Integer> ids) {
        ObjectNode vocabulary = model.putObject("vocab");
        ids.forEach(vocabulary::put);
    }
}
