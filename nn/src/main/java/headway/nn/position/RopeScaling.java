package headway.nn.position;

import java.util.List;

/// How rotary frequencies are stretched to reach beyond the length that a model was trained for.
public sealed interface RopeScaling {
    /// As trained.
    record None() implements RopeScaling {}

    /// Positions divided by `factor`: position interpolation, [Chen et al. 2023](https://arxiv.org/abs/2306.15595).
    record Linear(double factor) implements RopeScaling {}

    /// As trained up to the original length; beyond it the base grows with the longest position of the pass: dynamic
    /// NTK. `base = θ·(factor·n/original - (factor - 1))^(d/(d-2))`. Keys in a cache keep the base of their pass.
    record Dynamic(double factor, int originalMaxPositionEmbeddings) implements RopeScaling {
        private double base(double theta, int rotaryDim, int positions) {
            double n = (double) Math.max(positions, originalMaxPositionEmbeddings) / originalMaxPositionEmbeddings;
            return theta * StrictMath.pow(factor * n - (factor - 1), rotaryDim / (rotaryDim - 2.0));
        }
    }

    /// Long wavelengths divided by `factor`, short ones kept, those between blended: Llama 3.1.
    record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalMaxPositionEmbeddings)
            implements RopeScaling {
        private float[] blend(float[] plain) {
            double low = originalMaxPositionEmbeddings / lowFreqFactor;
            double high = originalMaxPositionEmbeddings / highFreqFactor;
            float[] out = new float[plain.length];
            for (int i = 0; i < plain.length; i++) {
                double wavelength = 2 * Math.PI / plain[i];
                if (wavelength < high) {
                    out[i] = plain[i];
                } else if (wavelength > low) {
                    out[i] = (float) (plain[i] / factor);
                } else {
                    double smooth = (originalMaxPositionEmbeddings / wavelength - lowFreqFactor)
                            / (highFreqFactor - lowFreqFactor);
                    out[i] = (float) ((1 - smooth) * plain[i] / factor + smooth * plain[i]);
                }
            }
            return out;
        }
    }

    /// Frequencies blended dimension by dimension, scores sharpened: [Peng et al.
    /// 2023](https://arxiv.org/abs/2309.00071).
    ///
    /// @param attentionFactor factor on cos and sin
    record Yarn(
            double factor,
            double betaFast,
            double betaSlow,
            double attentionFactor,
            int originalMaxPositionEmbeddings,
            boolean truncate)
            implements RopeScaling {
        private float[] blend(float[] plain, double theta, int rotaryDim) {
            double low = dimensionOf(betaFast, theta, rotaryDim);
            double high = dimensionOf(betaSlow, theta, rotaryDim);
            if (truncate) {
                low = Math.floor(low);
                high = Math.ceil(high);
            }
            low = Math.max(low, 0);
            high = Math.min(high, rotaryDim - 1);
            if (low == high) {
                high += 0.001;
            }
            float[] out = new float[plain.length];
            for (int i = 0; i < plain.length; i++) {
                double ramp = Math.clamp((i - low) / (high - low), 0.0, 1.0);
                out[i] = (float) (plain[i] / factor * ramp + plain[i] * (1 - ramp));
            }
            return out;
        }

        /// The dimension that turns `rotations` times over the trained length.
        private double dimensionOf(double rotations, double theta, int rotaryDim) {
            return rotaryDim
                    * StrictMath.log(originalMaxPositionEmbeddings / (rotations * 2 * Math.PI))
                    / (2 * StrictMath.log(theta));
        }
    }

    /// Frequencies divided by factors found by search, one set for texts within the trained length and one for longer
    /// ones. LongRoPE, [Ding et al. 2024](https://arxiv.org/abs/2402.13753).
    ///
    /// @param shortFactor divisor of each frequency while a text has at most `originalMaxPositionEmbeddings` tokens
    /// @param longFactor divisor of each frequency in longer texts
    /// @param attentionFactor factor on cos and sin, at any length; see [#attentionFactor(double, int)]
    record LongRope(
            List<Double> shortFactor,
            List<Double> longFactor,
            double attentionFactor,
            int originalMaxPositionEmbeddings)
            implements RopeScaling {
        public LongRope {
            shortFactor = List.copyOf(shortFactor);
            longFactor = List.copyOf(longFactor);
            if (shortFactor.size() != longFactor.size()) {
                throw new IllegalArgumentException("[rope] longrope has %d short and %d long factors; expected as many"
                        .formatted(shortFactor.size(), longFactor.size()));
            }
        }

        /// What a configuration without an attention factor means: `√(1 + ln factor / ln original)`, or 1 where nothing
        /// is stretched.
        ///
        /// @param factor maximal over original length
        public static double attentionFactor(double factor, int originalMaxPositionEmbeddings) {
            return factor <= 1
                    ? 1
                    : Math.sqrt(1 + StrictMath.log(factor) / StrictMath.log(originalMaxPositionEmbeddings));
        }

        private float[] divide(double theta, int rotaryDim, int positions) {
            List<Double> factors = positions > originalMaxPositionEmbeddings ? longFactor : shortFactor;
            if (factors.size() != Math.ceilDiv(rotaryDim, 2)) {
                throw new IllegalArgumentException("[rope] longrope has %d factors; expected rotaryDim/2 = %d"
                        .formatted(factors.size(), Math.ceilDiv(rotaryDim, 2)));
            }
            float[] out = new float[factors.size()];
            for (int i = 0; i < out.length; i++) {
                float factor = factors.get(i).floatValue();
                out[i] = 1f / (factor * (float) StrictMath.pow(theta, (float) (2 * i) / rotaryDim));
            }
            return out;
        }
    }

    /// As trained, in each of `parts` equal parts of a head anew: for positions of several coordinates, each of which
    /// turns a part by itself.
    record Axial(int parts) implements RopeScaling {
        private float[] repeated(double theta, int rotaryDim) {
            float[] one = new None().inverseFrequencies(theta, rotaryDim / parts);
            float[] all = new float[parts * one.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = one[i % one.length];
            }
            return all;
        }
    }

    /// Most tokens of a text whose frequencies are those of the start; longer ones ask again.
    default int lengthOfStart() {
        return switch (this) {
            case Dynamic d -> d.originalMaxPositionEmbeddings;
            case LongRope l -> l.originalMaxPositionEmbeddings;
            case None _, Linear _, Llama3 _, Yarn _, Axial _ -> Integer.MAX_VALUE;
        };
    }

    /// Inverse frequencies for texts of any length that the model was trained for.
    default float[] inverseFrequencies(double theta, int rotaryDim) {
        return inverseFrequencies(theta, rotaryDim, 0);
    }

    /// Inverse frequencies of `⌈rotaryDim/2⌉` pairs for base `theta`, in `float` as the reference computes them.
    ///
    /// @param positions length of the text, which matters to [Dynamic] and [LongRope]
    default float[] inverseFrequencies(double theta, int rotaryDim, int positions) {
        if (this instanceof Dynamic dynamic && positions > 0) {
            return new None().inverseFrequencies(dynamic.base(theta, rotaryDim, positions), rotaryDim);
        }
        float[] plain = new float[Math.ceilDiv(rotaryDim, 2)];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = 1f / (float) StrictMath.pow(theta, (float) (2 * i) / rotaryDim);
        }
        return switch (this) {
            case None(), Dynamic _ -> plain;
            case LongRope longRope -> longRope.divide(theta, rotaryDim, positions);
            case Linear(double factor) -> {
                for (int i = 0; i < plain.length; i++) {
                    plain[i] /= (float) factor;
                }
                yield plain;
            }
            case Llama3 llama3 -> llama3.blend(plain);
            case Yarn yarn -> yarn.blend(plain, theta, rotaryDim);
            case Axial axial -> axial.repeated(theta, rotaryDim);
        };
    }

    /// Factor on cos and sin.
    default double attentionFactor() {
        return switch (this) {
            case Yarn yarn -> yarn.attentionFactor;
            case LongRope longRope -> longRope.attentionFactor;
            case None _, Linear _, Llama3 _, Dynamic _, Axial _ -> 1;
        };
    }
}
