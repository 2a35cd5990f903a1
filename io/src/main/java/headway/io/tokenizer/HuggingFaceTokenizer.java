package headway.io.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import headway.io.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Any `tokenizer.json`, read by the Hugging Face library itself (Rust, through `ai.djl.huggingface:tokenizers`).
///
/// Neither truncates nor pads, whatever the file says: a length is the model's business. The native library is
/// unpacked to `~/.djl.ai` at first use and loaded at the first call; nothing is asked of the network.
public final class HuggingFaceTokenizer implements Tokenizer {
    private final TokenizerFile file;
    private final TokenizerConfig config;
    private final PostProcessor post;
    private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library;
    private final Vocabulary vocabulary;

    /// Ids of tokens that the library spells otherwise than the vocabulary, now and then.
    private final BitSet ownSpelling;

    /// The `tokenizer.json` where it was made here, null where it is a file.
    private final byte[] made;

    /// The piece that the library takes for what the vocabulary lacks where the file names none; -1 where it does.
    private final int standIn;

    /// What is done to texts before the library gets them; null for nothing.
    private final PrefixNormalizer before;

    private HuggingFaceTokenizer(TokenizerFile file, TokenizerConfig config, byte[] made, PrefixNormalizer before) {
        this.file = file;
        this.made = made;
        this.before = before;
        this.config = config.orTokens(SpecialTokens.guess(file.added()));
        this.vocabulary = Vocabulary.of(file);
        this.ownSpelling = ownSpelling(file, vocabulary);
        this.standIn = LibraryLimits.lacksUnknown(file) ? LibraryLimits.standIn(file) : -1;
        this.post = PostProcessor.read(file.part("post_processor"))
                .orElseThrow(() -> file.error("post_processor: type %s is not known, or trims offsets of its own tokens"
                        .formatted(file.part("post_processor").path("type"))));
        LibraryLimits.check(file);
        checkAdded(file);
        byte[] given = before == null
                ? made
                : PrefixNormalizer.without(made, file.path().toString());
        this.library = Library.load(file.path(), LibraryLimits.rewritten(file, given));
    }

    private static void checkAdded(TokenizerFile file) {
        byte[] normalizer = LibraryLimits.normalizerAlone(file);
        if (normalizer == null) {
            return;
        }
        try (var alone = Library.load(file.path(), normalizer)) {
            for (AddedToken token : file.added()) {
                if (token.normalized()
                        && alone.encode(WellFormed.of(token.content()), false, false)
                                        .getIds()
                                        .length
                                == 0) {
                    throw file.error(
                            "added_tokens: the normalizer leaves nothing of '%s' (id %d); set its normalized to false"
                                    .formatted(token.content(), token.id()));
                }
            }
        }
    }

    /// Reads the `tokenizer.json` at `path`.
    ///
    /// @throws TokenizerException when it is missing or the library refuses it
    public static HuggingFaceTokenizer of(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        return of(TokenizerFile.read(path), TokenizerConfig.read(folder));
    }

    static HuggingFaceTokenizer of(TokenizerFile file, TokenizerConfig config) {
        return new HuggingFaceTokenizer(file, config, null, null);
    }

