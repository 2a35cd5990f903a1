package headway.tasks;

import headway.generate.transform.TimestampRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The tokens that tell Whisper what to do, as `generation_config.json` names them.
///
/// @param noTimestamps -1 where the vocabulary has no times: a checkpoint that learnt to write words alone
/// @param ids of languages by code; empty where the checkpoint knows one language
record WhisperTokens(
        int startOfText,
        int endOfText,
        int noTimestamps,
        int maxInitial,
        Map<String, Integer> ids,
        int transcribe,
        int translate) {
    static WhisperTokens of(LoadedModel model) {
        JsonNode file = Settings.of(model).file();
        int none = file.path("no_timestamps_token_id").asInt(-1);
        if (none < 0 && model.tokenizer().idOf("<|notimestamps|>").isPresent()) {
            throw new TaskException(
                    "[transcribe] %s: generation_config.json has no no_timestamps_token_id; take the file that came with the checkpoint"
                            .formatted(model.folder()));
        }
        var ids = new LinkedHashMap<String, Integer>();
        file.path("lang_to_id")
                .properties()
                .forEach(p ->
                        ids.put(p.getKey().replaceAll("[<|>]", ""), p.getValue().asInt()));
        JsonNode eos = file.path("eos_token_id");
        return new WhisperTokens(
                model.pretrained().encoderDecoder().startTokenId(),
                eos.isInt() ? eos.asInt() : model.config().path("eos_token_id").asInt(50257),
                none,
                file.path("max_initial_timestamp_index").asInt(-1),
                ids,
                file.path("task_to_id").path("transcribe").asInt(-1),
                file.path("task_to_id").path("translate").asInt(-1));
    }

    boolean multilingual() {
        return !ids.isEmpty();
    }

    List<String> languages() {
        return List.copyOf(ids.keySet());
    }

    Integer language(String code) {
        if (code == null) {
            return null;
        }
        Integer id = ids.get(code.toLowerCase(Locale.ROOT));
        if (id == null) {
            throw new TaskException("[transcribe] language '%s' is not one that this checkpoint knows; known: %s"
                    .formatted(code, ids.isEmpty() ? "one alone, leave it out" : String.join(", ", ids.keySet())));
        }
        return id;
    }

    String code(Integer id) {
        return ids.entrySet().stream()
                .filter(e -> e.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    int likeliest(float[] logits) {
        int best = ids.values().iterator().next();
        for (int id : ids.values()) {
            best = logits[id] > logits[best] ? id : best;
        }
        return best;
    }

    int[] start(Integer language, boolean english, boolean timed) {
        var start = new ArrayList<Integer>(List.of(startOfText));
        if (language != null) {
            start.add(language);
        }
        int task = english ? translate : transcribe;
        if (english && task < 0) {
            throw new TaskException("[transcribe] this checkpoint does not translate: it knows English alone");
        }
        if (multilingual() && task >= 0) {
            start.add(task);
        }
        if (!timed && hasTimes()) {
            start.add(noTimestamps);
        }
        return start.stream().mapToInt(Integer::intValue).toArray();
    }

    TimestampRules rules() {
        return new TimestampRules(noTimestamps, endOfText, maxInitial);
    }

    boolean hasTimes() {
        return noTimestamps >= 0;
    }

    boolean isTime(int id) {
        return hasTimes() && id > noTimestamps;
    }

    int steps(int id) {
        return id - noTimestamps - 1;
    }
}
