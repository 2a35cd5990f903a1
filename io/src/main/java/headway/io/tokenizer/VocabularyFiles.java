package headway.io.tokenizer;

import headway.io.ConfigException;
import headway.io.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Vocabularies in files other than `tokenizer.json`, turned into that form as transformers' own classes do.
///
/// | file | tokenizer |
/// |------|-----------|
/// | `vocab.txt` | WordPiece of BERT and its kin |
/// | `vocab.json` with `merges.txt` | byte-level BPE: GPT-2, RoBERTa, Qwen2, Whisper; CLIP's and GPT-1's BPE |
/// | `.tiktoken` | byte-level BPE by ranks |
/// | `.model` | SentencePiece: [SentencePieceFiles] |
final class VocabularyFiles {
    private static final long FILE_LIMIT = 128L << 20;

    private static final String CLIP_WORDS =
            "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    private static final String QWEN_WORDS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final String CL100K_WORDS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /// Size of the first vocabulary of Whisper that has 100 languages.
    private static final int FIRST_WITH_100_LANGUAGES = 51_866;

    private VocabularyFiles() {}

    /// A `tokenizer.json` that was made, and what else is known of the tokenizer.
    ///
    /// @param before what is done to texts first, which the library does otherwise; null for nothing
    record Converted(ObjectNode json, TokenizerConfig config, Path file, PrefixNormalizer before) {
        Converted(ObjectNode json, TokenizerConfig config, Path file) {
            this(json, config, file, null);
        }

        Tokenizer tokenizer(Path path) {
            return Tokenizers.of(json, config, path, before);
        }
    }

