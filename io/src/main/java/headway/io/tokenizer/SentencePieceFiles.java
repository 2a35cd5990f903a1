package headway.io.tokenizer;

import headway.io.tokenizer.SentencePieceModel.Kind;
import headway.io.tokenizer.SentencePieceModel.Piece;
import headway.io.tokenizer.TokenizerParts.NamedToken;
import headway.io.tokenizer.VocabularyFiles.Converted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// SentencePiece models as `tokenizer.json`: by the class that the folder names as transformers does it, otherwise as
/// the SentencePiece library tokenizes by itself.
final class SentencePieceFiles {
    private static final String MBART_LANGUAGES = """
            ar_AR cs_CZ de_DE en_XX es_XX et_EE fi_FI fr_XX gu_IN hi_IN it_IT ja_XX kk_KZ ko_KR lt_LT lv_LV
            my_MM ne_NP nl_XX ro_RO ru_RU si_LK tr_TR vi_VN zh_CN""";

    private static final String MBART50_LANGUAGES = MBART_LANGUAGES + """
             af_ZA az_AZ bn_IN fa_IR he_IL hr_HR id_ID ka_GE km_KH mk_MK ml_IN mn_MN mr_IN pl_PL ps_AF pt_XX
            sv_SE sw_KE ta_IN te_IN th_TH tl_XX uk_UA ur_PK xh_ZA gl_ES sl_SI""";

    /// Classes that number pieces anew or put tokens around a text, in ways that only a `tokenizer.json` tells.
    private static final Set<String> OTHERWISE =
            Set.of("Nllb", "Barthez", "RemBert", "FNet", "PLBart", "SeamlessM4T", "Speech2Text", "XLMProphetNet");

    static final Map<String, String> FAIRSEQ = Map.of(
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "sep_token",
            "</s>",
            "cls_token",
            "<s>",
            "unk_token",
            "<unk>",
            "pad_token",
            "<pad>",
            "mask_token",
            "<mask>");

    private final Path file;
    final SentencePieceModel model;
    final FolderSettings settings;
    final TokenizerParts parts = new TokenizerParts();

    private SentencePieceFiles(Path file, FolderSettings settings) {
        this.file = file;
        this.settings = settings;
        this.model = SentencePieceModel.read(file);
    }

    static Converted convert(Path file, FolderSettings settings) {
        var of = new SentencePieceFiles(file, settings);
        if (OTHERWISE.contains(settings.type())) {
            throw new TokenizerException(
                    "[tokenizer] %s: the class %sTokenizer uses this model in a way that is not known here; save it once by transformers (AutoTokenizer.from_pretrained(…).save_pretrained(…)), which writes a tokenizer.json"
                            .formatted(file, settings.type()));
        }
        if (!of.model.isUnigram()) {
            return switch (settings.type()) {
                case "Llama" -> of.llama();
                case "Gemma" -> of.gemma();
                default -> of.plain();
            };
        }
        return switch (settings.type()) {
            case "T5" -> of.t5();
            case "XLMRoberta" -> of.fairseq(List.of(), "<s> $A </s>", "<s> $A </s> </s> $B </s>");
            case "MBart", "MBart50" -> of.mbart();
            case "Camembert" -> of.camembert();
            case "Albert" -> new SentencePieceEncoders(of).albert();
            case "DebertaV2" -> new SentencePieceEncoders(of).debertaV2();
            case "BigBird" -> new SentencePieceEncoders(of).bigBird();
            case "XLNet" -> new SentencePieceEncoders(of).xlNet();
            case "Pegasus" -> of.pegasus();
            default -> of.plain();
        };
    }

    // ---- pieces

    List<Piece> pieces(int from, List<String> before, List<String> after) {
        var pieces = new ArrayList<Piece>();
        before.forEach(token -> pieces.add(new Piece(token, token.equals("<unk>NOTUSED") ? -100 : 0, Kind.CONTROL)));
        pieces.addAll(model.pieces.subList(Math.min(from, model.pieces.size()), model.pieces.size()));
        after.forEach(token -> pieces.add(new Piece(token, 0, Kind.CONTROL)));
        return pieces;
    }

