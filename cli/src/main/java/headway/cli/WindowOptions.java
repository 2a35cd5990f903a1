package headway.cli;

import headway.tasks.Transcribe;
import java.util.Map;
import picocli.CommandLine.Option;

/// Options of the windows that a recording is written down in, under Hugging Face's names.
final class WindowOptions {
    @Option(
            names = "--compression-ratio-threshold",
            paramLabel = "X",
            description = "A window whose text compresses better is written again at the next temperature.")
    private Double compressionRatioThreshold;

    @Option(
            names = "--logprob-threshold",
            paramLabel = "X",
            description = "A window whose tokens are less probable than this, on average, is written again.")
    private Double logprobThreshold;

    @Option(
            names = "--no-speech-threshold",
            paramLabel = "P",
            description = "A window that is improbable, and silent with more than this probability, is left out.")
    private Double noSpeechThreshold;

    @Option(
            names = "--condition-on-prev-tokens",
            paramLabel = "true|false",
            arity = "1",
            description = "Show each window what was said before it.")
    private Boolean conditionOnPrevTokens;

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "Names and words in the spelling that is wanted, as if said before.")
    private String prompt;

    @Option(
            names = "--prompt-condition-type",
            paramLabel = "first-segment|all-segments",
            description = "With --condition-on-prev-tokens: whether the prompt stays before all windows.")
    private String promptConditionType;

    /// Adds what was said to `settings`.
    void put(Map<String, Object> settings, Transcribe transcribe) {
        put(settings, "compression_ratio_threshold", compressionRatioThreshold);
        put(settings, "logprob_threshold", logprobThreshold);
        put(settings, "no_speech_threshold", noSpeechThreshold);
        put(settings, "condition_on_prev_tokens", conditionOnPrevTokens);
        put(settings, "prompt_condition_type", promptConditionType);
        put(settings, "prompt_ids", prompt == null ? null : transcribe.promptIds(prompt));
    }

    private static void put(Map<String, Object> settings, String key, Object value) {
        if (value != null) {
            settings.put(key, value);
        }
    }
}
