package headway.kernels.softmax;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;

/// Softmax and its logarithm over rows, with the row's maximum subtracted so that nothing overflows.
///
///     m = max_c x[r,c]        s = Σ_c exp(x[r,c] - m)
///     softmax:     y[r,c] = exp(x[r,c] - m)/s           dx = y·(dy - Σ_c dy·y)
///     log-softmax: y[r,c] = x[r,c] - m - log(s)         dx = dy - exp(y)·Σ_c dy
///
/// | buffer         | shape    | access |
/// |----------------|----------|--------|
/// | `y` / `dx`     | `(R, C)` | write (`dx` also read when accumulating) |
/// | `x` / `y`, `dy` | `(R, C)` | read  |
///
/// Cost: about `20RC` flops and `8RC` bytes forward in f32; memory-bound.
///
/// A row with a NaN, with +∞, or of nothing but -∞ gives NaN throughout, as PyTorch does: there is no
/// distribution to speak of, and the caller should hear of it. `-∞` beside finite entries gives
/// exactly 0 (`-∞` in log-softmax). Rows are independent: any split gives the same bits.
public final class SoftmaxKernel {
    private SoftmaxKernel() {}

    /// `y = softmax(x)` for rows `[r0, r1)`; `y` may be `x`.
    public static void forward(Span y, Span x, int C, int r0, int r1) {
        y.requireRows("softmax", "y", r0, r1, C);
        x.requireRows("softmax", "x", r0, r1, C);
        if (Tier.machine() && f32(y) && f32(x)) {
            for (int r = r0; r < r1; r++) {
                MachineSoftmax.forward(y.address((long) r * C), x.address((long) r * C), C);
            }
        } else if (Tier.vectors() && f32(y) && f32(x)) {
            for (int r = r0; r < r1; r++) {
                SoftmaxRows.forward(y.address((long) r * C), x.address((long) r * C), C);
            }
        } else {
            reference(y, x, C, r0, r1);
        }
    }

    /// `dx (+)= y·(dy - Σ dy·y)` for rows `[r0, r1)`, `y` being the result of [#forward]; `dx` may be
    /// `dy` when not accumulating.
    public static void backward(Span dx, Span y, Span dy, boolean accumulate, int C, int r0, int r1) {
        dx.requireRows("softmax backward", "dx", r0, r1, C);
        y.requireRows("softmax backward", "y", r0, r1, C);
        dy.requireRows("softmax backward", "dy", r0, r1, C);
        if (Tier.machine() && f32(dx) && f32(y) && f32(dy)) {
            for (int r = r0; r < r1; r++) {
                MachineSoftmax.backward(
                        dx.address((long) r * C), y.address((long) r * C), dy.address((long) r * C), accumulate, C);
            }
        } else if (Tier.vectors() && f32(dx) && f32(y) && f32(dy)) {
            for (int r = r0; r < r1; r++) {
                SoftmaxRows.backward(
                        dx.address((long) r * C), y.address((long) r * C), dy.address((long) r * C), accumulate, C);
            }
        } else {
            referenceBackward(dx, y, dy, accumulate, C, r0, r1);
        }
    }

    /// `y = log softmax(x)` for rows `[r0, r1)`; `y` may be `x`.
    public static void logForward(Span y, Span x, int C, int r0, int r1) {
        y.requireRows("log-softmax", "y", r0, r1, C);
        x.requireRows("log-softmax", "x", r0, r1, C);
        if (Tier.machine() && f32(y) && f32(x)) {
            for (int r = r0; r < r1; r++) {
                MachineSoftmax.logForward(y.address((long) r * C), x.address((long) r * C), C);
            }
        } else if (Tier.vectors() && f32(y) && f32(x)) {
            for (int r = r0; r < r1; r++) {
                SoftmaxRows.logForward(y.address((long) r * C), x.address((long) r * C), C);
            }
        } else {
            referenceLog(y, x, C, r0, r1);
        }
    }

    /// `dx (+)= dy - exp(y)·Σ dy` for rows `[r0, r1)`, `y` being the result of [#logForward]; `dx` may
    /// be `dy` when not accumulating.
    public static void logBackward(Span dx, Span y, Span dy, boolean accumulate, int C, int r0, int r1) {
        dx.requireRows("log-softmax backward", "dx", r0, r1, C);
        y.requireRows("log-softmax backward", "y", r0, r1, C);
        dy.requireRows("log-softmax backward", "dy", r0, r1, C);
        if (Tier.machine() && f32(dx) && f32(y) && f32(dy)) {
            for (int r = r0; r < r1; r++) {
                MachineSoftmax.logBackward(
                        dx.address((long) r * C), y.address((long) r * C), dy.address((long) r * C), accumulate, C);
            }
        } else if (Tier.vectors() && f32(dx) && f32(y) && f32(dy)) {
            for (int r = r0; r < r1; r++) {
                SoftmaxRows.logBackward(
                        dx.address((long) r * C), y.address((long) r * C), dy.address((long) r * C), accumulate, C);
            }
        } else {
            referenceLogBackward(dx, y, dy, accumulate, C, r0, r1);
        }
    }

    static void reference(Span y, Span x, int C, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            long row = (long) r * C;
            double max = max(x, row, C);
            double sum = sumOfExp(x, row, max, C);
            for (int c = 0; c < C; c++) {
                put(y, row + c, Math.exp(get(x, row + c) - max) / sum);
            }
        }
    }

    static void referenceBackward(Span dx, Span y, Span dy, boolean accumulate, int C, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            long row = (long) r * C;
            double dot = 0;
            for (int c = 0; c < C; c++) {
                dot += get(dy, row + c) * get(y, row + c);
            }
            for (int c = 0; c < C; c++) {
                double value = get(y, row + c) * (get(dy, row + c) - dot);
                put(dx, row + c, accumulate ? get(dx, row + c) + value : value);
            }
        }
    }

    static void referenceLog(Span y, Span x, int C, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            long row = (long) r * C;
            double max = max(x, row, C);
            double log = Math.log(sumOfExp(x, row, max, C));
            for (int c = 0; c < C; c++) {
                put(y, row + c, get(x, row + c) - max - log);
            }
        }
    }

    static void referenceLogBackward(Span dx, Span y, Span dy, boolean accumulate, int C, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            long row = (long) r * C;
            double sum = 0;
            for (int c = 0; c < C; c++) {
                sum += get(dy, row + c);
            }
            for (int c = 0; c < C; c++) {
                double value = get(dy, row + c) - Math.exp(get(y, row + c)) * sum;
                put(dx, row + c, accumulate ? get(dx, row + c) + value : value);
            }
        }
    }

    static double max(Span x, long row, int C) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < C; c++) {
            max = Math.max(max, get(x, row + c)); // NaN wins
        }
        return max;
    }

    static double sumOfExp(Span x, long row, double max, int C) {
        double sum = 0;
        for (int c = 0; c < C; c++) {
            sum += Math.exp(get(x, row + c) - max);
        }
        return sum;
    }

    static boolean f32(Span span) {
        return span.dtype() == DType.F32;
    }

    private static double get(Span span, long index) {
        return span.dtype().get(span.address(index));
    }

    private static void put(Span span, long index, double value) {
        span.dtype().put(span.address(index), value);
    }
}
