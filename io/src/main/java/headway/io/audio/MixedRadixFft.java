package headway.io.audio;

import java.util.ArrayList;

/// Discrete Fourier transforms of one length, of [#LANES] sequences at once.
///
/// Stockham's self-sorting form: a pass of radix `r` takes `r` values a fixed distance apart, transforms them and
/// writes them beside each other, turned by a power of the root of unity; [Cooley and
/// Tukey 1965](https://doi.org/10.1090/S0025-5718-1965-0178586-1). Any length works; prime factors above 5 cost their
/// square.
/// Sequences lie beside each other, value by value, so that the innermost loops run over neighbours.
final class MixedRadixFft {
    /// Sequences that are transformed together.
    static final int LANES = 8;

    private final int n;
    private final int[] radices;
    private final double[] cos;
    private final double[] sin;

    MixedRadixFft(int n) {
        this.n = n;
        this.radices = radices(n);
        this.cos = new double[n];
        this.sin = new double[n];
        for (int i = 0; i < n; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / n);
            sin[i] = -Math.sin(2 * Math.PI * i / n);
        }
    }

    private static int[] radices(int n) {
        var radices = new ArrayList<Integer>();
        int rest = n;
        for (int radix : new int[] {4, 2, 3, 5}) {
            for (; rest % radix == 0; rest /= radix) {
                radices.add(radix);
            }
        }
        for (int radix = 7; rest > 1; radix += 2) {
            for (; rest % radix == 0; rest /= radix) {
                radices.add(radix);
            }
        }
        return radices.stream().mapToInt(r -> r).toArray();
    }

    /// Room for one call of [#transform].
    final class Workspace {
        double[] re = new double[n * LANES];
        double[] im = new double[n * LANES];
        private double[] otherRe = new double[n * LANES];
        private double[] otherIm = new double[n * LANES];
    }

    /// Replaces `w.re` and `w.im`, shapes `(n, LANES)`, by `Σ_t x[t] e^(-2πi k t / n)`.
    void transform(Workspace w) {
        int rest = n;
        int done = LANES;
        for (int radix : radices) {
            int m = rest / radix;
            for (int p = 0; p < m; p++) {
                int from = p * done;
                int to = p * radix * done;
                int distance = m * done;
                switch (radix) {
                    case 2 -> two(w, from, to, distance, done, p * (n / rest));
                    case 4 -> four(w, from, to, distance, done, p * (n / rest));
                    default -> any(w, from, to, distance, done, p * (n / rest), radix);
                }
            }
            double[] re = w.re;
            w.re = w.otherRe;
            w.otherRe = re;
            double[] im = w.im;
            w.im = w.otherIm;
            w.otherIm = im;
            rest = m;
            done *= radix;
        }
    }

    private void two(Workspace w, int from, int to, int distance, int count, int turn) {
        double c = cos[turn];
        double s = sin[turn];
        double[] re = w.re;
        double[] im = w.im;
        double[] outRe = w.otherRe;
        double[] outIm = w.otherIm;
        for (int i = 0; i < count; i++) {
            double aRe = re[from + i];
            double aIm = im[from + i];
            double bRe = re[from + distance + i];
            double bIm = im[from + distance + i];
            outRe[to + i] = aRe + bRe;
            outIm[to + i] = aIm + bIm;
            outRe[to + count + i] = (aRe - bRe) * c - (aIm - bIm) * s;
            outIm[to + count + i] = (aRe - bRe) * s + (aIm - bIm) * c;
        }
    }

    private void four(Workspace w, int from, int to, int distance, int count, int turn) {
        double c1 = cos[turn];
        double s1 = sin[turn];
        double c2 = cos[2 * turn % n];
        double s2 = sin[2 * turn % n];
        double c3 = cos[3 * turn % n];
        double s3 = sin[3 * turn % n];
        double[] re = w.re;
        double[] im = w.im;
        double[] outRe = w.otherRe;
        double[] outIm = w.otherIm;
        for (int i = 0; i < count; i++) {
            double evenRe = re[from + i] + re[from + 2 * distance + i];
            double evenIm = im[from + i] + im[from + 2 * distance + i];
            double minusRe = re[from + i] - re[from + 2 * distance + i];
            double minusIm = im[from + i] - im[from + 2 * distance + i];
            double oddRe = re[from + distance + i] + re[from + 3 * distance + i];
            double oddIm = im[from + distance + i] + im[from + 3 * distance + i];
            // Times -i.
            double turnedRe = im[from + distance + i] - im[from + 3 * distance + i];
            double turnedIm = re[from + 3 * distance + i] - re[from + distance + i];
            outRe[to + i] = evenRe + oddRe;
            outIm[to + i] = evenIm + oddIm;
            outRe[to + count + i] = (minusRe + turnedRe) * c1 - (minusIm + turnedIm) * s1;
            outIm[to + count + i] = (minusRe + turnedRe) * s1 + (minusIm + turnedIm) * c1;
            outRe[to + 2 * count + i] = (evenRe - oddRe) * c2 - (evenIm - oddIm) * s2;
            outIm[to + 2 * count + i] = (evenRe - oddRe) * s2 + (evenIm - oddIm) * c2;
            outRe[to + 3 * count + i] = (minusRe - turnedRe) * c3 - (minusIm - turnedIm) * s3;
            outIm[to + 3 * count + i] = (minusRe - turnedRe) * s3 + (minusIm - turnedIm) * c3;
        }
    }

    private void any(Workspace w, int from, int to, int distance, int count, int turn, int radix) {
        double[] re = w.re;
        double[] im = w.im;
        for (int j = 0; j < radix; j++) {
            double[] outRe = w.otherRe;
            double[] outIm = w.otherIm;
            int at = to + j * count;
            for (int k = 0; k < radix; k++) {
                // The butterfly's own root and the turn that follows it, in one.
                int angle = (int) (((long) j * turn + (long) j * k % radix * (n / radix)) % n);
                double c = cos[angle];
                double s = sin[angle];
                int source = from + k * distance;
                if (k == 0) {
                    for (int i = 0; i < count; i++) {
                        outRe[at + i] = re[source + i] * c - im[source + i] * s;
                        outIm[at + i] = re[source + i] * s + im[source + i] * c;
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        outRe[at + i] += re[source + i] * c - im[source + i] * s;
                        outIm[at + i] += re[source + i] * s + im[source + i] * c;
                    }
                }
            }
        }
    }
}
