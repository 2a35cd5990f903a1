package headway.io.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/// GPT-2's tokenizer: a text is cut into words, a word's UTF-8 bytes are spelt as characters, neighbours merge as
/// learnt; [Radford et al. 2019](https://cdn.openai.com/better-language-models/language_models.pdf).
///
/// Gives exactly what the Hugging Face library gives for the same `tokenizer.json`, but needs no native library,
/// whose loading alone takes longer than all else before the first token. Any text has tokens and comes back whole.
public final class ByteLevelBpe implements Tokenizer {
    /// Words kept with their ids. Text repeats itself: most words are found here.
    private static final int CACHED_WORDS = 1 << 16;

    private static final int LONGEST_CACHED = 64;

    private final Vocabulary vocabulary;
    private final int[] byteIds;
    private final MergeTable merges;
    private final List<String> mergeList;
    private final List<AddedToken> added;
    private final boolean[] special;
    private final AddedTokenSplit split;
    private final PostProcessor post;
    private final TokenizerConfig config;
    private final Options options;
    private final Map<String, int[]> cache = new ConcurrentHashMap<>();

    /// @param cutWords whether GPT-2's cut is made; otherwise all text between added tokens is one word
    /// @param wholeWords whether a word that is a token becomes that token, merges or not (`ignore_merges`)
    record Options(boolean cutWords, boolean wholeWords) {}

    ByteLevelBpe(
            Map<String, Integer> model,
            List<String> mergeList,
            List<AddedToken> added,
            PostProcessor post,
            TokenizerConfig config,
            Options options) {
        this.vocabulary = new Vocabulary(model, added);
        this.mergeList = mergeList;
        this.added = added;
        this.post = post;
        this.config = config;
        this.options = options;
        this.split = new AddedTokenSplit(added);
        this.special = new boolean[vocabulary.size()];
        added.forEach(token -> special[token.id()] = token.special());
        this.byteIds = new int[256];
        for (int b = 0; b < 256; b++) {
            byteIds[b] = model.get(String.valueOf(ByteAlphabet.charOf(b)));
        }
        this.merges = new MergeTable(mergeList.size() / 2);
        for (int i = 0; i < mergeList.size(); i += 2) {
            String left = mergeList.get(i);
            String right = mergeList.get(i + 1);
            merges.add(id(model, left, i), id(model, right, i), id(model, left.concat(right), i));
        }
    }

    private static int id(Map<String, Integer> model, String token, int index) {
        Integer id = model.get(token);
        if (id == null) {
            throw new TokenizerException("[tokenizer] model.merges: entry %d needs token '%s', which model.vocab lacks"
                    .formatted(index / 2, token));
        }
        return id;
    }

