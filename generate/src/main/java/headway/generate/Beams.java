package headway.generate;

/// How many texts are followed at once, and when the search for better ones ends.
///
/// @param count texts followed for each prompt; 1 for none beside the one
/// @param lengthPenalty exponent on the length that a finished text's log-probability is divided by: above 0 favours
///     longer texts
/// @param groups parts of the beams that keep away from each other; 1 for none
/// @param diversityPenalty what a token costs for each time that an earlier group has just taken it
public record Beams(int count, double lengthPenalty, EarlyStopping earlyStopping, int groups, double diversityPenalty) {
    /// When the search ends: Hugging Face's `early_stopping`.
    public enum EarlyStopping {
        /// `true`: as soon as there are as many finished texts as beams.
        AT_ONCE,
        /// `false`: when the best running text, at its present length, is worse than the worst finished one.
        HEURISTIC,
        /// `"never"`: when no running text can become better than the worst finished one at any length.
        NEVER
    }

    /// Beams of one group.
    public Beams(int count, double lengthPenalty, EarlyStopping earlyStopping) {
        this(count, lengthPenalty, earlyStopping, 1, 0);
    }

    /// No beams.
    public static final Beams ONE = new Beams(1, 1, EarlyStopping.HEURISTIC);

    public Beams {
        if (count < 1) {
            throw new IllegalArgumentException("[generate] numBeams=%d; expected at least 1".formatted(count));
        }
        if (!Double.isFinite(lengthPenalty)) {
            throw new IllegalArgumentException(
                    "[generate] lengthPenalty=%s; expected a number".formatted(lengthPenalty));
        }
        if (groups < 1 || count % groups != 0) {
            throw new IllegalArgumentException(
                    "[generate] numBeams=%d is no multiple of numBeamGroups=%d".formatted(count, groups));
        }
        if (groups > 1 ? !(diversityPenalty > 0) : diversityPenalty != 0) {
            throw new IllegalArgumentException(
                    "[generate] diversityPenalty=%s with numBeamGroups=%d; expected more than 0 where there are groups, which are equal without, and 0 where there is one"
                            .formatted(diversityPenalty, groups));
        }
    }
}
