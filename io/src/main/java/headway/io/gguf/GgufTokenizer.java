package headway.io.gguf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The `tokenizer.json` that a GGUF file's vocabulary amounts to.
///
/// `gpt2`: byte-level BPE with its merges, cut into words as `tokenizer.ggml.pre` says. `llama`: pieces with scores, as
/// SentencePiece's BPE has them; a merge is any two pieces that make a third, the best score first.
public final class GgufTokenizer {
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|%s"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String CASED =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /// How a text is cut before its bytes are merged.
    ///
    /// @param regex what is cut out first; empty for nothing
    /// @param words whether GPT-2's own cut comes then
    private record Cut(String regex, boolean words) {}

    private static final Cut GPT2 = new Cut("", true);
    private static final Cut LLAMA3 = new Cut(WORDS.formatted("\\p{N}{1,3}"), false);
    private static final Cut QWEN2 = new Cut(WORDS.formatted("\\p{N}"), false);
    /// Digits one by one.
    private static final Cut SMOLLM = new Cut("\\p{N}", true);

    private static final Map<String, Cut> CUTS = Map.ofEntries(
            Map.entry("gpt-2", GPT2),
            Map.entry("default", GPT2),
            Map.entry("phi-2", GPT2),
            Map.entry("mpt", GPT2),
            Map.entry("olmo", GPT2),
            Map.entry("llama-bpe", LLAMA3),
            Map.entry("llama3", LLAMA3),
            Map.entry("llama-v3", LLAMA3),
            Map.entry("dbrx", LLAMA3),
            Map.entry("smaug-bpe", LLAMA3),
            Map.entry("qwen2", QWEN2),
            Map.entry("deepseek-r1-qwen", QWEN2),
            Map.entry("stablelm2", QWEN2),
            Map.entry("smollm", SMOLLM),
            Map.entry("starcoder", SMOLLM),
            Map.entry("refact", SMOLLM),
            Map.entry("command-r", SMOLLM),
            Map.entry("tekken", new Cut(CASED, false)));

    private record Merge(String left, String right, double score, int leftId, int rightId) {}

    private final GgufFile file;
    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private GgufTokenizer(GgufFile file) {
        this.file = file;
    }

    /// Whether [#of] knows the kind of vocabulary that `file` has.
    public static boolean isKnown(GgufFile file) {
        return switch (file.text("tokenizer.ggml.model")) {
            case "llama" -> true;
            case "gpt2" -> CUTS.containsKey(cut(file));
            case null, default -> false;
        };
    }

    private static String cut(GgufFile file) {
        String pre = file.text("tokenizer.ggml.pre");
        return pre == null ? "default" : pre;
    }

    /// The tree of `tokenizer.json`.
    ///
    /// @throws GgufException where the kind of vocabulary is not known here, or parts of it are missing
    public static ObjectNode of(GgufFile file) {
        if (!isKnown(file)) {
            throw new GgufException(
                    "[gguf] %s: metadata 'tokenizer.ggml.model' is %s, 'tokenizer.ggml.pre' is %s; known here: llama, or gpt2 with %s; give --ids"
                            .formatted(
                                    file.path(),
                                    file.text("tokenizer.ggml.model"),
                                    file.text("tokenizer.ggml.pre"),
                                    new java.util.TreeSet<>(CUTS.keySet())));
        }
        return new GgufTokenizer(file).build();
    }

    /// The token of the metadata `key`, such as `bos_token_id`, or null.
    public static String token(GgufFile file, String key) {
        Integer id = file.integer("tokenizer.ggml." + key);
        List<?> tokens = file.list("tokenizer.ggml.tokens");
        return id == null || tokens == null || id < 0 || id >= tokens.size() ? null : String.valueOf(tokens.get(id));
    }

    private ObjectNode build() {
        for (Object token : needed("tokens")) {
            if (!(token instanceof String text) || ids.putIfAbsent(text, tokens.size()) != null) {
                throw wrong("tokens", "entry %d is no text, or is there twice: '%s'".formatted(tokens.size(), token));
            }
            tokens.add(text);
        }
        json.put("version", "1.0").putNull("truncation").putNull("padding");
        added();
        json.putNull("normalizer");
        if (file.text("tokenizer.ggml.model").equals("gpt2")) {
            byteLevel();
        } else {
            pieces();
        }
        return json;
    }

    private void added() {
        ArrayNode added = json.putArray("added_tokens");
        List<?> types = file.list("tokenizer.ggml.token_type");
        for (int i = 0; types != null && i < Math.min(tokens.size(), types.size()); i++) {
            boolean control = types.get(i).equals((long) CONTROL) || isUnknown(i);
            if (control || types.get(i).equals((long) USER_DEFINED)) {
                added.addObject()
                        .put("id", i)
                        .put("content", tokens.get(i))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", control);
            }
        }
    }

    private boolean isUnknown(int id) {
        Integer unknown = file.integer("tokenizer.ggml.unknown_token_id");
        return unknown != null && unknown == id;
    }

