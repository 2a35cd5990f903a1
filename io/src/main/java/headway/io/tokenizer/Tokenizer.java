package headway.io.tokenizer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Text to token ids and back.
///
/// Lone surrogates in a text are read as U+FFFD, whichever implementation runs. All methods may be called by several
/// threads at once.
public interface Tokenizer extends AutoCloseable {
    /// Tokens of `text`; with `addSpecialTokens` also those that the model wants around it.
    Encoding encode(String text, boolean addSpecialTokens);

    /// Tokens of two texts, with `addSpecialTokens` also those that the model wants around and between them.
    Encoding encodePair(String first, String second, boolean addSpecialTokens);

    /// `text` in windows of limited length: the one that truncation keeps, then the overflowing ones.
    ///
    /// @throws TokenizerException when the window is too small for special tokens or stride
    List<Encoding> encodeWindows(String text, boolean addSpecialTokens, Truncation truncation);

    /// Two texts in windows of limited length: the one that truncation keeps, then the overflowing ones.
    ///
    /// @throws TokenizerException when the text that gives way is too short, or the window too small
    List<Encoding> encodePairWindows(String first, String second, boolean addSpecialTokens, Truncation truncation);

    /// Token ids of `text` alone; cheaper than [#encode] where tokens and offsets are not needed.
    default int[] encodeIds(String text, boolean addSpecialTokens) {
        return encode(text, addSpecialTokens).ids();
    }

    /// Token ids of each of `texts` alone, in their order; several times as cheap as [#encodeAll].
    default List<int[]> encodeIds(List<String> texts, boolean addSpecialTokens) {
        return texts.parallelStream()
                .map(text -> encodeIds(text, addSpecialTokens))
                .toList();
    }

    /// Tokens of each of `texts`, in their order.
    default List<Encoding> encodeAll(List<String> texts, boolean addSpecialTokens) {
        return texts.parallelStream()
                .map(text -> encode(text, addSpecialTokens))
                .toList();
    }

    /// Tokens of each of `texts`, each cut to the length that `truncation` allows.
    default List<Encoding> encodeAll(List<String> texts, boolean addSpecialTokens, Truncation truncation) {
        return texts.parallelStream()
                .map(text -> encodeWindows(text, addSpecialTokens, truncation).getFirst())
                .toList();
    }

    /// Text of `ids`; bytes that are not UTF-8 become U+FFFD, ids beyond the vocabulary nothing.
    String decode(int[] ids, boolean skipSpecialTokens);

    /// Number of tokens, added ones included: one more than the largest id.
    int vocabSize();

    /// Id of `token`, spelt as in the vocabulary.
    OptionalInt idOf(String token);

    /// Token `id` as the vocabulary spells it.
    ///
    /// @throws IllegalArgumentException when there is none
    String tokenOf(int id);

    /// Number of tokens that `encode(text, true)` puts around a text.
    int addedTokens();

    /// What the model's files say of the tokenizer's use.
    default TokenizerConfig config() {
        return TokenizerConfig.NONE;
    }

    /// The tokens that have a role.
    default SpecialTokens specialTokens() {
        return config().specialTokens();
    }

    /// Most tokens that the model reads, where the tokenizer's files say so.
    default OptionalInt modelMaxLength() {
        return config().modelMaxLength();
    }

    /// Id of the token that begins a text, where known.
    default OptionalInt bosId() {
        return idOf(specialTokens().bos());
    }

    /// Id of the token that ends a text, where known.
    default OptionalInt eosId() {
        return idOf(specialTokens().eos());
    }

    /// Id of the token for what the vocabulary lacks, where known.
    default OptionalInt unkId() {
        return idOf(specialTokens().unk());
    }

    /// Id of the token between two texts, where known.
    default OptionalInt sepId() {
        return idOf(specialTokens().sep());
    }

    /// Id of the token that fills a batch, where known.
    default OptionalInt padId() {
        return idOf(specialTokens().pad());
    }

    /// Id of the token that begins a text to be classified, where known.
    default OptionalInt clsId() {
        return idOf(specialTokens().cls());
    }

    /// Id of the token that stands for one to be guessed, where known.
    default OptionalInt maskId() {
        return idOf(specialTokens().mask());
    }

    private OptionalInt idOf(Optional<String> token) {
        return token.isPresent() ? idOf(token.get()) : OptionalInt.empty();
    }

    /// Writes `tokenizer.json` and what belongs to it into `folder`, so that [Tokenizers#of] and the Hugging Face
    /// library read the same tokenizer.
    void save(Path folder);

    /// Frees native memory, where the implementation has any.
    @Override
    default void close() {}
}