    /// The tokenizer of `file` where this class can do all that it asks for; otherwise empty.
    static Optional<ByteLevelBpe> of(TokenizerFile file, TokenizerConfig config) {
        var post = PostProcessor.read(file.part("post_processor"));
        var pre = file.part("pre_tokenizer");
        boolean readable = post.isPresent()
                && file.modelField("type").stringValue("BPE").equals("BPE")
                && file.modelField("dropout").isMissingNode()
                && file.modelField("unk_token").isMissingNode()
                && file.modelField("continuing_subword_prefix").stringValue("").isEmpty()
                && file.modelField("end_of_word_suffix").stringValue("").isEmpty()
                && !file.modelField("byte_fallback").booleanValue(false)
                && file.part("normalizer").isMissingNode()
                && pre.path("type").stringValue("").equals("ByteLevel")
                && !pre.path("add_prefix_space").booleanValue(true)
                && file.part("decoder").path("type").stringValue("").equals("ByteLevel")
                && file.added().stream().allMatch(AddedToken::plain);
        for (int b = 0; b < 256; b++) {
            readable = readable && file.vocabulary().containsKey(String.valueOf(ByteAlphabet.charOf(b)));
        }
        if (!readable) {
            return Optional.empty();
        }
        var options = new Options(
                pre.path("use_regex").booleanValue(true),
                file.modelField("ignore_merges").booleanValue(false));
        return Optional.of(
                new ByteLevelBpe(file.vocabulary(), file.merges(), file.added(), post.get(), config, options));
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

    private Encoding plain(String text) {
        var encoder = new Encoder(WellFormed.of(text), true);
        split.split(encoder.text, encoder);
        return encoder.encoding();
    }

    @Override
    public int[] encodeIds(String text, boolean addSpecialTokens) {
        var encoder = new Encoder(WellFormed.of(text), false);
        split.split(encoder.text, encoder);
        int[] ids = encoder.ids.toArray();
        return addSpecialTokens ? post.around(ids) : ids;
    }

    /// Ids of one word, from the cache or merged anew.
    private int[] word(String word) {
        int[] known = cache.get(word);
        if (known != null) {
            return known;
        }
        int[] ids = merge(word);
        if (word.length() <= LONGEST_CACHED && cache.size() < CACHED_WORDS) {
            cache.put(word, ids);
        }
        return ids;
    }

    private int[] merge(String word) {
        if (options.wholeWords) {
            var whole = vocabulary.idOf(ByteAlphabet.spell(word));
            if (whole.isPresent()) {
                return new int[] {whole.getAsInt()};
            }
        }
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int[] symbols = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            symbols[i] = byteIds[bytes[i] & 0xFF];
        }
        return merges.apply(symbols, symbols.length);
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        var bytes = new ByteArrayOutputStream(ids.length * 4);
        for (int id : ids) {
            String token = vocabulary.tokenOrNull(id);
            if (token != null && !(skipSpecialTokens && special[id])) {
                ByteAlphabet.unspell(token, bytes);
            }
        }
        return LenientUtf8.decode(bytes.toByteArray());
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

    /// Merges in order: left and right token of each, one after the other.
    List<String> merges() {
        return mergeList;
    }

    /// Writes `tokenizer.json` and `tokenizer_config.json` into `folder`, as Hugging Face loads them.
    ///
    /// @throws headway.io.FileWriteException when the folder is missing, full or not writable
    public void save(Path folder) {
        TokenizerJson.writeByteLevel(
                folder.resolve("tokenizer.json"), vocabulary, mergeList, added, options.cutWords, post);
        TokenizerJson.writeConfig(folder.resolve("tokenizer_config.json"), specialTokens());
    }

    /// Collects the tokens of one text.
    private final class Encoder implements AddedTokenSplit.Pieces {
        private final String text;
        private final boolean withOffsets;
        private final IntList ids = new IntList();
        private final List<int[]> offsets = new ArrayList<>();
        private final IntList words = new IntList();
        private int number;
        private int codePoint;

        Encoder(String text, boolean withOffsets) {
            this.text = text;
            this.withOffsets = withOffsets;
        }

        @Override
        public void plain(int start, int end) {
            for (int at = start; at < end; ) {
                int stop = options.cutWords ? GptSplit.next(text, at, end) : end;
                String word = text.substring(at, stop);
                int[] wordIds = word(word);
                ids.addAll(wordIds);
                if (withOffsets) {
                    addOffsets(word, wordIds);
                    number++;
                }
                at = stop;
            }
        }

        @Override
        public void token(AddedToken token, int start, int end) {
            ids.add(token.id());
            if (withOffsets) {
                int stop = codePoint + text.codePointCount(start, end);
                offsets.add(new int[] {codePoint, stop});
                words.add(number++);
                codePoint = stop;
            }
        }

        private void addOffsets(String word, int[] wordIds) {
            int[] codePointOf = codePointOfByte(word);
            int at = 0;
            for (int id : wordIds) {
                // One character of a token is one byte of text.
                int stop = at + vocabulary.tokenOf(id).length();
                offsets.add(new int[] {codePoint + codePointOf[at], codePoint + codePointOf[stop - 1] + 1});
                words.add(number);
                at = stop;
            }
            codePoint += word.codePointCount(0, word.length());
        }

        private static int[] codePointOfByte(String word) {
            int[] codePointOf = new int[word.length() * 3];
            int bytes = 0;
            int index = 0;
            for (int i = 0; i < word.length(); index++) {
                int c = word.codePointAt(i);
                int length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
                Arrays.fill(codePointOf, bytes, bytes + length, index);
                bytes += length;
                i += Character.charCount(c);
            }
            return codePointOf;
        }

        Encoding encoding() {
            var tokens = new ArrayList<String>(ids.size());
            for (int i = 0; i < ids.size(); i++) {
                tokens.add(vocabulary.tokenOf(ids.get(i)));
                if (post.trimOffsets()) {
                    post.trim(i, tokens.get(i), offsets.get(i));
                }
            }
            return Encoding.ofText(ids.toArray(), tokens, offsets.toArray(int[][]::new), words.toArray());
        }
    }
}