    private void byteLevel() {
        Cut cut = CUTS.get(cut(file));
        if (cut.regex.isEmpty()) {
            byteLevelPart(json.putObject("pre_tokenizer"), cut.words);
        } else {
            ArrayNode sequence =
                    json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
            ObjectNode split = sequence.addObject().put("type", "Split");
            split.putObject("pattern").put("Regex", cut.regex);
            split.put("behavior", "Isolated").put("invert", false);
            byteLevelPart(sequence.addObject(), cut.words);
        }
        template(false);
        byteLevelPart(json.putObject("decoder"), true);
        ObjectNode model = model(false);
        ArrayNode merges = model.putArray("merges");
        for (Object merge : needed("merges")) {
            String pair = String.valueOf(merge);
            // A token may begin with a space's letter, never with a space.
            int space = pair.indexOf(' ', 1);
            if (space < 0) {
                throw wrong("merges", "entry %d is '%s'; expected two tokens".formatted(merges.size(), pair));
            }
            merges.addArray().add(pair.substring(0, space)).add(pair.substring(space + 1));
        }
    }

    private static void byteLevelPart(ObjectNode part, boolean cuts) {
        part.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", cuts);
    }

    private void pieces() {
        Object prefix = file.metadata().get("tokenizer.ggml.add_space_prefix");
        json.putObject("pre_tokenizer")
                .put("type", "Metaspace")
                .put("replacement", "▁")
                .put("prepend_scheme", Boolean.FALSE.equals(prefix) ? "never" : "first")
                .put("split", false);
        template(true);
        ArrayNode steps = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
        ObjectNode spaces = steps.addObject().put("type", "Replace");
        spaces.putObject("pattern").put("String", "▁");
        spaces.put("content", " ");
        steps.addObject().put("type", "ByteFallback");
        steps.addObject().put("type", "Fuse");
        if (!Boolean.FALSE.equals(prefix)) {
            steps.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        ArrayNode merges = model(true).putArray("merges");
        for (Merge m : merges()) {
            merges.addArray().add(m.left).add(m.right);
        }
    }

    /// All pairs of pieces that make a piece, best first; of equal ones that with the longer left part, as Hugging
    /// Face orders them.
    private List<Merge> merges() {
        List<?> scores = needed("scores");
        var merges = new ArrayList<Merge>();
        for (int id = 0; id < Math.min(tokens.size(), scores.size()); id++) {
            String token = tokens.get(id);
            if (!(scores.get(id) instanceof Double score)) {
                throw wrong("scores", "entry %d is %s; expected a number".formatted(id, scores.get(id)));
            }
            var ways = new ArrayList<Merge>();
            for (int i = 1; i < token.length(); i++) {
                Integer left = ids.get(token.substring(0, i));
                Integer right = left == null ? null : ids.get(token.substring(i));
                if (right != null) {
                    ways.add(new Merge(token.substring(0, i), token.substring(i), score, left, right));
                }
            }
            ways.sort(Comparator.comparingInt(Merge::leftId).thenComparingInt(Merge::rightId));
            merges.addAll(ways);
        }
        merges.sort(Comparator.comparingDouble(Merge::score)
                .thenComparingInt(m -> m.left.codePointCount(0, m.left.length()))
                .thenComparingInt(m -> m.right.codePointCount(0, m.right.length()))
                .reversed());
        return merges;
    }

    private ObjectNode model(boolean bytesOfUnknown) {
        ObjectNode model = json.putObject("model").put("type", "BPE").putNull("dropout");
        String unknown = token(file, "unknown_token_id");
        if (bytesOfUnknown && unknown != null) {
            model.put("unk_token", unknown);
        } else {
            model.putNull("unk_token");
        }
        model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        model.put("fuse_unk", bytesOfUnknown).put("byte_fallback", bytesOfUnknown);
        model.put(
                "ignore_merges",
                List.of("llama-bpe", "llama3", "llama-v3", "tekken").contains(cut(file)));
        ObjectNode vocabulary = model.putObject("vocab");
        for (int i = 0; i < tokens.size(); i++) {
            vocabulary.put(tokens.get(i), i);
        }
        return model;
    }

    /// What stands before and after a text.
    private void template(boolean beginsUnlessSaid) {
        ArrayNode single = JsonNodeFactory.instance.arrayNode();
        ObjectNode special = JsonNodeFactory.instance.objectNode();
        add(single, special, "add_bos_token", "bos_token_id", beginsUnlessSaid);
        single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
        add(single, special, "add_eos_token", "eos_token_id", false);
        ObjectNode post = json.putObject("post_processor").put("type", "TemplateProcessing");
        post.set("single", single);
        ArrayNode pair = post.putArray("pair");
        pair.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
        pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
        post.set("special_tokens", special);
    }

    private void add(ArrayNode to, ObjectNode special, String key, String which, boolean otherwise) {
        Object said = file.metadata().get("tokenizer.ggml." + key);
        String token = token(file, which);
        if (token == null || !(said instanceof Boolean b ? b : otherwise)) {
            return;
        }
        to.addObject().putObject("SpecialToken").put("id", token).put("type_id", 0);
        ObjectNode entry = special.putObject(token).put("id", token);
        entry.putArray("ids").add(ids.get(token));
        entry.putArray("tokens").add(token);
    }

    private List<?> needed(String key) {
        List<?> list = file.list("tokenizer.ggml." + key);
        if (list == null) {
            throw wrong(key, "is missing");
        }
        return list;
    }

    private GgufException wrong(String key, String what) {
        return new GgufException("[gguf] %s: metadata 'tokenizer.ggml.%s' %s".formatted(file.path(), key, what));
    }
}
