package headway.io.tokenizer;

import headway.io.AtomicFiles;
import headway.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Tokenizers of Marian and M2M-100: a SentencePiece model cuts a text into pieces, `vocab.json` numbers them, `</s>`
/// ends them.
///
/// A language that Marian is told, such as `>>fra<<` at the beginning, is a token of its own; M2M-100 has a token such
/// as
/// `__fr__` for each language, numbered behind the vocabulary, and puts the source's before a text. The reference's
/// cleaning of Marian's punctuation (an optional part of it) is left out.
final class NumberedPieces implements Tokenizer {
    private static final String M2M100_LANGUAGES = """
            af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu ha he hi hr ht
            hu hy id ig ilo is it ja jv ka kk km kn ko lb lg ln lo lt lv mg mk ml mn mr ms my ne nl no ns oc or pa pl
            ps pt ro ru sd si sk sl so sq sr ss su sv sw ta th tl tn tr uk ur uz vi wo xh yi yo zh zu""";

    private static final String WMT21_LANGUAGES = "en ha is ja cs ru zh de";

    /// Whose files they are.
    private enum Kind {
        MARIAN("source.spm", "target.spm", "vocab.json"),
        M2M100("sentencepiece.bpe.model", "vocab.json");

        /// The model that cuts texts first.
        private final List<String> files;

        Kind(String... files) {
            this.files = List.of(files);
        }

        boolean isIn(Path folder) {
            boolean there = files.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
            return there && (this == MARIAN || new FolderSettings(folder).type().equals("M2M100"));
        }
    }

    private final Path folder;
    private final Kind kind;
    private final Tokenizer pieces;
    private final Vocabulary vocabulary;
    private final TokenizerConfig config;
    private final PostProcessor post;
    private final AddedTokenSplit special;
    private final Set<Integer> specials = new HashSet<>();
    private final int unknown;
    private final int end;

    private NumberedPieces(Path folder, Kind kind) {
        this.folder = folder;
        this.kind = kind;
        var ids = new HashMap<String, Integer>();
        Path file = folder.resolve("vocab.json");
        Json.read(file).properties().forEach(entry -> {
            if (!entry.getValue().isInt()) {
                throw new TokenizerException("[tokenizer] %s: token '%s' has id %s, expected 0 or more"
                        .formatted(file, entry.getKey(), entry.getValue()));
            }
            ids.put(entry.getKey(), entry.getValue().intValue());
        });
        for (String needed : List.of("<unk>", "</s>")) {
            if (!ids.containsKey(needed)) {
                throw new TokenizerException("[tokenizer] %s: token '%s' is missing".formatted(file, needed));
            }
        }
        this.unknown = ids.get("<unk>");
        this.end = ids.get("</s>");
        var settings = new FolderSettings(folder);
        Map<String, String> defaults = kind == Kind.MARIAN
                ? Map.of("unk_token", "<unk>", "eos_token", "</s>", "pad_token", "<pad>")
                : Map.of(
                        "bos_token",
                        "<s>",
                        "eos_token",
                        "</s>",
                        "sep_token",
                        "</s>",
                        "unk_token",
                        "<unk>",
                        "pad_token",
                        "<pad>");
        this.config = settings.tokenizerConfig(defaults);
        var tokens = new ArrayList<AddedToken>();
        SpecialTokens roles = specialTokens();
        var found = kind == Kind.MARIAN
                ? List.of(roles.unk(), roles.eos(), roles.pad())
                : List.of(roles.unk(), roles.eos(), roles.pad(), roles.bos());
        for (var token : found) {
            token.ifPresent(t -> tokens.add(new AddedToken(ids.getOrDefault(t, unknown), t, true, true, false)));
        }
        int source = kind == Kind.MARIAN ? -1 : addLanguages(settings, ids, tokens);
        this.vocabulary = new Vocabulary(ids, List.of());
        this.special = new AddedTokenSplit(tokens);
        tokens.forEach(token -> specials.add(token.id()));
        var first = new PostProcessor.Piece.Text(0, 0);
        var second = new PostProcessor.Piece.Text(1, 0);
        var ended = new PostProcessor.Piece.Special(new int[] {end}, 0);
        var language = new PostProcessor.Piece.Special(new int[] {source}, 0);
        this.post = kind == Kind.MARIAN
                ? new PostProcessor(List.of(first, ended), List.of(first, second, ended), false, false)
                : new PostProcessor(
                        List.of(language, first, ended), List.of(language, first, second, ended), false, false);
        var made = SentencePieceFiles.convert(folder.resolve(kind.files.getFirst()), FolderSettings.NONE);
        this.pieces = made.tokenizer(made.file());
    }

