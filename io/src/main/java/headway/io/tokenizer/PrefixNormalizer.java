package headway.io.tokenizer;

import headway.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The normalization of a SentencePiece model as SentencePiece itself does it, before the Hugging Face library gets the
/// text.
///
/// @param kept pieces that users defined, which are not normalized, the longest first
record PrefixNormalizer(CharsMap map, List<String> kept) {
    CharsMap.Normalized of(String text) {
        return map.normalized(text, kept);
    }

    /// `tokenizer.json` without the step that is done here.
    static byte[] without(byte[] json, String source) {
        JsonNode document = Json.parse(new String(json, StandardCharsets.UTF_8), source);
        if (document.path("normalizer").path("normalizers") instanceof ArrayNode steps) {
            for (int i = steps.size() - 1; i >= 0; i--) {
                if (steps.get(i).path("type").asString("").equals("Precompiled")) {
                    steps.remove(i);
                }
            }
        }
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }
}
