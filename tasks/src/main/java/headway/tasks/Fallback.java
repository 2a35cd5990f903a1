package headway.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import tools.jackson.databind.JsonNode;

/// When what was written about a window is not believed, and is written again at the next temperature. [Radford et
/// al. 2022](https://arxiv.org/abs/2212.04356), section 4.5, with the numbers of Hugging Face.
///
///     again  = length(ids) / length(zlib(ids)) > compressionRatioThreshold  or  mean log p < logprobThreshold
///     silent = mean log p < logprobThreshold  and  p(no speech) > noSpeechThreshold
///
/// `p` is of the scores that tokens were chosen by, the end token's included. A silent window is left out.
///
/// @param temperatures to go through; null, or 0, for the most probable text
/// @param compressionRatioThreshold null where repetition is not looked at, and the others the same
record Fallback(
        List<Double> temperatures,
        Double compressionRatioThreshold,
        Double logprobThreshold,
        Double noSpeechThreshold) {
    Fallback {
        if (noSpeechThreshold != null && logprobThreshold == null) {
            throw new TaskException(
                    "[transcribe] no_speech_threshold=%s without logprob_threshold; give both: a window is silent where its text is unlikely, too"
                            .formatted(noSpeechThreshold));
        }
    }

    static Fallback of(Settings settings) {
        JsonNode said = settings.given().path("temperature");
        var temperatures = new ArrayList<Double>();
        for (JsonNode one : said.isArray() ? said.values() : List.of(said)) {
            if (!one.isMissingNode() && !one.isNull() && !(one.isNumber() && one.doubleValue() >= 0)) {
                throw new TaskException(
                        "[transcribe] temperature %s; expected a number from 0 on, or a list of them".formatted(said));
            }
            temperatures.add(one.isNumber() ? one.doubleValue() : null);
        }
        if (temperatures.isEmpty()) {
            throw new TaskException("[transcribe] temperature is an empty list; expected at least one number");
        }
        return new Fallback(
                temperatures,
                number(settings, "compression_ratio_threshold"),
                number(settings, "logprob_threshold"),
                number(settings, "no_speech_threshold"));
    }

    private static Double number(Settings settings, String key) {
        JsonNode value = settings.value(key);
        if (!value.isMissingNode() && !value.isNumber()) {
            throw new TaskException("[transcribe] %s is %s; expected a number".formatted(key, value));
        }
        return value.isNumber() ? value.doubleValue() : null;
    }

    /// Whether a text is too repetitive or too improbable.
    ///
    /// @param ids of the text, the end token included
    /// @param mean log-probability of a token
    boolean doubts(int[] ids, double mean, int vocab) {
        boolean repeats = compressionRatioThreshold != null && ratio(ids, vocab) > compressionRatioThreshold;
        return repeats || unlikely(mean);
    }

    private boolean unlikely(double mean) {
        return logprobThreshold != null && (float) mean < logprobThreshold;
    }

    /// Whether nothing is said in a window.
    ///
    /// @param noSpeech probability of the token that says so
    boolean silent(double mean, double noSpeech) {
        return noSpeechThreshold != null && unlikely(mean) && (float) noSpeech > noSpeechThreshold;
    }

    /// Bytes of the ids by those of the same compressed.
    static double ratio(int[] ids, int vocab) {
        int width = (int) (Math.log(vocab) / Math.log(2) / 8) + 1;
        byte[] bytes = new byte[ids.length * width];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (ids[i / width] >> 8 * (i % width));
        }
        try (var deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                deflater.deflate(buffer);
            }
            return (double) bytes.length / deflater.getBytesWritten();
        }
    }
}