    /// Adds a token for each language behind `ids`, and gives the source's id.
    private int addLanguages(FolderSettings settings, Map<String, Integer> ids, List<AddedToken> tokens) {
        String codes = settings.config.path("language_codes").stringValue("m2m100");
        String list = codes.equals("wmt21") ? WMT21_LANGUAGES : M2M100_LANGUAGES;
        int next = ids.values().stream().mapToInt(id -> id).max().orElse(-1) + 1;
        for (String language : list.split("\\s+")) {
            String token = "__" + language + "__";
            Integer id = ids.putIfAbsent(token, next);
            next += id == null ? 1 : 0;
            tokens.add(new AddedToken(ids.get(token), token, true, true, false));
        }
        String source = settings.config.path("src_lang").stringValue("en");
        Integer id = ids.get("__" + source + "__");
        if (id == null) {
            throw new TokenizerException("[tokenizer] %s: src_lang is %s; expected one of %s"
                    .formatted(folder.resolve("tokenizer_config.json"), source, list.replaceAll("\\s+", " ")));
        }
        return id;
    }

    /// Whether `folder` holds the files of either.
    static boolean isIn(Path folder) {
        return Kind.MARIAN.isIn(folder) || Kind.M2M100.isIn(folder);
    }

    static NumberedPieces of(Path folder) {
        return new NumberedPieces(folder, Kind.MARIAN.isIn(folder) ? Kind.MARIAN : Kind.M2M100);
    }

    private Encoding plain(String text) {
        var cut = new Cut(WellFormed.of(text));
        special.split(cut.text, cut);
        return Encoding.ofText(cut.ids.toArray(), cut.tokens, cut.offsets.toArray(int[][]::new));
    }

    /// Collects the tokens of one text.
    private final class Cut implements AddedTokenSplit.Pieces {
        private final String text;
        private final IntList ids = new IntList();
        private final List<String> tokens = new ArrayList<>();
        private final List<int[]> offsets = new ArrayList<>();
        private int codePoint;

        Cut(String text) {
            this.text = text;
        }

        @Override
        public void token(AddedToken token, int start, int end) {
            int stop = codePoint + text.codePointCount(start, end);
            add(token.content(), codePoint, stop);
            codePoint = stop;
        }

        @Override
        public void plain(int start, int end) {
            String part = text.substring(start, end);
            int closed = kind == Kind.MARIAN && part.startsWith(">>") ? part.indexOf("<<") : -1;
            int language = closed < 0 ? 0 : closed + 2;
            int before = codePoint + part.codePointCount(0, language);
            if (language > 0) {
                add(part.substring(0, language), codePoint, before);
            }
            Encoding cut = pieces.encode(part.substring(language), false);
            for (int i = 0; i < cut.length(); i++) {
                add(cut.tokens().get(i), before + cut.offsets()[i][0], before + cut.offsets()[i][1]);
            }
            codePoint += part.codePointCount(0, part.length());
        }

        private void add(String token, int start, int end) {
            tokens.add(token);
            ids.add(vocabulary.idOf(token).orElse(unknown));
            offsets.add(new int[] {start, end});
        }
    }

    @Override
    public Encoding encode(String text, boolean addSpecialTokens) {
        return post.assemble(plain(text), null, addSpecialTokens, vocabulary::tokenOf);
    }

    @Override
    public Encoding encodePair(String first, String second, boolean addSpecialTokens) {
        return post.assemble(plain(first), plain(second), addSpecialTokens, vocabulary::tokenOf);
    }

    @Override
    public List<Encoding> encodeWindows(String text, boolean addSpecialTokens, Truncation truncation) {
        return post.windows(plain(text), null, addSpecialTokens, truncation, vocabulary::tokenOf);
    }

    @Override
    public List<Encoding> encodePairWindows(
            String first, String second, boolean addSpecialTokens, Truncation truncation) {
        return post.windows(plain(first), plain(second), addSpecialTokens, truncation, vocabulary::tokenOf);
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        var text = new StringBuilder();
        for (int id : ids) {
            String token = vocabulary.tokenOrNull(id);
            if (token != null && !(skipSpecialTokens && specials.contains(id))) {
                text.append(token.replace('▁', ' '));
            }
        }
        return text.toString().strip();
    }

    @Override
    public int vocabSize() {
        return vocabulary.size();
    }

    @Override
    public OptionalInt idOf(String token) {
        return vocabulary.idOf(token);
    }

    @Override
    public String tokenOf(int id) {
        return vocabulary.tokenOf(id);
    }

    @Override
    public int addedTokens() {
        return post.addedToSingle();
    }

    @Override
    public TokenizerConfig config() {
        return config;
    }

    /// Copies the files that it was read from.
    @Override
    public void save(Path to) {
        var more = List.of("tokenizer_config.json", "special_tokens_map.json");
        Stream.concat(kind.files.stream(), more.stream())
                .filter(name -> Files.exists(folder.resolve(name)))
                .forEach(name -> AtomicFiles.write(to.resolve(name), out -> copy(folder.resolve(name), out)));
    }

    private static void copy(Path from, java.io.OutputStream to) throws IOException {
        Files.copy(from, to);
    }

    @Override
    public void close() {
        pieces.close();
    }
}
