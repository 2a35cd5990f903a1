package headway.generate;

import headway.generate.sample.CategoricalSampler;
import headway.generate.sample.GreedySampler;
import headway.generate.sample.Sampler;
import headway.generate.transform.AtLeast;
import headway.generate.transform.EpsilonCutoff;
import headway.generate.transform.EtaCutoff;
import headway.generate.transform.LogitsTransform;
import headway.generate.transform.MinP;
import headway.generate.transform.Temperature;
import headway.generate.transform.TopH;
import headway.generate.transform.TopK;
import headway.generate.transform.TopP;
import headway.generate.transform.TypicalP;
import java.util.ArrayList;
import java.util.List;

/// How the next token is chosen.
public sealed interface Sampling {
    /// Always the most probable token.
    record Greedy() implements Sampling {}

    /// By chance, from a distribution that is sharpened and cut.
    ///
    /// @param topK 0 for no cut
    /// @param topP 1 for no cut
    /// @param minP 0 for no cut
    /// @param typicalP 1 for no cut
    /// @param rare what is too rare to come
    /// @param topH 1 for no cut
    record Categorical(double temperature, int topK, double topP, double minP, double typicalP, Rare rare, double topH)
            implements Sampling {
        /// Hugging Face's defaults.
        public static final Categorical DEFAULTS = new Categorical(1, 50, 1, 0, 1);

        /// No cut of rare tokens.
        public Categorical(double temperature, int topK, double topP, double minP, double typicalP) {
            this(temperature, topK, topP, minP, typicalP, Rare.KEPT, 1);
        }

        public Categorical {
            // Each transform checks its own setting; none of them is built later with other numbers.
            new Temperature(temperature);
            new TopP(topP);
            new MinP(minP);
            new TypicalP(typicalP);
            new TopH(topH);
            if (topK < 0) {
                throw new IllegalArgumentException("[generate] topK=%d; expected 0 (no cut) or more".formatted(topK));
            }
        }

        /// The same at another temperature.
        public Categorical withTemperature(double temperature) {
            return new Categorical(temperature, topK, topP, minP, typicalP, rare, topH);
        }
    }

    /// Probabilities below which tokens do not come; 0, and 1 or more, for no cut.
    ///
    /// @param epsilonCutoff whatever else may come
    /// @param etaCutoff less where much may come
    record Rare(double epsilonCutoff, double etaCutoff) {
        /// No cut.
        public static final Rare KEPT = new Rare(0, 0);

        private static boolean cuts(double p) {
            return p > 0 && p < 1;
        }
    }

    /// The one of the most probable tokens that is also unlike what was written: [ContrastiveSearch].
    ///
    /// @param penaltyAlpha weight of likeness, up to 1, against that of probability
    /// @param topK tokens that are compared
    record Contrastive(double penaltyAlpha, int topK) implements Sampling {
        public Contrastive {
            if (!(penaltyAlpha > 0 && penaltyAlpha <= 1)) {
                throw new IllegalArgumentException(
                        "[generate] penaltyAlpha=%s; expected more than 0 and at most 1".formatted(penaltyAlpha));
            }
            if (topK < 2) {
                throw new IllegalArgumentException(
                        "[generate] topK=%d with penaltyAlpha; expected at least 2 tokens to compare".formatted(topK));
            }
        }
    }

    /// The transforms of this way of choosing, in Hugging Face's order.
    ///
    /// @param least tokens that no cut goes below
    default List<LogitsTransform> transforms(int least) {
        var chain = new ArrayList<LogitsTransform>();
        if (!(this instanceof Categorical c)) {
            return chain;
        }
        if (c.temperature != 1) {
            chain.add(new Temperature(c.temperature));
        }
        if (c.topH < 1) {
            chain.add(new TopH(c.topH));
        }
        if (c.topK > 0) {
            chain.add(new TopK(Math.max(c.topK, least)));
        }
        if (c.topP < 1) {
            chain.add(atLeast(least, new TopP(c.topP)));
        }
        if (c.minP > 0) {
            chain.add(atLeast(least, new MinP(c.minP)));
        }
        if (c.typicalP < 1) {
            chain.add(new TypicalP(c.typicalP, least));
        }
        if (Rare.cuts(c.rare.epsilonCutoff)) {
            chain.add(new EpsilonCutoff(c.rare.epsilonCutoff, least));
        }
        if (Rare.cuts(c.rare.etaCutoff)) {
            chain.add(new EtaCutoff(c.rare.etaCutoff, least));
        }
        return chain;
    }

    private static LogitsTransform atLeast(int least, LogitsTransform cut) {
        return least > 1 ? new AtLeast(least, cut) : cut;
    }

    /// What chooses.
    default Sampler sampler() {
        return switch (this) {
            case Greedy _, Contrastive _ -> new GreedySampler();
            case Categorical _ -> new CategoricalSampler();
        };
    }
}
