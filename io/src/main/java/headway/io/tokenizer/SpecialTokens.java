package headway.io.tokenizer;

import java.util.List;
import java.util.Optional;

/// The tokens that have a role, as the vocabulary spells them.
///
/// @param bos begins a text
/// @param eos ends a text
/// @param unk stands for what the vocabulary lacks
/// @param sep stands between two texts
/// @param pad fills a batch
/// @param cls begins a text that is classified
/// @param mask stands for a token that is to be guessed
public record SpecialTokens(
        Optional<String> bos,
        Optional<String> eos,
        Optional<String> unk,
        Optional<String> sep,
        Optional<String> pad,
        Optional<String> cls,
        Optional<String> mask) {
    /// No token has a role.
    public static final SpecialTokens NONE = ofEnds(Optional.empty(), Optional.empty());

    /// Only the tokens that begin and end a text.
    static SpecialTokens ofEnds(Optional<String> bos, Optional<String> eos) {
        return new SpecialTokens(
                bos, eos, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// These tokens, and those of `other` for roles without one.
    SpecialTokens or(SpecialTokens other) {
        return new SpecialTokens(
                bos.or(other::bos),
                eos.or(other::eos),
                unk.or(other::unk),
                sep.or(other::sep),
                pad.or(other::pad),
                cls.or(other::cls),
                mask.or(other::mask));
    }

    /// What spelling alone says of special tokens, for folders whose files name none. The ends of a text are left
    /// open: `<s>` and `</s>` have too many uses.
    static SpecialTokens guess(List<AddedToken> added) {
        return new SpecialTokens(
                Optional.empty(),
                Optional.empty(),
                spelt(added, "[UNK]", "<unk>"),
                spelt(added, "[SEP]"),
                spelt(added, "[PAD]", "<pad>"),
                spelt(added, "[CLS]"),
                spelt(added, "[MASK]", "<mask>"));
    }

    private static Optional<String> spelt(List<AddedToken> added, String... spellings) {
        return added.stream()
                .filter(AddedToken::special)
                .map(AddedToken::content)
                .filter(List.of(spellings)::contains)
                .findFirst();
    }
}
