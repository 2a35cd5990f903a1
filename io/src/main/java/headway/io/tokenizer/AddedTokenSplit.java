package headway.io.tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds added tokens in a text: from left to right, the longest at each place.
///
/// Tokens that are not normalized are looked for first, in the whole text, the others in what is left, as the Hugging
/// Face library does.
final class AddedTokenSplit {
    private final List<Map<Character, List<AddedToken>>> passes;

    /// Receives the pieces of a text in order.
    interface Pieces {
        /// `text[start, end)` holds no added token.
        void plain(int start, int end);

        /// `text[start, end)` is `token`.
        void token(AddedToken token, int start, int end);
    }

    AddedTokenSplit(List<AddedToken> tokens) {
        passes = List.of(byFirst(tokens, false), byFirst(tokens, true));
    }

    private static Map<Character, List<AddedToken>> byFirst(List<AddedToken> tokens, boolean normalized) {
        var byFirst = new HashMap<Character, List<AddedToken>>();
        for (var token : tokens) {
            if (token.normalized() == normalized && !token.content().isEmpty()) {
                byFirst.computeIfAbsent(token.content().charAt(0), first -> new ArrayList<>())
                        .add(token);
            }
        }
        var longestFirst = Comparator.comparingInt(
                        (AddedToken token) -> token.content().length())
                .reversed();
        byFirst.values().forEach(list -> list.sort(longestFirst));
        return byFirst;
    }

    /// Cuts `text` and hands the pieces to `pieces`.
    void split(String text, Pieces pieces) {
        split(text, 0, text.length(), 0, pieces);
    }

    private void split(String text, int from, int end, int pass, Pieces pieces) {
        if (pass == passes.size()) {
            if (from < end) {
                pieces.plain(from, end);
            }
            return;
        }
        var byFirst = passes.get(pass);
        int begin = from;
        if (!byFirst.isEmpty()) {
            for (int i = from; i < end; i++) {
                var token = match(byFirst.get(text.charAt(i)), text, i, end);
                if (token != null) {
                    int stop = i + token.content().length();
                    split(text, begin, i, pass + 1, pieces);
                    pieces.token(token, i, stop);
                    begin = stop;
                    i = stop - 1;
                }
            }
        }
        split(text, begin, end, pass + 1, pieces);
    }

    private static AddedToken match(List<AddedToken> candidates, String text, int at, int end) {
        if (candidates != null) {
            for (var token : candidates) {
                if (at + token.content().length() <= end && text.startsWith(token.content(), at)) {
                    return token;
                }
            }
        }
        return null;
    }
}
