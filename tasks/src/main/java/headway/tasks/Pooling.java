package headway.tasks;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// How the vectors of a text's tokens become one: the modes of sentence-transformers, whose results are
/// joined where several are chosen. [Reimers & Gurevych 2019](https://arxiv.org/abs/1908.10084), section
/// 3.
///
/// - tokens `(seq, hidden)` → `(modes · hidden)`
///
/// @param wholeText whether the tokens of a prompt take part, too
record Pooling(List<Mode> modes, boolean wholeText) {
    /// One way to do it.
    enum Mode {
        /// The first token's vector.
        CLS("cls_token"),
        /// The largest value of each dimension.
        MAX("max_tokens"),
        /// The mean over all tokens.
        MEAN("mean_tokens"),
        /// The sum over the root of the number of tokens.
        MEAN_SQRT("mean_sqrt_len_tokens"),
        /// The mean with weights 1, 2, 3 …
        WEIGHTED_MEAN("weightedmean_tokens"),
        /// The last token's vector.
        LAST("lasttoken");

        private final String key;

        Mode(String key) {
            this.key = key;
        }

        /// Whether newer files mean it by `name`: `mean` for `mean_tokens`.
        boolean isNamed(String name) {
            return List.of(name, name + "_tokens", name + "_token", name + "token")
                    .contains(key);
        }
    }

    /// The mean, as where no file says anything.
    static final Pooling MEAN = new Pooling(List.of(Mode.MEAN), true);

    /// From `1_Pooling/config.json`.
    static Pooling of(JsonNode config, String file) {
        var modes = new ArrayList<Mode>();
        for (Mode mode : Mode.values()) {
            if (config.path("pooling_mode_" + mode.key).asBoolean(false)) {
                modes.add(mode);
            }
        }
        var named = new ArrayList<String>();
        JsonNode said = config.path("pooling_mode");
        if (said.isArray()) {
            said.forEach(name -> named.add(name.asString("")));
        } else if (said.isString()) {
            named.addAll(List.of(said.stringValue().split("\\+")));
        }
        for (String name : named) {
            for (Mode mode : Mode.values()) {
                if (mode.isNamed(name) && !modes.contains(mode)) {
                    modes.add(mode);
                }
            }
        }
        if (modes.isEmpty()) {
            throw new TaskException(
                    "[embed] %s chooses no pooling that is known: cls, max, mean, mean_sqrt_len, weightedmean, lasttoken"
                            .formatted(file));
        }
        return new Pooling(List.copyOf(modes), config.path("include_prompt").asBoolean(true));
    }

    /// @param tokens `(seq, hidden)`, one after the other
    /// @param prompt how many of them are of the prompt
    float[] apply(float[] tokens, int hidden, int prompt) {
        int left = wholeText ? 0 : Math.min(prompt, tokens.length / hidden - 1);
        float[] own = left == 0 ? tokens : java.util.Arrays.copyOfRange(tokens, left * hidden, tokens.length);
        float[] out = new float[modes.size() * hidden];
        for (int m = 0; m < modes.size(); m++) {
            // The first token stands for the whole text, whatever is left out.
            one(modes.get(m), modes.get(m) == Mode.CLS ? tokens : own, hidden, out, m * hidden);
        }
        return out;
    }

    private static void one(Mode mode, float[] tokens, int D, float[] out, int at) {
        int T = tokens.length / D;
        switch (mode) {
            case CLS -> System.arraycopy(tokens, 0, out, at, D);
            case LAST -> System.arraycopy(tokens, (T - 1) * D, out, at, D);
            case MAX -> {
                System.arraycopy(tokens, 0, out, at, D);
                for (int t = 1; t < T; t++) {
                    for (int d = 0; d < D; d++) {
                        out[at + d] = Math.max(out[at + d], tokens[t * D + d]);
                    }
                }
            }
            case MEAN -> sum(tokens, D, out, at, false, 1.0 / T);
            case MEAN_SQRT -> sum(tokens, D, out, at, false, 1 / Math.sqrt(T));
            case WEIGHTED_MEAN -> sum(tokens, D, out, at, true, 2.0 / ((double) T * (T + 1)));
        }
    }

    private static void sum(float[] tokens, int D, float[] out, int at, boolean weighted, double scale) {
        int T = tokens.length / D;
        for (int t = 0; t < T; t++) {
            float weight = weighted ? t + 1 : 1;
            for (int d = 0; d < D; d++) {
                out[at + d] += weight * tokens[t * D + d];
            }
        }
        for (int d = 0; d < D; d++) {
            out[at + d] = (float) (out[at + d] * scale);
        }
    }
}
