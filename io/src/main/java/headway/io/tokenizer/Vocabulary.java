package headway.io.tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Tokens and their ids, both ways, added tokens included.
final class Vocabulary {
    /// Ids may have holes, but a hostile file must not make a table of two billion places.
    private static final int LARGEST_ID = 1 << 24;

    private final Map<String, Integer> ids;
    private final String[] tokens;

    Vocabulary(Map<String, Integer> model, List<AddedToken> added) {
        ids = HashMap.newHashMap(model.size() + added.size());
        ids.putAll(model);
        added.forEach(token -> ids.put(token.content(), token.id()));
        int largest = -1;
        for (var entry : ids.entrySet()) {
            if (entry.getValue() < 0 || entry.getValue() > LARGEST_ID) {
                throw new TokenizerException("[tokenizer] token '%s' has id %d, the limit is %d"
                        .formatted(entry.getKey(), entry.getValue(), LARGEST_ID));
            }
            largest = Math.max(largest, entry.getValue());
        }
        tokens = new String[largest + 1];
        model.forEach((token, id) -> tokens[id] = token);
        added.forEach(token -> tokens[token.id()] = token.content());
    }

    static Vocabulary of(TokenizerFile file) {
        try {
            return new Vocabulary(file.vocabulary(), file.added());
        } catch (TokenizerException e) {
            throw new TokenizerException(e.getMessage().replace("[tokenizer]", "[tokenizer] " + file.path() + ":"), e);
        }
    }

    int size() {
        return tokens.length;
    }

    OptionalInt idOf(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /// The token, or null where no token has this id.
    String tokenOrNull(int id) {
        return id >= 0 && id < tokens.length ? tokens[id] : null;
    }

    String tokenOf(int id) {
        String token = tokenOrNull(id);
        if (token == null) {
            throw new IllegalArgumentException(
                    "[tokenizer] no token has id %d; ids are 0 to %d".formatted(id, tokens.length - 1));
        }
        return token;
    }
}