    /// Reads `made`, a `tokenizer.json` that was made from another file.
    static HuggingFaceTokenizer of(TokenizerFile file, TokenizerConfig config, byte[] made, PrefixNormalizer before) {
        return new HuggingFaceTokenizer(file, config, made, before);
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
    public List<Encoding> encodeAll(List<String> texts, boolean addSpecialTokens) {
        return plain(texts).stream()
                .map(text -> post.assemble(text, null, addSpecialTokens, vocabulary::tokenOf))
                .toList();
    }

    @Override
    public List<Encoding> encodeAll(List<String> texts, boolean addSpecialTokens, Truncation truncation) {
        return plain(texts).stream()
                .map(text -> post.windows(text, null, addSpecialTokens, truncation, vocabulary::tokenOf)
                        .getFirst())
                .toList();
    }

    /// The library's special tokens are never asked for: it puts them around a text before the text can be cut.
    private Encoding plain(String text) {
        if (before == null) {
            return encoding(library.encode(WellFormed.of(text), false, false));
        }
        CharsMap.Normalized normalized = before.of(WellFormed.of(text));
        return normalized.back(encoding(library.encode(normalized.text(), false, false)));
    }

    @Override
    public List<int[]> encodeIds(List<String> texts, boolean addSpecialTokens) {
        return all(texts, (handle, _) -> {
            int[] ids = narrow(TokenizersLibrary.LIB.getTokenIds(handle));
            checkKnown(ids, () -> TokenizersLibrary.LIB.getTokens(handle));
            return addSpecialTokens ? post.around(ids) : ids;
        });
    }

    private List<Encoding> plain(List<String> texts) {
        return all(
                texts,
                (handle, normalized) -> normalized == null ? encoding(handle) : normalized.back(encoding(handle)));
    }

    /// One call for all: the library spreads them over the processor's cores. What it found is asked for by the
    /// numbers of its own objects, since its Java class asks for all there is, at a fifth of the whole time.
    private <T> List<T> all(List<String> texts, Reader<T> read) {
        String[] whole = texts.stream().map(WellFormed::of).toArray(String[]::new);
        var normalized = new CharsMap.Normalized[whole.length];
        if (before != null) {
            Arrays.parallelSetAll(normalized, i -> before.of(whole[i]));
            Arrays.setAll(whole, i -> normalized[i].text());
        }
        long[] handles = TokenizersLibrary.LIB.batchEncode(library.getHandle(), whole, false);
        try {
            return IntStream.range(0, handles.length)
                    .parallel()
                    .mapToObj(i -> Outcome.of(() -> read.of(handles[i], normalized[i])))
                    .toList()
                    .stream()
                    .map(Outcome::value)
                    .toList();
        } finally {
            Arrays.stream(handles).forEach(TokenizersLibrary.LIB::deleteEncoding);
            // Collected in the middle of a call, the tokenizer would take the library's own object along.
            Reference.reachabilityFence(library);
        }
    }

    /// What was read, or why not. A parallel stream that is left by an exception does not wait for its other threads,
    /// and these still read objects of the library that are about to be deleted; so nothing is thrown inside of it.
    private record Outcome<T>(T read, RuntimeException failure) {
        static <T> Outcome<T> of(Supplier<T> reading) {
            try {
                return new Outcome<>(reading.get(), null);
            } catch (RuntimeException e) {
                return new Outcome<>(null, e);
            }
        }

        T value() {
            if (failure != null) {
                throw failure;
            }
            return read;
        }
    }

    /// Takes what is wanted from an object of the library.
    private interface Reader<T> {
        T of(long handle, CharsMap.Normalized normalized);
    }

    private Encoding encoding(long handle) {
        int[] ids = narrow(TokenizersLibrary.LIB.getTokenIds(handle));
        int[][] offsets = offsets(TokenizersLibrary.LIB.getTokenCharSpans(handle), ids.length);
        int[] words = narrow(TokenizersLibrary.LIB.getWordIds(handle));
        checkKnown(ids, () -> TokenizersLibrary.LIB.getTokens(handle));
        return Encoding.ofText(ids, tokens(handle, ids), offsets, words);
    }

    /// Where the file names no piece for what the vocabulary lacks, such text is an error: its token is then the text
    /// itself.
    private void checkKnown(int[] ids, Supplier<String[]> tokens) {
        if (standIn < 0 || Arrays.stream(ids).noneMatch(id -> id == standIn)) {
            return;
        }
        String[] spelt = tokens.get();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == standIn && !spelt[i].equals(vocabulary.tokenOrNull(standIn))) {
                throw file.error("no piece holds '%s', and no piece stands for such (model.unk_id is missing)"
                        .formatted(spelt[i]));
            }
        }
    }

    /// The vocabulary spells most tokens as the library does; it has the text itself for unknown pieces, and spaces
    /// that an added token has taken along.
    private List<String> tokens(long handle, int[] ids) {
        String[] tokens = new String[ids.length];
        for (int i = 0; i < ids.length; i++) {
            if (ownSpelling.get(ids[i])) {
                return List.of(TokenizersLibrary.LIB.getTokens(handle));
            }
            tokens[i] = vocabulary.tokenOf(ids[i]);
        }
        return List.of(tokens);
    }

    private static BitSet ownSpelling(TokenizerFile file, Vocabulary vocabulary) {
        var own = new BitSet();
        file.added().forEach(token -> own.set(token.id()));
        var seen = new BitSet();
        for (int id : file.vocabulary().values()) {
            // Two tokens with one number: which of them it was, only the library knows.
            own.set(id, own.get(id) || seen.get(id));
            seen.set(id);
        }
        own.set(file.modelField("unk_id").asInt(0));
        vocabulary.idOf(file.modelField("unk_token").asString("")).ifPresent(own::set);
        return own;
    }

    private static int[] narrow(long[] wide) {
        int[] narrow = new int[wide.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (int) wide[i];
        }
        return narrow;
    }

    private static int[][] offsets(CharSpan[] spans, int count) {
        int[][] offsets = new int[count][2];
        for (int i = 0; i < count; i++) {
            // The library gives null for tokens that are not in the text.
            if (spans[i] != null) {
                offsets[i][0] = spans[i].getStart();
                offsets[i][1] = spans[i].getEnd();
            }
        }
        return offsets;
    }

    /// Copies the file it was read from, and the files that say which tokens are special.
    @Override
    public void save(Path folder) {
        if (made != null) {
            AtomicFiles.write(folder.resolve("tokenizer.json"), out -> out.write(made));
            TokenizerJson.writeConfig(folder.resolve("tokenizer_config.json"), specialTokens());
            return;
        }
        for (String name : List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")) {
            Path from =
                    name.equals("tokenizer.json") ? file.path() : file.path().resolveSibling(name);
            if (Files.exists(from)) {
                AtomicFiles.write(folder.resolve(name), out -> Files.copy(from, out));
            }
        }
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        String text = library.decode(wide, skipSpecialTokens);
        boolean isBpe = file.modelField("type").asString("BPE").equals("BPE");
        return config.cleanUpSpaces() && !isBpe ? cleanedUp(text) : text;
    }

    private static String cleanedUp(String text) {
        String clean = text;
        for (String mark : List.of(" .", " ?", " !", " ,", " ' ", " n't", " 'm", " 's", " 've", " 're")) {
            clean = clean.replace(mark, mark.strip());
        }
        return clean;
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

    @Override
    public void close() {
        library.close();
    }

    @Override
    public String toString() {
        return "HuggingFaceTokenizer[%s]".formatted(file.path());
    }

    private Encoding encoding(ai.djl.huggingface.tokenizers.Encoding from) {
        int[] ids = narrow(from.getIds());
        checkKnown(ids, from::getTokens);
        int[][] offsets = offsets(from.getCharTokenSpans(), ids.length);
        return Encoding.ofText(ids, List.of(from.getTokens()), offsets, narrow(from.getWordIds()));
    }

    /// Loads the native library when the first tokenizer needs it.
    private static final class Library {
        static {
            // Otherwise the library reports each start to its makers and downloads variants for graphics processors.
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
        }

        static ai.djl.huggingface.tokenizers.HuggingFaceTokenizer load(Path path, byte[] made) {
            try {
                var options =
                        Map.of("addSpecialTokens", "true", "truncation", "do_not_truncate", "padding", "do_not_pad");
                return made == null
                        ? ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(path, options)
                        : ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                                new ByteArrayInputStream(made), options);
            } catch (IOException | RuntimeException e) {
                throw new TokenizerException(
                        "[tokenizer] %s: the Hugging Face library refuses it: %s".formatted(path, e.getMessage()), e);
            }
        }
    }
}
