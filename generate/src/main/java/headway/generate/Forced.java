package headway.generate;

import headway.generate.transform.BeginSuppressTokens;
import headway.generate.transform.ForcedBos;
import headway.generate.transform.ForcedEos;
import headway.generate.transform.LogitsTransform;
import headway.generate.transform.MinLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Tokens that must or must not come at certain places.
///
/// @param bosTokenId the first token after the start token of a decoder; null for none
/// @param eosTokenIds the last token at the limit, one of these; empty for none
/// @param beginSuppressTokens tokens that do not come first
/// @param minLength tokens in all, the prompt included, before which no end token may come
public record Forced(Integer bosTokenId, List<Integer> eosTokenIds, List<Integer> beginSuppressTokens, int minLength) {
    /// Nothing forced.
    public static final Forced NOTHING = new Forced(null, List.of(), List.of(), 0);

    public Forced {
        eosTokenIds = List.copyOf(eosTokenIds);
        beginSuppressTokens = List.copyOf(beginSuppressTokens);
        new MinLength(minLength, Set.of());
    }

    /// What forces tokens, in Hugging Face's order.
    ///
    /// @param limit most tokens to generate
    List<LogitsTransform> transforms(int limit) {
        var chain = new ArrayList<LogitsTransform>();
        if (bosTokenId != null) {
            chain.add(new ForcedBos(bosTokenId));
        }
        if (!eosTokenIds.isEmpty()) {
            chain.add(new ForcedEos(eosTokenIds, limit));
        }
        return chain;
    }

    /// What forbids first tokens; it comes after the tokens that never come.
    List<LogitsTransform> begin() {
        return beginSuppressTokens.isEmpty()
                ? List.of()
                : List.of(new BeginSuppressTokens(beginSuppressTokens, bosTokenId != null));
    }
}
