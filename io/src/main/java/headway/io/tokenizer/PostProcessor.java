package headway.io.tokenizer;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What is put around a single text, and whether offsets leave out the spaces that a token begins or ends with.
///
/// @param before ids in front, when special tokens are wanted
/// @param after ids behind
/// @param trimOffsets whether offsets are trimmed
/// @param keepFirstSpace whether a first space was put there by the pre-tokenizer, hence is not in the text
record PostProcessor(int[] before, int[] after, boolean trimOffsets, boolean keepFirstSpace) {
    /// Reads `post_processor`; empty where it does more than is known here.
    static Optional<PostProcessor> read(JsonNode json) {
        var none = new PostProcessor(new int[0], new int[0], false, false);
        return read(json, none);
    }

    private static Optional<PostProcessor> read(JsonNode json, PostProcessor so) {
        if (json.isMissingNode()) {
            return Optional.of(so);
        }
        return switch (json.path("type").stringValue("")) {
            case "ByteLevel" ->
                Optional.of(new PostProcessor(
                        so.before,
                        so.after,
                        so.trimOffsets || json.path("trim_offsets").booleanValue(true),
                        json.path("add_prefix_space").booleanValue(true)));
            case "TemplateProcessing" -> template(json, so);
            case "Sequence" -> {
                Optional<PostProcessor> all = Optional.of(so);
                // Trimming must come before the template, or it would see the template's tokens.
                for (JsonNode step : json.path("processors").values()) {
                    all = all.filter(reached -> reached.before.length + reached.after.length == 0)
                            .flatMap(reached -> read(step, reached));
                }
                yield all;
            }
            default -> Optional.empty();
        };
    }

    private static Optional<PostProcessor> template(JsonNode json, PostProcessor so) {
        var before = new IntList();
        var after = new IntList();
        boolean text = false;
        for (JsonNode piece : json.path("single").values()) {
            if (piece.has("Sequence") && !text) {
                text = true;
            } else if (piece.has("SpecialToken")) {
                String name = piece.path("SpecialToken").path("id").stringValue("");
                for (JsonNode id :
                        json.path("special_tokens").path(name).path("ids").values()) {
                    (text ? after : before).add(id.intValue());
                }
            } else {
                return Optional.empty();
            }
        }
        return text
                ? Optional.of(new PostProcessor(before.toArray(), after.toArray(), so.trimOffsets, so.keepFirstSpace))
                : Optional.empty();
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
