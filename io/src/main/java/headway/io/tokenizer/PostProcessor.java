package headway.io.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What is put around a text or a pair of texts, and whether offsets leave out the spaces that a token begins or ends
/// with.
///
/// @param single what a single text becomes
/// @param pair what two texts become
/// @param trimOffsets whether offsets are trimmed
/// @param keepFirstSpace whether a first space was put there by the pre-tokenizer, hence is not in the text
record PostProcessor(List<Piece> single, List<Piece> pair, boolean trimOffsets, boolean keepFirstSpace) {
    /// Nothing around texts, offsets as they are.
    static final PostProcessor NONE = new PostProcessor(
            List.of(new Piece.Text(0, 0)), List.of(new Piece.Text(0, 0), new Piece.Text(1, 1)), false, false);

    /// A part of the result.
    sealed interface Piece {
        /// Special tokens.
        record Special(int[] ids, int typeId) implements Piece {}

        /// The first (0) or second (1) text.
        record Text(int which, int typeId) implements Piece {}
    }

    /// Reads `post_processor`; empty where it does more than is known here.
    static Optional<PostProcessor> read(JsonNode json) {
        return read(json, NONE);
    }

    private static Optional<PostProcessor> read(JsonNode json, PostProcessor so) {
        if (json.isMissingNode()) {
            return Optional.of(so);
        }
        return switch (json.path("type").stringValue("")) {
            case "ByteLevel" ->
                Optional.of(new PostProcessor(
                        so.single,
                        so.pair,
                        so.trimOffsets || json.path("trim_offsets").booleanValue(true),
                        json.path("add_prefix_space").booleanValue(true)));
            case "TemplateProcessing" ->
                template(json, "single")
                        .flatMap(single -> template(json, "pair").map(pair -> so.with(single, pair)));
            case "BertProcessing" -> bert(json, so, 1, 1);
            case "RobertaProcessing" ->
                // Two separators between the texts, and no types.
                bert(json, so, 2, 0)
                        .map(read -> new PostProcessor(
                                read.single,
                                read.pair,
                                json.path("trim_offsets").booleanValue(true),
                                json.path("add_prefix_space").booleanValue(true)));
            case "Sequence" -> {
                Optional<PostProcessor> all = Optional.of(so);
                // Trimming behind a template sees its tokens too, which hold no spaces. A second template is not known.
                for (JsonNode step : json.path("processors").values()) {
                    boolean trims = step.path("type").stringValue("").equals("ByteLevel");
                    all = all.filter(reached -> trims || !reached.addsTokens()).flatMap(reached -> read(step, reached));
                }
                yield all;
            }
            default -> Optional.empty();
        };
    }

    private PostProcessor with(List<Piece> newSingle, List<Piece> newPair) {
        return new PostProcessor(newSingle, newPair, trimOffsets, keepFirstSpace);
    }