    static Map<String, Integer> ids(List<Piece> pieces) {
        var ids = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < pieces.size(); i++) {
            ids.put(pieces.get(i).text(), i);
        }
        return ids;
    }

    void unigram(List<Piece> pieces, int unknown, boolean byteFallback) {
        ObjectNode json = TokenizerParts.of("Unigram");
        json.put("unk_id", unknown).put("byte_fallback", byteFallback);
        ArrayNode vocabulary = json.putArray("vocab");
        pieces.forEach(piece -> vocabulary.addArray().add(piece.text()).add((double) piece.score()));
        parts.json.set("model", json);
    }

    /// Merges are all ways to cut a piece in two: by its score, or by its place in the vocabulary.
    private void bpe(List<Piece> pieces, Map<String, Integer> ids, String unknown, boolean byScore) {
        record Merge(String left, String right, double rank, int leftId, int rightId) {
            int leftLength() {
                return left.codePointCount(0, left.length());
            }

            int rightLength() {
                return right.codePointCount(0, right.length());
            }
        }
        var merges = new ArrayList<Merge>();
        for (int i = 0; i < pieces.size(); i++) {
            String text = pieces.get(i).text();
            boolean merged = pieces.get(i).kind() == Kind.NORMAL || !byScore;
            for (int cut = 1; merged && cut < text.length(); cut++) {
                Integer left = ids.get(text.substring(0, cut));
                Integer right = left == null ? null : ids.get(text.substring(cut));
                if (right != null) {
                    double rank = byScore ? -pieces.get(i).score() : i;
                    merges.add(new Merge(text.substring(0, cut), text.substring(cut), rank, left, right));
                }
            }
        }
        // Within a piece the ways are in the order of their ids, and sorting keeps that where all else is equal.
        merges.sort(Comparator.comparingDouble(Merge::rank)
                .thenComparingInt(Merge::leftLength)
                .thenComparingInt(Merge::rightLength));
        ObjectNode json = TokenizerParts.of("BPE");
        json.putNull("dropout").putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
        json.put("unk_token", unknown).put("fuse_unk", true).put("byte_fallback", model.byteFallback);
        json.put("ignore_merges", false);
        TokenizerParts.vocabulary(json, ids);
        ArrayNode list = json.putArray("merges");
        merges.forEach(merge -> list.addArray().add(merge.left).add(merge.right));
        parts.json.set("model", json);
    }

    List<ObjectNode> charsmap() {
        return model.charsmap.length == 0
                ? List.of()
                : List.of(TokenizerParts.of("Precompiled")
                        .put("precompiled_charsmap", Base64.getEncoder().encodeToString(model.charsmap)));
    }

    void normalizer(List<ObjectNode> steps) {
        parts.json.set("normalizer", TokenizerParts.sequence("normalizers", steps));
    }

    /// Words between spaces, each with `▁` in front.
    void words(boolean whitespaceFirst) {
        var metaspace = TokenizerParts.metaspace("always", true);
        parts.json.set(
                "pre_tokenizer",
                whitespaceFirst
                        ? TokenizerParts.sequence(
                                "pretokenizers", List.of(TokenizerParts.of("WhitespaceSplit"), metaspace))
                        : metaspace);
        parts.json.set("decoder", metaspace.deepCopy());
    }

    /// Pieces that users defined are found in the text as they stand; so are control pieces, where a class says so.
    void addPieces(List<Piece> pieces, Map<String, Integer> ids, boolean control) {
        for (var piece : pieces) {
            if (piece.kind() == Kind.USER_DEFINED
                    || control && piece.kind() == Kind.CONTROL && ids.containsKey(piece.text())) {
                boolean special = piece.kind() == Kind.CONTROL;
                JsonNode flags = tools.jackson.databind.node.JsonNodeFactory.instance
                        .objectNode()
                        .put("normalized", false);
                parts.add(new NamedToken(piece.text(), special, flags), ids.get(piece.text()));
            }
        }
    }

    Converted done(Map<String, String> defaults) {
        return new Converted(parts.json, settings.tokenizerConfig(defaults), file);
    }

    // ---- kinds

    /// As the library does by itself: no special tokens, none found in the text.
    private Converted plain() {
        if (model.whitespaceAsSuffix) {
            throw new TokenizerException(
                    "[tokenizer] %s: trainer_spec.treat_whitespace_as_suffix is true; only spaces in front of words are read"
                            .formatted(file));
        }
        List<Piece> pieces = model.pieces;
        Map<String, Integer> ids = ids(pieces);
        var steps = new ArrayList<>(charsmap());
        if (model.removeExtraWhitespaces) {
            steps.add(TokenizerParts.replace("\\A +|[ ▁]+\\z", "", true));
            steps.add(TokenizerParts.replace(" {2,}", " ", true));
        }
        String unknown = pieces.get(model.unknown()).text();
        String symbols = settings.areGiven() ? "" : symbols();
        if (model.addDummyPrefix) {
            steps.add(TokenizerParts.of("Prepend").put("prepend", "▁"));
        }
        steps.add(TokenizerParts.replace(" ", "▁", false));
        normalizer(steps);
        if (model.isUnigram()) {
            unigram(pieces, model.unknown(), model.byteFallback);
            var cuts = new ArrayList<ObjectNode>();
            if (!symbols.isEmpty()) {
                cuts.add(TokenizerParts.split(symbols, "Isolated", false));
            }
            cuts.add(TokenizerParts.split(unmatched(), "Isolated", false));
            if (model.splitByWhitespace) {
                // Shorter pieces of work: no piece has a space inside.
                cuts.add(TokenizerParts.metaspace("never", true));
            }
            parts.json.set("pre_tokenizer", TokenizerParts.sequence("pretokenizers", cuts));
        } else {
            bpe(pieces, ids, unknown, true);
            if (!symbols.isEmpty()) {
                parts.json.set("pre_tokenizer", TokenizerParts.split(symbols, "Isolated", false));
                // What was cut out is a token as it stands.
                ((ObjectNode) parts.json.get("model")).put("ignore_merges", true);
            }
        }
        decoder(model.removeExtraWhitespaces ? 1 << 20 : model.addDummyPrefix ? 1 : 0);
        // How the library shows what it did not know; its spaces stay when those in front are taken off.
        ArrayNode decoding = (ArrayNode) parts.json.get("decoder").get("decoders");
        decoding.insert(0, TokenizerParts.replace(unknown, "\uFFFF", false));
        decoding.add(TokenizerParts.replace("\uFFFF", model.unknownSurface, false));
        if (settings.areGiven()) {
            addPieces(pieces, ids, true);
        }
        var defaults = new HashMap<String, String>();
        pieces.stream().filter(p -> p.text().equals("<s>")).forEach(p -> defaults.put("bos_token", "<s>"));
        pieces.stream().filter(p -> p.text().equals("</s>")).forEach(p -> defaults.put("eos_token", "</s>"));
        defaults.put("unk_token", unknown);
        if (settings.areGiven()) {
            settings.addTokens(parts, ids, Map.of());
            VocabularyFiles.ends(parts, ids, settings, "<s>", "</s>");
            return done(defaults);
        }
        return new Converted(parts.json, settings.tokenizerConfig(defaults), file, before());
    }

    /// The library by itself follows its table otherwise than the classes of transformers.
    private PrefixNormalizer before() {
        boolean sound = CharsMap.fault(Base64.getEncoder().encodeToString(model.charsmap)) == null;
        return sound ? new PrefixNormalizer(CharsMap.of(model.charsmap), defined()) : null;
    }

    /// An expression for the pieces that users defined, the longest first: the library looks for them in the text that
    /// is normalized already, where a space is `▁`. Empty where there are none.
    private String symbols() {
        return defined().stream().map(SentencePieceFiles::quoted).collect(java.util.stream.Collectors.joining("|"));
    }

    private List<String> defined() {
        return model.pieces.stream()
                .filter(p -> p.kind() == Kind.USER_DEFINED && !p.text().isEmpty())
                .map(Piece::text)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// Where to cut so that pieces which the library finds in no text are not found here either.
    private String unmatched() {
        var expression = new StringBuilder("(?<=<)(?=0x[0-9A-F]{2}>)");
        for (var piece : model.pieces) {
            boolean found =
                    piece.kind() == Kind.NORMAL || piece.kind() == Kind.USER_DEFINED || piece.kind() == Kind.BYTE;
            if (!found && piece.text().codePointCount(0, piece.text().length()) > 1) {
                int first = cut(piece.text());
                expression.append("|(?<=").append(quoted(piece.text().substring(0, first)));
                expression
                        .append(")(?=")
                        .append(quoted(piece.text().substring(first)))
                        .append(')');
            }
        }
        return expression.toString();
    }

    /// The first place in `text` with a known character at its side: two unknown ones beside each other are one token.
    private int cut(String text) {
        for (int at = text.offsetByCodePoints(0, 1); at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            if (isKnown(text.codePointBefore(at)) || isKnown(text.codePointAt(at))) {
                return at;
            }
        }
        return text.offsetByCodePoints(0, 1);
    }

    private boolean isKnown(int character) {
        String text = Character.toString(character);
        return model.pieces.stream()
                .anyMatch(p -> p.kind() == Kind.NORMAL && p.text().equals(text));
    }

    private static String quoted(String text) {
        return text.replaceAll("[\\\\^$.|?*+()\\[\\]{}\\-#&~ ]", "\\\\$0");
    }

    /// @param stripped most spaces that are taken off the beginning
    private void decoder(int stripped) {
        var steps = new ArrayList<ObjectNode>(List.of(
                TokenizerParts.replace("▁", " ", false), TokenizerParts.of("ByteFallback"), TokenizerParts.of("Fuse")));
        if (stripped > 0) {
            steps.add(TokenizerParts.of("Strip")
                    .put("content", " ")
                    .put("start", stripped)
                    .put("stop", 0));
        }
        parts.json.set("decoder", TokenizerParts.sequence("decoders", steps));
    }

    private Converted llama() {
        Map<String, String> defaults = Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>");
        Map<String, Integer> ids = ids(model.pieces);
        model.byteFallback = true;
        bpe(model.pieces, ids, settings.content("unk_token", "<unk>"), false);
        boolean prefix = settings.flag("add_prefix_space", true);
        String scheme = !prefix ? "never" : settings.flag("legacy", false) ? "always" : "first";
        parts.json.set("pre_tokenizer", TokenizerParts.metaspace(scheme, false));
        decoder(prefix ? 1 : 0);
        addPieces(model.pieces, ids, true);
        settings.addTokens(parts, ids, defaults);
        VocabularyFiles.ends(parts, ids, settings, "<s>", "</s>");
        return done(defaults);
    }

    private Converted gemma() {
        Map<String, String> defaults = Map.of(
                "bos_token",
                "<bos>",
                "eos_token",
                "<eos>",
                "unk_token",
                "<unk>",
                "pad_token",
                "<pad>",
                "mask_token",
                "<mask>");
        Map<String, Integer> ids = ids(model.pieces);
        model.byteFallback = true;
        bpe(model.pieces, ids, settings.content("unk_token", "<unk>"), false);
        parts.json.set("normalizer", TokenizerParts.replace(" ", "▁", false));
        ObjectNode split = TokenizerParts.of("Split");
        split.putObject("pattern").put("String", " ");
        parts.json.set(
                "pre_tokenizer", split.put("behavior", "MergedWithPrevious").put("invert", false));
        decoder(0);
        addPieces(model.pieces, ids, true);
        settings.addTokens(parts, ids, defaults);
        VocabularyFiles.ends(parts, ids, settings, "<bos>", "<eos>");
        return done(defaults);
    }

    private Converted t5() {
        Map<String, String> defaults = Map.of("eos_token", "</s>", "unk_token", "<unk>", "pad_token", "<pad>");
        int extra = settings.config.path("extra_ids").intValue(100);
        if (extra < 0 || extra > 10_000) {
            throw new TokenizerException("[tokenizer] %s: key extra_ids is %d, expected 0 to 10000"
                    .formatted(file.resolveSibling("tokenizer_config.json"), extra));
        }
        var sentinels = new ArrayList<String>();
        for (int i = extra - 1; i >= 0; i--) {
            sentinels.add("<extra_id_" + i + ">");
        }
        List<Piece> pieces = pieces(0, List.of(), sentinels);
        Map<String, Integer> ids = ids(pieces);
        unigram(pieces, 2, false);
        normalizer(charsmap());
        words(true);
        addPieces(model.pieces, ids, true);
        settings.addTokens(parts, ids, defaults);
        sentinels.forEach(token -> parts.add(NamedToken.special(token), ids.get(token)));
        parts.template("$A </s>", "$A </s> $B </s>", ids);
        return done(defaults);
    }

    /// Ids as fairseq counts them: four tokens of its own in front, the model's first three left out.
    private Converted fairseq(List<String> languages, String single, String pair) {
        var after = new ArrayList<>(languages);
        after.add(settings.content("mask_token", "<mask>"));
        List<Piece> pieces = pieces(
                3,
                List.of(
                        settings.content("bos_token", "<s>"),
                        settings.content("pad_token", "<pad>"),
                        settings.content("eos_token", "</s>"),
                        settings.content("unk_token", "<unk>")),
                after);
        Map<String, Integer> ids = ids(pieces);
        unigram(pieces, 3, false);
        boolean mbart50 = languages.size() > 30;
        var steps = new ArrayList<ObjectNode>(settings.type().equals("MBart") ? List.of() : charsmap());
        if (mbart50) {
            steps.add(TokenizerParts.replace(" {2,}", " ", true));
        }
        normalizer(steps);
        words(!mbart50);
        addPieces(model.pieces, ids, true);
        settings.addTokens(parts, ids, FAIRSEQ);
        languages.forEach(token -> parts.add(NamedToken.special(token), ids.get(token)));
        parts.template(single, pair, ids);
        return done(FAIRSEQ);
    }

    private Converted mbart() {
        boolean fifty = settings.type().equals("MBart50");
        String source = settings.config.path("src_lang").stringValue("en_XX");
        List<String> languages = List.of((fifty ? MBART50_LANGUAGES : MBART_LANGUAGES).split("\\s+"));
        return fifty
                ? fairseq(languages, source + " $A </s>", source + " $A $B </s>")
                : fairseq(languages, "$A </s> " + source, "$A $B </s> " + source);
    }

    private Converted camembert() {
        List<Piece> pieces = pieces(
                1,
                List.of(
                        "<s>NOTUSED",
                        settings.content("pad_token", "<pad>"),
                        "</s>NOTUSED",
                        settings.content("unk_token", "<unk>"),
                        "<unk>NOTUSED"),
                List.of(settings.content("mask_token", "<mask>")));
        Map<String, Integer> ids = ids(pieces);
        unigram(pieces, 3, false);
        normalizer(charsmap());
        words(true);
        addPieces(model.pieces, ids, true);
        settings.addTokens(parts, ids, FAIRSEQ);
        for (String token : List.of("<s>NOTUSED", "</s>NOTUSED", "<unk>NOTUSED")) {
            parts.add(NamedToken.special(token), ids.get(token));
        }
        parts.template("<s> $A </s>", "<s> $A </s> </s> $B </s>", ids);
        return done(FAIRSEQ);
    }

    private Converted pegasus() {
        Map<String, String> defaults =
                Map.of("pad_token", "<pad>", "eos_token", "</s>", "unk_token", "<unk>", "mask_token", "<mask_2>");
        var before = new ArrayList<>(List.of("<pad>", "</s>", "<mask_1>", "<mask_2>"));
        int offset = settings.config.path("offset").intValue(103);
        for (int i = 2; i < Math.min(offset, 1000); i++) {
            before.add("<unk_" + i + ">");
        }
        List<Piece> pieces = new ArrayList<>();
        before.forEach(token -> pieces.add(new Piece(token, token.startsWith("<unk_") ? -100 : 0, Kind.CONTROL)));
        pieces.addAll(model.pieces.subList(Math.min(2, model.pieces.size()), model.pieces.size()));
        Map<String, Integer> ids = ids(pieces);
        Integer unknown = ids.get("<unk>");
        unigram(pieces, unknown == null ? 0 : unknown, false);
        var steps = new ArrayList<>(charsmap());
        if (steps.isEmpty()) {
            steps.add(TokenizerParts.replace("\\n", " ", true));
        }
        steps.add(TokenizerParts.replace(" {2,}", " ", true));
        normalizer(steps);
        words(false);
        addPieces(model.pieces, ids, true);
        settings.addTokens(parts, ids, defaults);
        before.subList(2, before.size()).forEach(token -> parts.add(NamedToken.special(token), ids.get(token)));
        parts.template("$A </s>", "$A $B </s>", ids);
        return done(defaults);
    }
}
