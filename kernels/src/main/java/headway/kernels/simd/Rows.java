package headway.kernels.simd;

import headway.kernels.Memory;
import headway.kernels.Tier;
import headway.kernels.simd.RowsCode.Job;

/// Runs of f32 by address, as kernels need them between their larger steps: machine code where it runs, the Vector API
/// elsewhere. Nothing is checked, and nothing here runs on the reference tier.
///
/// Each element is computed alone, but for sums, whose order depends on the count and the width of vectors.
public final class Rows {
    private Rows() {}

    /// `y[i] = a[i] + b[i]`.
    public static void add(long y, long a, long b, long n) {
        if (Tier.machine()) {
            MachineRows.run(Job.ADD, y, a, b, 0, n);
        } else {
            LaneRows.add(y, a, b, n);
        }
    }

    /// `y[i] = a[i] · b[i]`.
    public static void multiply(long y, long a, long b, long n) {
        if (Tier.machine()) {
            MachineRows.run(Job.MULTIPLY, y, a, b, 0, n);
        } else {
            LaneRows.multiply(y, a, b, n);
        }
    }

    /// `y[i] += a[i] · b[i]`, rounded once.
    public static void multiplyAdd(long y, long a, long b, long n) {
        if (Tier.machine()) {
            MachineRows.run(Job.MULTIPLY_ADD, y, a, b, 0, n);
        } else {
            LaneRows.multiplyAdd(y, a, b, n);
        }
    }

    /// `y[i] = s · x[i]`.
    public static void scale(long y, long x, float s, long n) {
        if (Tier.machine()) {
            MachineRows.run(Job.SCALE, y, x, 0, s, n);
        } else {
            LaneRows.scale(y, x, s, n);
        }
    }

    /// `y[i] += s · x[i]`, rounded once.
    public static void addScaled(long y, long x, float s, long n) {
        if (Tier.machine()) {
            MachineRows.run(Job.AXPY, y, x, 0, s, n);
        } else {
            LaneRows.addScaled(y, x, s, n);
        }
    }

    /// `y[i] = value`.
    public static void fill(long y, float value, long n) {
        if (Tier.machine()) {
            MachineRows.run(Job.FILL, y, 0, 0, value, n);
        } else {
            LaneRows.fill(y, value, n);
        }
    }

    /// `y[i] = x[i] + shift`.
    public static void shift(long y, long x, float shift, long n) {
        if (Tier.machine()) {
            MachineRows.run(Job.SHIFT, y, x, 0, shift, n);
        } else {
            LaneRows.shift(y, x, shift, n);
        }
    }

    /// `y[i] *= 1 - (t[i]·s)²`.
    public static void uncap(long y, long t, float s, long n) {
        if (Tier.machine()) {
            MachineRows.run(Job.UNCAP, y, y, t, s, n);
        } else {
            LaneRows.uncap(y, t, s, n);
        }
    }

    /// `Σ x[i]`.
    public static float sum(long x, long n) {
        return Tier.machine() ? MachineRows.sum(Job.SUM, x, 0, 0, n) : LaneRows.sum(x, n);
    }

    /// `Σ x[i] · y[i]`.
    public static float dot(long x, long y, int n) {
        return Tier.machine() ? MachineRows.sum(Job.DOT, x, y, 0, n) : LaneRows.dot(x, y, n);
    }

    /// `x[i] = e^(x[i] - base)`; returns their sum. Relative error below 2e-7.
    public static float exponentials(long x, int n, float base) {
        return Tier.machine() ? MachineRows.sum(Job.EXPONENTIALS, x, 0, base, n) : LaneRows.exponentials(x, n, base);
    }

    /// `out[d] += Σ_j p[j] · v[j][d]` for `rows` rows that are `step` bytes apart, one after the other.
    public static void addWeighted(long out, long p, long v, long step, int rows, int n) {
        if (!Tier.machine()) {
            LaneRows.addWeighted(out, p, v, step, rows, n);
            return;
        }
        for (int j = 0; j < rows; j++) {
            MachineRows.run(Job.AXPY, out, v + j * step, 0, Memory.f32(p + 4L * j), n);
        }
    }
}