    private static Optional<List<Piece>> template(JsonNode json, String which) {
        var pieces = new ArrayList<Piece>();
        for (JsonNode piece : json.path(which).values()) {
            JsonNode text = piece.path("Sequence");
            JsonNode special = piece.path("SpecialToken");
            if (text.isObject()) {
                int index = text.path("id").stringValue("A").equals("B") ? 1 : 0;
                if (index == 1 && which.equals("single")) {
                    return Optional.empty();
                }
                pieces.add(new Piece.Text(index, text.path("type_id").intValue(0)));
            } else if (special.isObject()) {
                JsonNode token =
                        json.path("special_tokens").path(special.path("id").stringValue(""));
                int[] ids = token.path("ids").values().stream()
                        .mapToInt(id -> id.intValue(0))
                        .toArray();
                pieces.add(new Piece.Special(ids, special.path("type_id").intValue(0)));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(List.copyOf(pieces));
    }

    private static Optional<PostProcessor> bert(JsonNode json, PostProcessor so, int separators, int secondType) {
        if (!json.path("cls").path(1).isInt() || !json.path("sep").path(1).isInt()) {
            return Optional.empty();
        }
        int begin = json.path("cls").path(1).intValue();
        int end = json.path("sep").path(1).intValue();
        int[] between = new int[separators];
        Arrays.fill(between, end);
        return Optional.of(so.with(
                List.of(special(0, begin), new Piece.Text(0, 0), special(0, end)),
                List.of(
                        special(0, begin),
                        new Piece.Text(0, 0),
                        special(0, between),
                        new Piece.Text(1, secondType),
                        special(secondType, end))));
    }

    private static Piece special(int typeId, int... ids) {
        return new Piece.Special(ids, typeId);
    }

    private boolean addsTokens() {
        return added(single) + added(pair) > 0;
    }

    /// Special tokens of both forms.
    int[] specialIds() {
        return Stream.concat(single.stream(), pair.stream())
                .flatMapToInt(piece ->
                        piece instanceof Piece.Special special ? Arrays.stream(special.ids) : IntStream.empty())
                .distinct()
                .toArray();
    }

    /// Number of special tokens around one text.
    int addedToSingle() {
        return added(single);
    }

    private static int added(List<Piece> pieces) {
        return pieces.stream()
                .mapToInt(piece -> piece instanceof Piece.Special special ? special.ids.length : 0)
                .sum();
    }

    /// Ids of a single text with what belongs around it.
    int[] around(int[] ids) {
        var all = new IntList();
        for (var piece : single) {
            all.addAll(piece instanceof Piece.Special special ? special.ids : ids);
        }
        return all.toArray();
    }

    /// Puts tokens around `first`, or around `first` and `second` where the latter is not null.
    ///
    /// @param tokenOf spells special tokens
    Encoding assemble(Encoding first, Encoding second, boolean addSpecialTokens, IntFunction<String> tokenOf) {
        var pieces = second == null ? single : pair;
        int length = 0;
        for (var piece : pieces) {
            length += switch (piece) {
                case Piece.Special special -> addSpecialTokens ? special.ids.length : 0;
                case Piece.Text text -> (text.which == 0 ? first : second).length();
            };
        }
        var tokens = new ArrayList<String>(length);
        int[] words = new int[length];
        var to = new Encoding(
                new int[length], tokens, new int[length][], new int[length], new int[length], new int[length], words);
        int at = 0;
        for (var piece : pieces) {
            int start = at;
            switch (piece) {
                case Piece.Special special -> {
                    for (int i = 0; addSpecialTokens && i < special.ids.length; i++, at++) {
                        to.ids()[at] = special.ids[i];
                        tokens.add(tokenOf.apply(special.ids[i]));
                        to.offsets()[at] = new int[2];
                        to.specialTokensMask()[at] = 1;
                        to.sequenceIds()[at] = -1;
                        words[at] = -1;
                    }
                    Arrays.fill(to.typeIds(), start, at, special.typeId);
                }
                case Piece.Text text -> {
                    Encoding from = text.which == 0 ? first : second;
                    at += from.length();
                    System.arraycopy(from.ids(), 0, to.ids(), start, from.length());
                    System.arraycopy(from.offsets(), 0, to.offsets(), start, from.length());
                    System.arraycopy(from.wordIds(), 0, words, start, from.length());
                    tokens.addAll(from.tokens());
                    Arrays.fill(to.typeIds(), start, at, text.typeId);
                    Arrays.fill(to.sequenceIds(), start, at, text.which);
                }
            }
        }
        return to;
    }

    /// All windows of one text or of a pair (`second` not null), the one that is kept first, the others in the order
    /// in which the Hugging Face library returns overflowing tokens.
    List<Encoding> windows(
            Encoding first,
            Encoding second,
            boolean addSpecialTokens,
            Truncation truncation,
            IntFunction<String> tokenOf) {
        int special = addSpecialTokens ? added(second == null ? single : pair) : 0;
        int[] lengths = truncation.lengths(first.length(), second == null ? 0 : second.length(), special);
        List<Encoding> ofFirst = withFirstSpaces(truncation.windows(first, lengths[0]));
        List<Encoding> ofSecond = second == null ? List.of() : withFirstSpaces(truncation.windows(second, lengths[1]));
        var all = new ArrayList<Encoding>();
        int seconds = Math.max(1, ofSecond.size());
        for (int turn = 0; turn < ofFirst.size(); turn++) {
            // The kept window, then the first text's other windows, each with all of the second's, then the rest.
            int i = (turn + 1) % ofFirst.size();
            for (int j = 0; j < seconds; j++) {
                if (i + j > 0) {
                    all.add(assemble(
                            ofFirst.get(i), second == null ? null : ofSecond.get(j), addSpecialTokens, tokenOf));
                }
            }
        }
        all.addFirst(
                assemble(ofFirst.getFirst(), second == null ? null : ofSecond.getFirst(), addSpecialTokens, tokenOf));
        return List.copyOf(all);
    }

    /// A window's first token is trimmed as a text's first token is: the library trims after cutting.
    private List<Encoding> withFirstSpaces(List<Encoding> windows) {
        for (var window : windows) {
            if (!trimOffsets || !keepFirstSpace || window.length() == 0 || window.offsets()[0][0] == 0) {
                continue;
            }
            String token = window.tokens().getFirst();
            boolean oneSpace =
                    !token.isEmpty() && isSpace(token.charAt(0)) && (token.length() == 1 || !isSpace(token.charAt(1)));
            if (oneSpace) {
                int start = window.offsets()[0][0] - 1;
                window.offsets()[0] = new int[] {start, token.length() == 1 ? start : window.offsets()[0][1]};
            }
        }
        return windows;
    }

    /// Takes the spaces that `token` begins and ends with out of `offsets`.
    void trim(int index, String token, int[] offsets) {
        int leading = 0;
        while (leading < token.length() && isSpace(token.charAt(leading))) {
            leading++;
        }
        int trailing = 0;
        while (trailing < token.length() && isSpace(token.charAt(token.length() - 1 - trailing))) {
            trailing++;
        }
        if (leading > 0) {
            boolean first = index == 0 || offsets[0] == 0;
            // A single first space is taken for the one that the pre-tokenizer adds, more for the text's own.
            boolean kept = first && keepFirstSpace && leading == 1;
            offsets[0] = Math.min(offsets[0] + (kept ? 0 : leading), offsets[1]);
        }
        if (trailing > 0 && offsets[1] >= trailing) {
            offsets[1] = Math.max(offsets[1] - trailing, offsets[0]);
        }
    }

    private static boolean isSpace(char c) {
        return c == ByteAlphabet.charOf(' ') || Character.isWhitespace(c) || c == 0xA0 || c == 0x85;
    }
}
