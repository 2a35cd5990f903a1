package headway.io.audio;

/// Changes a sound's sample rate by a windowed sinc, as `torchaudio.functional.resample` does by default.
///
/// With the rates divided by their greatest common divisor, output `i` lies at `t = i · from / to`; it is
/// `Σ x[j] · s · sinc(u) · cos²(π u / 2w)` over all `|u| < w`, where `u = (j - t) · s`,
/// `s = 0.99 · min(from, to) / from` and `w = 6` zero crossings. [Smith, Digital audio
/// resampling](https://ccrma.stanford.edu/~jos/resample/).
final class SincResampling {
    private static final int ZERO_CROSSINGS = 6;
    private static final double ROLL_OFF = 0.99;

    /// More phases than any two usual rates have.
    private static final int MOST_PHASES = 1 << 20;

    private final int from;
    private final int to;
    /// Weights of phase `p`: `taps[p][k]` belongs to input `first[p] + k`, counted from the phase's block.
    private final float[][] taps;

    private final int[] first;

    private SincResampling(int from, int to) {
        this.from = from;
        this.to = to;
        double scale = ROLL_OFF * Math.min(from, to) / from;

        this.taps = new float[to][];
        this.first = new int[to];
        for (int phase = 0; phase < to; phase++) {
            double centre = (double) phase * from / to;
            int lo = (int) Math.ceil(centre - ZERO_CROSSINGS / scale);
            int hi = (int) Math.floor(centre + ZERO_CROSSINGS / scale);
            first[phase] = lo;
            taps[phase] = new float[hi - lo + 1];
            for (int j = lo; j <= hi; j++) {
                double u = Math.clamp((j - centre) * scale, -ZERO_CROSSINGS, ZERO_CROSSINGS);
                double window = Math.pow(Math.cos(u * Math.PI / ZERO_CROSSINGS / 2), 2);
                double sinc = u == 0 ? 1 : Math.sin(u * Math.PI) / (u * Math.PI);
                taps[phase][j - lo] = (float) (sinc * window * scale);
            }
        }
    }

    /// From `from` samples a second to `to`.
    static SincResampling of(int from, int to) {
        int a = from;
        int b = to;
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        if (to < 1 || to / a > MOST_PHASES) {
            throw new IllegalArgumentException(
                    "[resample] from %d to %d samples a second is not possible here".formatted(from, to));
        }
        return new SincResampling(from / a, to / a);
    }

    /// `x` at the new rate: `ceil(length · to / from)` samples, silence assumed around it.
    float[] apply(float[] x) {
        int length = Math.toIntExact(((long) x.length * to + from - 1) / from);
        float[] y = new float[length];
        for (int i = 0; i < length; i++) {
            int phase = i % to;
            long start = (long) (i / to) * from + first[phase];
            float[] weights = taps[phase];
            int lo = (int) Math.max(0, -start);
            int hi = (int) Math.min(weights.length, x.length - start);
            float sum = 0;
            for (int k = lo; k < hi; k++) {
                sum += weights[k] * x[(int) (start + k)];
            }
            y[i] = sum;
        }
        return y;
    }
}
