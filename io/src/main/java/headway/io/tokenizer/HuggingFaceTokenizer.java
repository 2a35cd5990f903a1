package headway.io.tokenizer;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import headway.io.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

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

    /// The `tokenizer.json` where it was made here, null where it is a file.
    private final byte[] made;

    private HuggingFaceTokenizer(TokenizerFile file, TokenizerConfig config, byte[] made) {
        this.file = file;
        this.made = made;
        this.config = config.orTokens(SpecialTokens.guess(file.added()));
        this.vocabulary = Vocabulary.of(file);
        this.post = PostProcessor.read(file.part("post_processor"))
                .orElseThrow(() -> file.error("post_processor: type %s is not known, or trims offsets of its own tokens"
                        .formatted(file.part("post_processor").path("type"))));
        LibraryLimits.check(file);
        this.library = Library.load(file.path(), LibraryLimits.rewritten(file, made));
    }

    /// Reads the `tokenizer.json` at `path`.
    ///
    /// @throws TokenizerException when it is missing or the library refuses it
    public static HuggingFaceTokenizer of(Path path) {
        Path folder = path.toAbsolutePath().getParent();
        return of(TokenizerFile.read(path), TokenizerConfig.read(folder));
    }

    static HuggingFaceTokenizer of(TokenizerFile file, TokenizerConfig config) {
        return new HuggingFaceTokenizer(file, config, null);
    }

    /// Reads `made`, a `tokenizer.json` that was made from another file.
    static HuggingFaceTokenizer of(TokenizerFile file, TokenizerConfig config, byte[] made) {
        return new HuggingFaceTokenizer(file, config, made);
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
        return encoding(library.encode(WellFormed.of(text), false, false));
    }

    /// One call for all: the library spreads them over the processor's cores.
    private List<Encoding> plain(List<String> texts) {
        String[] whole = texts.stream().map(WellFormed::of).toArray(String[]::new);
        return Arrays.stream(library.batchEncode(whole, false, false))
                .map(HuggingFaceTokenizer::encoding)
                .toList();
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
        return library.decode(wide, skipSpecialTokens);
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

    private static Encoding encoding(ai.djl.huggingface.tokenizers.Encoding from) {
        long[] wide = from.getIds();
        CharSpan[] spans = from.getCharTokenSpans();
        int[] ids = new int[wide.length];
        int[][] offsets = new int[wide.length][2];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) wide[i];
            // The library gives null for tokens that are not in the text.
            if (spans[i] != null) {
                offsets[i][0] = spans[i].getStart();
                offsets[i][1] = spans[i].getEnd();
            }
        }
        int[] words = Arrays.stream(from.getWordIds()).mapToInt(w -> (int) w).toArray();
        return Encoding.ofText(ids, List.of(from.getTokens()), offsets, words);
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
