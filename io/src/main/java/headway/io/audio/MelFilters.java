package headway.io.audio;

import java.util.Arrays;

/// Triangles that sum a power spectrum into bands evenly spaced on Slaney's mel scale, each of area 1.
///
/// The scale is linear below 1000 Hz (15 mel) and logarithmic above, 27 mel for a factor of 6.4. Band `b` rises from
/// edge `b` to edge `b+1` and falls to edge `b+2`, times `2 / (edge[b+2] - edge[b])`. Only the bins under a triangle
/// are
/// kept.
final class MelFilters {
    private static final double LINEAR_HERTZ = 200.0 / 3;
    private static final double BREAK_HERTZ = 1000;
    private static final double BREAK_MEL = BREAK_HERTZ / LINEAR_HERTZ;
    private static final double LOG_STEP = Math.log(6.4) / 27;

    /// Band `b` has `weights[b][k]` on bin `first[b] + k`.
    final float[][] weights;

    final int[] first;

    /// @param bins of the spectrum, `fft / 2 + 1`
    MelFilters(int bands, int bins, int rate, double highest) {
        double[] edges = new double[bands + 2];
        double top = mel(highest);
        for (int i = 0; i < edges.length; i++) {
            edges[i] = hertz(top * i / (bands + 1));
        }
        weights = new float[bands][];
        first = new int[bands];
        for (int b = 0; b < bands; b++) {
            double[] row = new double[bins];
            int lo = bins;
            int hi = 0;
            for (int k = 0; k < bins; k++) {
                double f = (double) (rate / 2) * k / (bins - 1);
                double up = (f - edges[b]) / (edges[b + 1] - edges[b]);
                double down = (edges[b + 2] - f) / (edges[b + 2] - edges[b + 1]);
                row[k] = Math.max(0, Math.min(up, down)) * 2 / (edges[b + 2] - edges[b]);
                if (row[k] > 0) {
                    lo = Math.min(lo, k);
                    hi = k + 1;
                }
            }
            first[b] = lo == bins ? 0 : lo;
            double[] kept = Arrays.copyOfRange(row, first[b], Math.max(first[b], hi));
            weights[b] = new float[kept.length];
            for (int k = 0; k < kept.length; k++) {
                weights[b][k] = (float) kept[k];
            }
        }
    }

    private static double mel(double hertz) {
        return hertz < BREAK_HERTZ ? hertz / LINEAR_HERTZ : BREAK_MEL + Math.log(hertz / BREAK_HERTZ) / LOG_STEP;
    }

    private static double hertz(double mel) {
        return mel < BREAK_MEL ? mel * LINEAR_HERTZ : BREAK_HERTZ * Math.exp((mel - BREAK_MEL) * LOG_STEP);
    }
}