    /// The vocabulary file that `folder` has besides a `tokenizer.json`.
    static Optional<Path> find(Path folder) {
        for (String name : List.of(
                "vocab.txt",
                "merges.txt",
                "spiece.model",
                "tokenizer.model",
                "sentencepiece.bpe.model",
                "sentencepiece.model",
                "spm.model")) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return Optional.of(folder.resolve(name));
            }
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tiktoken"))
                    .sorted()
                    .findFirst();
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }

    /// Whether [#convert] reads files of this name.
    static boolean isNamed(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".txt")
                || name.endsWith(".model")
                || name.endsWith(".tiktoken")
                || name.equals("vocab.json");
    }

    static Converted convert(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        String name = file.getFileName().toString();
        var settings = new FolderSettings(folder);
        if (name.endsWith(".tiktoken")) {
            return tiktoken(file, settings);
        } else if (name.endsWith(".model") || name.endsWith(".spm")) {
            return SentencePieceFiles.convert(file, settings);
        } else if (name.equals("merges.txt") || name.equals("vocab.json")) {
            return bpe(folder.resolve("vocab.json"), folder.resolve("merges.txt"), settings);
        }
        return wordPiece(file, settings);
    }

    private static List<String> lines(Path file) {
        try {
            String text = new String(Json.readBounded(file, FILE_LIMIT), StandardCharsets.UTF_8);
            var lines = new ArrayList<>(List.of(text.split("\n", -1)));
            if (lines.getLast().isEmpty()) {
                lines.removeLast();
            }
            lines.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            return lines;
        } catch (ConfigException e) {
            throw new TokenizerException(e.getMessage().replaceFirst("^\\[json]", "[tokenizer]"), e);
        }
    }

    private static Converted wordPiece(Path file, FolderSettings settings) {
        Map<String, String> defaults = Map.of(
                "unk_token",
                "[UNK]",
                "sep_token",
                "[SEP]",
                "pad_token",
                "[PAD]",
                "cls_token",
                "[CLS]",
                "mask_token",
                "[MASK]");
        var ids = new LinkedHashMap<String, Integer>();
        // A token that comes twice has its last id, as in the reference.
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            ids.put(lines.get(i).stripTrailing(), i);
        }
        String unknown = settings.content("unk_token", "[UNK]");
        if (!ids.containsKey(unknown)) {
            throw new TokenizerException(
                    "[tokenizer] %s: has no line '%s', the unknown token; is this a WordPiece vocabulary?"
                            .formatted(file, unknown));
        }
        var parts = new TokenizerParts();
        ObjectNode model = TokenizerParts.of("WordPiece");
        model.put("unk_token", unknown).put("continuing_subword_prefix", "##").put("max_input_chars_per_word", 100);
        TokenizerParts.vocabulary(model, ids);
        parts.json.set("model", model);
        ObjectNode normalizer = TokenizerParts.of("BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", settings.flag("tokenize_chinese_chars", true));
        JsonNode accents = settings.config.path("strip_accents");
        normalizer.set(
                "strip_accents",
                accents.isBoolean() ? accents : tools.jackson.databind.node.JsonNodeFactory.instance.nullNode());
        parts.json.set("normalizer", normalizer.put("lowercase", settings.flag("do_lower_case", true)));
        parts.json.set("pre_tokenizer", TokenizerParts.of("BertPreTokenizer"));
        parts.json.set(
                "decoder", TokenizerParts.of("WordPiece").put("prefix", "##").put("cleanup", true));
        settings.addTokens(parts, ids, defaults);
        String cls = settings.content("cls_token", "[CLS]");
        String sep = settings.content("sep_token", "[SEP]");
        String between = settings.type().equals("MPNet") ? sep + " " + sep : sep;
        parts.template(cls + " $A " + sep, "%s $A %s $B:1 %s:1".formatted(cls, between, sep), ids);
        return new Converted(parts.json, settings.tokenizerConfig(defaults), file);
    }

    private static Converted bpe(Path vocabulary, Path mergesFile, FolderSettings settings) {
        var ids = new LinkedHashMap<String, Integer>();
        JsonNode json;
        try {
            json = Json.read(vocabulary);
        } catch (ConfigException e) {
            throw new TokenizerException(e.getMessage().replaceFirst("^\\[json]", "[tokenizer]"), e);
        }
        json.properties().forEach(entry -> {
            if (!entry.getValue().isInt() || entry.getValue().intValue() < 0) {
                throw new TokenizerException("[tokenizer] %s: token '%s' has id %s, expected 0 or more"
                        .formatted(vocabulary, entry.getKey(), entry.getValue()));
            }
            ids.put(entry.getKey(), entry.getValue().intValue());
        });
        var parts = new TokenizerParts();
        ObjectNode model = TokenizerParts.of("BPE");
        model.putNull("dropout").putNull("unk_token");
        ArrayNode merges = model.putArray("merges");
        int number = 0;
        for (String line : lines(mergesFile)) {
            number++;
            if (line.startsWith("#version") || line.isEmpty()) {
                continue;
            }
            String[] pair = line.split(" ", -1);
            if (pair.length != 2) {
                throw new TokenizerException(
                        "[tokenizer] %s, line %d: '%s', expected two tokens".formatted(mergesFile, number, line));
            }
            for (String token : List.of(pair[0], pair[1], pair[0] + pair[1])) {
                if (!ids.containsKey(token)) {
                    throw new TokenizerException("[tokenizer] %s, line %d: needs token '%s', which %s lacks"
                            .formatted(mergesFile, number, token, vocabulary.getFileName()));
                }
            }
            merges.addArray().add(pair[0]).add(pair[1]);
        }
        parts.json.set("model", model);
        return switch (settings.type()) {
            case "CLIP" -> clip(parts, model, ids, settings, vocabulary);
            case "OpenAIGPT" -> gpt1(parts, model, ids, settings, vocabulary);
            default -> byteLevel(parts, model, ids, settings, vocabulary);
        };
    }

    private static Converted clip(
            TokenizerParts parts, ObjectNode model, Map<String, Integer> ids, FolderSettings settings, Path file) {
        Map<String, String> defaults = Map.of(
                "unk_token",
                "<|endoftext|>",
                "bos_token",
                "<|startoftext|>",
                "eos_token",
                "<|endoftext|>",
                "pad_token",
                "<|endoftext|>");
        model.put("unk_token", settings.content("unk_token", "<|endoftext|>"));
        model.put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", "</w>")
                .put("fuse_unk", false);
        TokenizerParts.vocabulary(model, ids);
        parts.json.set(
                "normalizer",
                TokenizerParts.sequence(
                        "normalizers",
                        List.of(
                                TokenizerParts.of("NFC"),
                                TokenizerParts.replace("\\s+", " ", true),
                                TokenizerParts.of("Lowercase"))));
        parts.json.set(
                "pre_tokenizer",
                TokenizerParts.sequence(
                        "pretokenizers",
                        List.of(
                                TokenizerParts.split(CLIP_WORDS, "Removed", true),
                                TokenizerParts.byteLevel(false, true, true))));
        parts.json.set(
                "decoder",
                TokenizerParts.sequence(
                        "decoders",
                        List.of(
                                TokenizerParts.byteLevel(true, true, true),
                                TokenizerParts.replace("</w>", " ", false),
                                // Not its Strip, which ends the whole process when a text is one space.
                                TokenizerParts.replace("\\A\\s+|\\s+\\z", "", true))));
        settings.addTokens(parts, ids, defaults);
        roberta(
                parts,
                ids,
                settings.content("bos_token", "<|startoftext|>"),
                settings.content("eos_token", "<|endoftext|>"));
        ObjectNode post = (ObjectNode) parts.json.get("post_processor");
        post.put("trim_offsets", false).put("add_prefix_space", false);
        return new Converted(parts.json, settings.tokenizerConfig(defaults), file);
    }

    private static Converted gpt1(
            TokenizerParts parts, ObjectNode model, Map<String, Integer> ids, FolderSettings settings, Path file) {
        Map<String, String> defaults = Map.of("unk_token", "<unk>");
        model.put("unk_token", settings.content("unk_token", "<unk>"));
        model.put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", "</w>")
                .put("fuse_unk", false);
        TokenizerParts.vocabulary(model, ids);
        parts.json.set(
                "normalizer",
                TokenizerParts.of("BertNormalizer")
                        .put("clean_text", true)
                        .put("handle_chinese_chars", true)
                        .putNull("strip_accents")
                        .put("lowercase", true));
        parts.json.set("pre_tokenizer", TokenizerParts.of("BertPreTokenizer"));
        parts.json.set("decoder", TokenizerParts.of("BPEDecoder").put("suffix", "</w>"));
        settings.addTokens(parts, ids, defaults);
        return new Converted(parts.json, settings.tokenizerConfig(defaults), file);
    }

    /// The tokens that each class gives a role where no file does.
    private static Map<String, String> roles(String type, Map<String, Integer> ids) {
        String words = switch (type) {
            case "Roberta" -> "bos <s> eos </s> sep </s> cls <s> unk <unk> pad <pad> mask <mask>";
            case "Qwen2" -> "eos <|endoftext|> pad <|endoftext|>";
            case "Deberta" -> "sep [SEP] cls [CLS] unk [UNK] pad [PAD] mask [MASK]";
            default ->
                ids.containsKey("<|endoftext|>") || type.equals("GPT2")
                        ? "bos <|endoftext|> eos <|endoftext|> unk <|endoftext|>"
                        : "";
        };
        var roles = new LinkedHashMap<String, String>();
        String[] pairs = words.split(" ");
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            roles.put(pairs[i] + "_token", pairs[i + 1]);
        }
        return roles;
    }

    private static Converted byteLevel(
            TokenizerParts parts, ObjectNode model, Map<String, Integer> ids, FolderSettings settings, Path file) {
        String type = settings.type();
        Map<String, String> defaults = roles(type, ids);
        boolean space = settings.flag("add_prefix_space", false);
        model.put("continuing_subword_prefix", "").put("end_of_word_suffix", "").put("fuse_unk", false);
        TokenizerParts.vocabulary(model, ids);
        if (type.equals("Qwen2")) {
            parts.json.set("normalizer", TokenizerParts.of("NFC"));
            parts.json.set("pre_tokenizer", words(QWEN_WORDS, space));
        } else {
            parts.json.set("pre_tokenizer", TokenizerParts.byteLevel(space, true, true));
        }
        parts.json.set("decoder", TokenizerParts.byteLevel(true, true, true));
        settings.addTokens(parts, ids, defaults);
        switch (type) {
            case "Roberta" -> {
                roberta(parts, ids, settings.content("cls_token", "<s>"), settings.content("sep_token", "</s>"));
                ObjectNode post = (ObjectNode) parts.json.get("post_processor");
                post.put("trim_offsets", settings.flag("trim_offsets", true)).put("add_prefix_space", space);
            }
            case "Deberta" -> parts.template("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", ids);
            case "Whisper" -> whisper(parts, ids, settings.content("eos_token", "<|endoftext|>"));
            default ->
                ends(
                        parts,
                        ids,
                        settings,
                        defaults.getOrDefault("bos_token", ""),
                        defaults.getOrDefault("eos_token", ""));
        }
        return new Converted(parts.json, settings.tokenizerConfig(defaults), file);
    }

    /// `add_bos_token` and `add_eos_token` of the configuration.
    static void ends(
            TokenizerParts parts, Map<String, Integer> ids, FolderSettings settings, String otherBos, String otherEos) {
        String bos = settings.content("bos_token", otherBos);
        String eos = settings.content("eos_token", otherEos);
        boolean begins = settings.flag("add_bos_token", false) && ids.containsKey(bos);
        boolean ends = settings.flag("add_eos_token", false) && ids.containsKey(eos);
        String before = begins ? bos + " " : "";
        String after = ends ? " " + eos : "";
        parts.template(
                before + "$A" + after,
                before + "$A" + after + (begins ? " " + bos + ":1" : "") + " $B:1" + (ends ? " " + eos + ":1" : ""),
                ids);
    }

    private static void whisper(TokenizerParts parts, Map<String, Integer> ids, String eos) {
        String start = "<|startoftranscript|> <|notimestamps|>";
        boolean known = ids.containsKey("<|startoftranscript|>") && ids.containsKey("<|notimestamps|>");
        parts.template(
                (known ? start + " " : "") + "$A " + eos, (known ? start + " " : "") + "$A $B:1 " + eos + ":1", ids);
    }

    private static void roberta(TokenizerParts parts, Map<String, Integer> ids, String cls, String sep) {
        ObjectNode post = TokenizerParts.of("RobertaProcessing");
        for (var entry : Map.of("cls", cls, "sep", sep).entrySet()) {
            Integer id = ids.get(entry.getValue());
            if (id == null) {
                throw new TokenizerException(
                        "[tokenizer] special token '%s' is not in the vocabulary".formatted(entry.getValue()));
            }
            post.putArray(entry.getKey()).add(entry.getValue()).add(id);
        }
        parts.json.set("post_processor", post);
    }

    private static JsonNode words(String expression, boolean space) {
        return TokenizerParts.sequence(
                "pretokenizers",
                List.of(
                        TokenizerParts.split(expression, "Isolated", false),
                        TokenizerParts.byteLevel(space, true, false)));
    }

    /// Lines of a token in base 64 and its rank. A token's merges are the ways to cut it in two tokens.
    private static Converted tiktoken(Path file, FolderSettings settings) {
        var ranks = new LinkedHashMap<String, Integer>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.split(" ", -1);
            try {
                // "=" alone stands for no bytes at all: a place that is kept, not a token.
                byte[] bytes =
                        parts[0].equals("=") ? new byte[0] : Base64.getDecoder().decode(parts[0]);
                if (parts.length != 2 || ranks.put(spelt(bytes), Integer.parseInt(parts[1])) != null) {
                    throw new IllegalArgumentException("a token comes twice");
                }
            } catch (IllegalArgumentException e) {
                throw new TokenizerException(
                        "[tokenizer] %s, line %d: expected a token in base 64 and its rank".formatted(file, number), e);
            }
        }
        if (ranks.isEmpty()) {
            throw new TokenizerException("[tokenizer] %s: holds no tokens".formatted(file));
        }
        var parts = new TokenizerParts();
        ObjectNode model = TokenizerParts.of("BPE");
        model.putNull("dropout")
                .putNull("unk_token")
                .putNull("continuing_subword_prefix")
                .putNull("end_of_word_suffix");
        model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", true);
        merges(model.putArray("merges"), ranks);
        var ids = new HashMap<>(ranks);
        String name = file.getFileName().toString();
        boolean whisper = settings.type().equals("Whisper");
        TokenizerParts.vocabulary(model, ranks);
        parts.json.set("model", model);
        boolean gpt2 =
                whisper || settings.type().equals("GPT2") || name.matches("(gpt2|multilingual|[rp]50k.*)\\.tiktoken");
        parts.json.set(
                "pre_tokenizer", gpt2 ? TokenizerParts.byteLevel(false, true, true) : words(CL100K_WORDS, false));
        parts.json.set("decoder", TokenizerParts.byteLevel(true, true, true));
        if (whisper) {
            WhisperTokens.of(settings.vocabSize() >= FIRST_WITH_100_LANGUAGES ? 100 : 99)
                    .forEach(token -> parts.addAfter(TokenizerParts.NamedToken.special(token), ids));
        }
        settings.addTokens(parts, ids, Map.of());
        Map<String, String> defaults = ids.containsKey("<|endoftext|>")
                ? Map.of("bos_token", "<|endoftext|>", "eos_token", "<|endoftext|>", "unk_token", "<|endoftext|>")
                : Map.of();
        if (whisper) {
            whisper(parts, ids, "<|endoftext|>");
        } else {
            parts.json.set("post_processor", TokenizerParts.byteLevel(true, false, true));
        }
        return new Converted(parts.json, settings.tokenizerConfig(defaults), file);
    }

    private static String spelt(byte[] bytes) {
        var text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append(ByteAlphabet.charOf(b & 0xFF));
        }
        return text.toString();
    }

    private static void merges(ArrayNode merges, Map<String, Integer> ranks) {
        record Merge(String left, String right, int rank, int leftRank, int rightRank) {}
        var all = new ArrayList<Merge>();
        ranks.forEach((token, rank) -> {
            for (int i = 1; i < token.length(); i++) {
                Integer left = ranks.get(token.substring(0, i));
                Integer right = left == null ? null : ranks.get(token.substring(i));
                if (right != null) {
                    all.add(new Merge(token.substring(0, i), token.substring(i), rank, left, right));
                }
            }
        });
        all.sort(java.util.Comparator.comparingInt(Merge::rank)
                .thenComparingInt(Merge::leftRank)
                .thenComparingInt(Merge::rightRank));
        all.forEach(merge -> merges.addArray().add(merge.left).add(merge.right));
    }
}
