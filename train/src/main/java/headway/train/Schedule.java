package headway.train;

import java.util.List;

/// The learning rate of each step. While `s < w` steps of warm-up, the rate rises from 0 in a straight line.
///
/// `s` counts from 0, `p` is the peak, `m` the least rate, `N` the length of the run.
public sealed interface Schedule {
    /// Factor on the peak or the rate itself for step `s`.
    double rate(int s);

    /// `p`.
    record Constant(double p, int w) implements Schedule {
        @Override
        public double rate(int s) {
            return s < w ? p * s / w : p;
        }
    }

    /// `p` down to 0 in a straight line.
    record Linear(double p, int w, int N) implements Schedule {
        @Override
        public double rate(int s) {
            return s < w ? p * s / w : p * Math.max(0, (double) (N - s) / Math.max(1, N - w));
        }
    }

    /// Half a cosine from `p` to `m`. [Loshchilov & Hutter 2017](https://arxiv.org/abs/1608.03983).
    record Cosine(double p, double m, int w, int N) implements Schedule {
        @Override
        public double rate(int s) {
            if (s < w) {
                return p * s / w;
            }
            double progress = (double) (s - w) / Math.max(1, N - w);
            return m + (p - m) * Math.max(0, 0.5 * (1 + StrictMath.cos(Math.PI * progress)));
        }
    }

    /// `p · √(w/s)`: section 5.3 of [Vaswani et al. 2017](https://arxiv.org/abs/1706.03762); the time scale is 10,000
    /// where there is no warm-up.
    record InverseSqrt(double p, int w) implements Schedule {
        @Override
        public double rate(int s) {
            if (s < w) {
                return p * s / w;
            }
            double scale = w > 0 ? w : 10_000;
            return p / Math.sqrt((s + scale - w) / scale);
        }
    }

    /// Warm up from `m`, stay at `p`, fall to `m` over the last `d` steps in half a cosine.
    /// [Hu et al. 2024](https://arxiv.org/abs/2404.06395).
    record Wsd(double p, double m, int w, int d, int N) implements Schedule {
        @Override
        public double rate(int s) {
            if (s < w) {
                return m + (p - m) * s / w;
            }
            if (s < N - d) {
                return p;
            }
            double progress = (double) (s - (N - d)) / Math.max(1, d);
            return m + (p - m) * 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(1, progress)));
        }
    }

    /// Rates written down one by one.
    record Table(List<Double> rates) implements Schedule {
        @Override
        public double rate(int s) {
            return rates.get(s);
        }
    }

    /// The schedule that a run asks for.
    static Schedule of(Run run) {
        Run.ScheduleSettings s = run.schedule();
        double p = run.optimizer().learningRate();
        double m = s.minLearningRate();
        int w = s.warmupSteps();
        int N = run.steps();
        return switch (s.name()) {
            case "constant" -> new Constant(p, w);
            case "linear" -> new Linear(p, w, N);
            case "cosine" -> new Cosine(p, m, w, N);
            case "inverse-sqrt" -> new InverseSqrt(p, w);
            case "wsd" -> new Wsd(p, m, w, s.decaySteps() > 0 ? s.decaySteps() : Math.max(1, N / 10), N);
            case "table" -> new Table(s.learningRates());
            default -> throw new IllegalStateException("schedule " + s.name() + " passed the check of its name");
        };
    }
}
