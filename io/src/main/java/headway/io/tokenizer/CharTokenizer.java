package headway.io.tokenizer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/// One token a character (code point), in the order of their numbers behind id 0, `<unk>`, which stands for
/// characters that the vocabulary's text did not have.
public final class CharTokenizer implements Tokenizer {
    static final String UNKNOWN = "<unk>";

    /// The expression that marks such a file; a dot would leave out newlines.
    static final String EVERY_CHARACTER = "[\\s\\S]";

    private final Vocabulary vocabulary;
    private final List<AddedToken> added;
    private final boolean[] special;
    private final AddedTokenSplit split;
    private final TokenizerConfig config;
    private final int unknown;

    private CharTokenizer(Map<String, Integer> model, List<AddedToken> added, TokenizerConfig config) {
        this.vocabulary = new Vocabulary(model, added);
        this.added = added;
        this.special = new boolean[vocabulary.size()];
        added.forEach(token -> special[token.id()] = token.special());
        this.split = new AddedTokenSplit(added);
        this.config = config;
        this.unknown = vocabulary.idOf(UNKNOWN).orElseThrow();
    }

    /// A tokenizer for the characters in `texts`.
    public static CharTokenizer of(Collection<String> texts) {
        var characters = new TreeSet<Integer>();
        texts.forEach(text -> WellFormed.of(text).codePoints().forEach(characters::add));
        var model = new LinkedHashMap<String, Integer>();
        model.put(UNKNOWN, 0);
        characters.forEach(character -> model.put(Character.toString(character), model.size()));
        var added = List.of(new AddedToken(0, UNKNOWN, true, true, false));
        return new CharTokenizer(model, added, TokenizerConfig.of(SpecialTokens.guess(added)));
    }

    /// The tokenizer of `file` where it was saved by this class; otherwise empty.
    static Optional<CharTokenizer> of(TokenizerFile file, TokenizerConfig config) {
        var pre = file.part("pre_tokenizer");
        boolean readable = file.modelField("type").stringValue("").equals("WordLevel")
                && file.modelField("unk_token").stringValue("").equals(UNKNOWN)
                && file.vocabulary().containsKey(UNKNOWN)
                && file.part("normalizer").isMissingNode()
                && file.part("post_processor").isMissingNode()
                && pre.path("type").stringValue("").equals("Split")
                && pre.path("pattern").path("Regex").stringValue("").equals(EVERY_CHARACTER)
                && pre.path("behavior").stringValue("").equals("Isolated")
                && !pre.path("invert").booleanValue(false)
                && file.part("decoder").path("type").stringValue("").equals("Fuse")
                && file.added().stream().allMatch(AddedToken::plain);
        return readable
                ? Optional.of(new CharTokenizer(
                        file.vocabulary(), file.added(), config.orTokens(SpecialTokens.guess(file.added()))))
                : Optional.empty();
    }

    @Override
    public Encoding encode(String text, boolean addSpecialTokens) {
        return plain(text);
    }

    @Override
    public Encoding encodePair(String first, String second, boolean addSpecialTokens) {
        return PostProcessor.NONE.assemble(plain(first), plain(second), addSpecialTokens, vocabulary::tokenOf);
    }

    @Override
    public List<Encoding> encodeWindows(String text, boolean addSpecialTokens, Truncation truncation) {
        return PostProcessor.NONE.windows(plain(text), null, addSpecialTokens, truncation, vocabulary::tokenOf);
    }

    @Override
    public List<Encoding> encodePairWindows(
            String first, String second, boolean addSpecialTokens, Truncation truncation) {
        return PostProcessor.NONE.windows(
                plain(first), plain(second), addSpecialTokens, truncation, vocabulary::tokenOf);
    }

    private Encoding plain(String text) {
        String whole = WellFormed.of(text);
        var ids = new IntList();
        var tokens = new ArrayList<String>();
        var offsets = new ArrayList<int[]>();
        split.split(whole, new AddedTokenSplit.Pieces() {
            private int codePoint;

            @Override
            public void plain(int start, int end) {
                whole.substring(start, end).codePoints().forEach(c -> add(id(c), 1));
            }

            @Override
            public void token(AddedToken token, int start, int end) {
                add(token.id(), whole.codePointCount(start, end));
            }

            private void add(int id, int length) {
                ids.add(id);
                tokens.add(vocabulary.tokenOf(id));
                offsets.add(new int[] {codePoint, codePoint + length});
                codePoint += length;
            }
        });
        return Encoding.ofText(ids.toArray(), List.copyOf(tokens), offsets.toArray(int[][]::new));
    }

    private int id(int codePoint) {
        return vocabulary.idOf(Character.toString(codePoint)).orElse(unknown);
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        var text = new StringBuilder();
        for (int id : ids) {
            String token = vocabulary.tokenOrNull(id);
            if (token != null && !(skipSpecialTokens && special[id])) {
                text.append(token);
            }
        }
        return text.toString();
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
        return 0;
    }

    @Override
    public TokenizerConfig config() {
        return config;
    }

    /// Writes `tokenizer.json` and `tokenizer_config.json` into `folder`, as Hugging Face loads them.
    public void save(Path folder) {
        TokenizerJson.writeCharacters(folder.resolve("tokenizer.json"), vocabulary, added, UNKNOWN);
        TokenizerJson.writeConfig(folder.resolve("tokenizer_config.json"), specialTokens());
    }
}
