package headway.kernels.softmax;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;

/// Negative log-likelihood of a label under softmax, without storing the probabilities.
///
///     lse[r] = log Σ_v exp(logits[r,v])        loss[r] = lse[r] - logits[r, labels[r]]
///     dlogits[r,v] = (exp(logits[r,v] - lse[r]) - [v = labels[r]])·scale
///
/// | buffer    | shape    | access |
/// |-----------|----------|--------|
/// | `loss`, `lse` | `(R)` | write; `lse` is read by the derivative |
/// | `logits`  | `(R, V)` | read   |
/// | `labels`  | `(R)` I32 | read  |
/// | `dlogits` | `(R, V)` | write; may be `logits`: `R·V` is the largest buffer of training, and needs no copy |
///
/// Rows whose label is `ignoreIndex` have loss 0 and gradient 0; their `lse` is computed like any
/// other. A row with NaN, +∞ or nothing but -∞ has a NaN or infinite loss, as in [SoftmaxKernel].
/// Cost: about `20RV` flops, `4RV` bytes forward and `8RV` backward in f32; memory-bound. Rows are
/// independent.
public final class CrossEntropyKernel {
    private CrossEntropyKernel() {}

    /// `loss[r]` and `lse[r]` for rows `[r0, r1)`; throws `IndexOutOfBoundsException` for a label
    /// outside `0 … V-1` that is not `ignoreIndex`, before anything is written.
    public static void forward(Span loss, Span lse, Span logits, Span labels, int ignoreIndex, int V, int r0, int r1) {
        loss.requireRange("cross entropy", "loss", r0, r1);
        lse.requireRange("cross entropy", "lse", r0, r1);
        logits.requireRows("cross entropy", "logits", r0, r1, V);
        requireLabels(labels, ignoreIndex, V, r0, r1);
        boolean f32 = SoftmaxKernel.f32(loss) && SoftmaxKernel.f32(lse) && SoftmaxKernel.f32(logits);
        if (Tier.vectors() && f32) {
            Vectorized.forward(loss, lse, logits, labels, ignoreIndex, V, r0, r1);
        } else {
            reference(loss, lse, logits, labels, ignoreIndex, V, r0, r1);
        }
    }

    /// `dlogits` for rows `[r0, r1)` from the `lse` of [#forward]; `dlogits` may be `logits`.
    public static void backward(
            Span dlogits, Span logits, Span lse, Span labels, int ignoreIndex, double scale, int V, int r0, int r1) {
        dlogits.requireRows("cross entropy", "dlogits", r0, r1, V);
        logits.requireRows("cross entropy", "logits", r0, r1, V);
        lse.requireRange("cross entropy", "lse", r0, r1);
        requireLabels(labels, ignoreIndex, V, r0, r1);
        boolean f32 = SoftmaxKernel.f32(dlogits) && SoftmaxKernel.f32(logits) && SoftmaxKernel.f32(lse);
        if (Tier.vectors() && f32) {
            Vectorized.backward(dlogits, logits, lse, labels, ignoreIndex, (float) scale, V, r0, r1);
        } else {
            referenceBackward(dlogits, logits, lse, labels, ignoreIndex, scale, V, r0, r1);
        }
    }

    private static void requireLabels(Span labels, int ignoreIndex, int V, int r0, int r1) {
        labels.requireType("cross entropy", "labels", DType.I32);
        labels.requireRange("cross entropy", "labels", r0, r1);
        for (int r = r0; r < r1; r++) {
            int label = Memory.i32(labels.address(r));
            if (label != ignoreIndex && (label < 0 || label >= V)) {
                throw new IndexOutOfBoundsException(
                        "[cross entropy] label %d at row %d is outside the classes 0 … %d and is not ignoreIndex=%d"
                                .formatted(label, r, V - 1, ignoreIndex));
            }
        }
    }

    static void reference(Span loss, Span lse, Span logits, Span labels, int ignoreIndex, int V, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            long row = (long) r * V;
            double max = SoftmaxKernel.max(logits, row, V);
            double logSumExp = max + Math.log(SoftmaxKernel.sumOfExp(logits, row, max, V));
            int label = Memory.i32(labels.address(r));
            lse.dtype().put(lse.address(r), logSumExp);
            double value = label == ignoreIndex ? 0 : logSumExp - get(logits, row + label);
            loss.dtype().put(loss.address(r), value);
        }
    }

    static void referenceBackward(
            Span dlogits, Span logits, Span lse, Span labels, int ignoreIndex, double scale, int V, int r0, int r1) {
        for (int r = r0; r < r1; r++) {
            long row = (long) r * V;
            int label = Memory.i32(labels.address(r));
            double logSumExp = get(lse, r);
            for (int v = 0; v < V; v++) {
                double value = 0;
                if (label != ignoreIndex) {
                    value = (Math.exp(get(logits, row + v) - logSumExp) - (v == label ? 1 : 0)) * scale;
                }
                dlogits.dtype().put(dlogits.address(row + v), value);
            }
        }
    }

    private static double get(Span span, long index) {
        return span.dtype().get(span.address(index));
    }

    /// Same contract on vector lanes, by [SoftmaxRows], or in machine code.
    static final class Vectorized {
        static void forward(Span loss, Span lse, Span logits, Span labels, int ignoreIndex, int V, int r0, int r1) {
            for (int r = r0; r < r1; r++) {
                long row = logits.address((long) r * V);
                double logSumExp = Tier.machine() ? MachineSoftmax.logSumExp(row, V) : SoftmaxRows.logSumExp(row, V);
                int label = Memory.i32(labels.address(r));
                Memory.f32(lse.address(r), (float) logSumExp);
                double value = label == ignoreIndex ? 0 : logSumExp - Memory.f32(row + 4L * label);
                Memory.f32(loss.address(r), (float) value);
            }
        }

        static void backward(
                Span dlogits, Span logits, Span lse, Span labels, int ignoreIndex, float scale, int V, int r0, int r1) {
            for (int r = r0; r < r1; r++) {
                long to = dlogits.address((long) r * V);
                int label = Memory.i32(labels.address(r));
                if (label == ignoreIndex) {
                    dlogits.segment()
                            .asSlice((long) r * V * Float.BYTES, (long) V * Float.BYTES)
                            .fill((byte) 0);
                    continue;
                }
                long from = logits.address((long) r * V);
                float shift = Memory.f32(lse.address(r));
                // Read before dlogits overwrites it.
                double atLabel = Math.exp((double) Memory.f32(from + 4L * label) - shift) - 1;
                if (Tier.machine()) {
                    MachineSoftmax.scaledExp(to, from, shift, scale, V);
                } else {
                    SoftmaxRows.scaledExp(to, from, shift, scale, V);
                }
                Memory.f32(to + 4L * label, (float) (atLabel * scale));
            }
        }
    }
}
