package headway.io.tokenizer;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/// Text to token ids and back.
///
/// Lone surrogates in a text are read as U+FFFD, whichever implementation runs. All methods may be called by several
/// threads at once.
public interface Tokenizer extends AutoCloseable {
    /// Tokens of `text`; with `addSpecialTokens` also those that the model wants around it.
    Encoding encode(String text, boolean addSpecialTokens);

    /// Token ids of `text` alone; cheaper than [#encode] where tokens and offsets are not needed.
    default int[] encodeIds(String text, boolean addSpecialTokens) {
        return encode(text, addSpecialTokens).ids();
    }

    /// Tokens of each of `texts`, in their order.
    default List<Encoding> encodeAll(List<String> texts, boolean addSpecialTokens) {
        return texts.parallelStream()
                .map(text -> encode(text, addSpecialTokens))
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

    /// Id of the token that begins a text, where known.
    default OptionalInt bosId() {
        return OptionalInt.empty();
    }

    /// Id of the token that ends a text, where known.
    default OptionalInt eosId() {
        return OptionalInt.empty();
    }

    /// Writes `tokenizer.json` and what belongs to it into `folder`, so that [Tokenizers#of] and the Hugging Face
    /// library read the same tokenizer.
    void save(Path folder);

    /// Frees native memory, where the implementation has any.
    @Override
    default void close() {}
}
