package headway.io.tokenizer;

import headway.io.AtomicFiles;
import headway.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Marian's tokenizer: `source.spm` cuts a text into pieces, `vocab.json` numbers them, `</s>` ends them.
///
/// A language such as `>>fra<<` at the beginning is a token of its own. The reference's cleaning of punctuation (an
/// optional part of it) is left out.
final class MarianTokenizer implements Tokenizer {
    private static final List<String> FILES = List.of("source.spm", "target.spm", "vocab.json");

    private final Path folder;
    private final Tokenizer pieces;
    private final Vocabulary vocabulary;
    private final TokenizerConfig config;
    private final PostProcessor post;
    private final AddedTokenSplit special;
    private final int unknown;
    private final int end;

    private MarianTokenizer(Path folder) {
        this.folder = folder;
        var ids = new HashMap<String, Integer>();
        Path file = folder.resolve("vocab.json");
        Json.read(file).properties().forEach(entry -> {
            if (!entry.getValue().isInt()) {
                throw new TokenizerException("[tokenizer] %s: token '%s' has id %s, expected 0 or more"
                        .formatted(file, entry.getKey(), entry.getValue()));
            }
            ids.put(entry.getKey(), entry.getValue().intValue());
        });
        var defaults = Map.of("unk_token", "<unk>", "eos_token", "</s>", "pad_token", "<pad>");
        this.config = new FolderSettings(folder).tokenizerConfig(defaults);
        for (String needed : List.of("<unk>", "</s>")) {
            if (!ids.containsKey(needed)) {
                throw new TokenizerException("[tokenizer] %s: token '%s' is missing".formatted(file, needed));
            }
        }
        this.vocabulary = new Vocabulary(ids, List.of());
        this.unknown = ids.get("<unk>");
        this.end = ids.get("</s>");
        var tokens = new ArrayList<AddedToken>();
        for (var token : List.of(
                specialTokens().unk(), specialTokens().eos(), specialTokens().pad())) {
            token.ifPresent(t -> tokens.add(new AddedToken(ids.getOrDefault(t, unknown), t, true, true, false)));
        }
        this.special = new AddedTokenSplit(tokens);
        var ended = new PostProcessor.Piece.Special(new int[] {end}, 0);
        var first = new PostProcessor.Piece.Text(0, 0);
        this.post = new PostProcessor(
                List.of(first, ended), List.of(first, new PostProcessor.Piece.Text(1, 0), ended), false, false);
        var made = SentencePieceFiles.convert(folder.resolve("source.spm"), FolderSettings.NONE);
        this.pieces = made.tokenizer(made.file());
    }

    /// Whether `folder` holds the three files.
    static boolean isIn(Path folder) {
        return FILES.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    static MarianTokenizer of(Path folder) {
        return new MarianTokenizer(folder);
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
            int closed = part.startsWith(">>") ? part.indexOf("<<") : -1;
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
        Optional<String> padding = specialTokens().pad();
        for (int id : ids) {
            String token = vocabulary.tokenOrNull(id);
            boolean special = id == unknown
                    || id == end
                    || padding.isPresent() && padding.get().equals(token);
            if (token != null && !(special && skipSpecialTokens)) {
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
        for (String name :
                List.of("source.spm", "target.spm", "vocab.json", "tokenizer_config.json", "special_tokens_map.json")) {
            if (Files.exists(folder.resolve(name))) {
                AtomicFiles.write(to.resolve(name), out -> copy(folder.resolve(name), out));
            }
        }
    }

    private static void copy(Path from, java.io.OutputStream to) throws IOException {
        Files.copy(from, to);
    }

    @Override
    public void close() {
        pieces.close();
    }
}
