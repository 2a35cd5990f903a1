package headway.kernels.scan;

import headway.kernels.Span;
import headway.kernels.Tier;

/// A linear recurrence whose coefficients come from its input: the heart of Mamba.
/// [Gu & Dao 2023](https://arxiv.org/abs/2312.00752), algorithm 2.
///
///     Δ[b,t,c] = log(1 + e^delta[b,t,c])        A[c,n] = -e^aLog[c,n]
///     h[t,n] = e^(Δ·A[n]) · h[t-1,n] + Δ · B[b,t,n] · u[b,t,c]        for each b and c
///     y[b,t,c] = Σ_n C[b,t,n] · h[t,n] + D[c] · u[b,t,c]
///
/// Backward walks from the last token to the first with `g[n] = ∂L/∂h[t,n]`, and `h` computed again:
///
///     g += dy·C[t]      dC[t] += dy·h[t]      da = g·h[t-1]·e^(Δ·A)
///     daLog += da·Δ·A   dB[t] += g·Δ·u        dΔ = Σ_n (da·A + g·B[t]·u)     du = dy·D + Σ_n g·Δ·B[t]
///     ddelta = dΔ·σ(delta)      dD += dy·u    g = g·e^(Δ·A)
///
/// | buffer         | shape       | access |
/// |----------------|-------------|--------|
/// | `u`, `delta`, `y` | `(B, T, C)` | read, read, written |
/// | `aLog`         | `(C, N)`    | read |
/// | `b`, `c`       | `(B, T, N)` | read |
/// | `d`            | `(C)`       | read |
/// | `state`        | `(B, C, N)` | read and replaced; null for a start at 0 that is not kept |
///
/// Cost: about `7·B·T·C·N` flops and `B·T·C·N` exponentials forward. Plain loops over f64, the specification; forward
/// also
/// machine code in f32. Entries of the batch are independent.
public final class SelectiveScanKernel {
    /// Sizes: batch, tokens, channels, states of a channel.
    public record Sizes(int B, int T, int C, int N) {}

    /// What a scan reads, or the gradients of it.
    public record Operands(Span u, Span delta, Span aLog, Span b, Span c, Span d) {}

    private SelectiveScanKernel() {}

    /// Elements of f32 scratch that a call of [#forward] needs.
    public static long scratch(Sizes s) {
        return Tier.machine() ? MachineScan.scratch(s) : 0;
    }

    /// `y` and `state` for the channels `[r0, r1)` of all entries, channel `c` of entry `b` being `b·C + c`. `scratch`
    /// holds [#scratch] elements and belongs to this call alone.
    public static void forward(Span y, Operands x, Span state, Span scratch, Sizes s, int r0, int r1) {
        check(y, x, state, s);
        java.util.Objects.checkFromToIndex(r0, r1, s.B * s.C);
        scratch.require("selective scan", "scratch", scratch(s));
        if (Tier.machine() && MachineScan.fits(y, x, state, s)) {
            MachineScan.forward(y, x, state, scratch, s, r0, r1);
        } else {
            reference(y, x, state, s, r0, r1);
        }
    }

    /// Scalar reference.
    static void reference(Span y, Operands x, Span state, Sizes s, int r0, int r1) {
        double[] h = new double[s.N];
        double[] a = new double[s.N];
        for (int r = r0; r < r1; r++) {
            int b = r / s.C;
            int c = r % s.C;
            decays(a, x, s, c);
            for (int n = 0; n < s.N; n++) {
                h[n] = state == null ? 0 : state.get((long) r * s.N + n);
            }
            for (int t = 0; t < s.T; t++) {
                long at = ((long) b * s.T + t) * s.C + c;
                double u = x.u.get(at);
                double sum = step(h, a, x, s, b, t, softplus(x.delta.get(at)), u);
                y.set(at, sum + x.d.get(c) * u);
            }
            for (int n = 0; state != null && n < s.N; n++) {
                state.set((long) r * s.N + n, h[n]);
            }
        }
    }

    /// `A` of a channel, which all tokens share.
    private static void decays(double[] a, Operands x, Sizes s, int c) {
        for (int n = 0; n < s.N; n++) {
            a[n] = -Math.exp(x.aLog.get((long) c * s.N + n));
        }
    }

    /// One token: moves `h` on and reads it.
    private static double step(double[] h, double[] a, Operands x, Sizes s, int b, int t, double dt, double u) {
        double sum = 0;
        long row = ((long) b * s.T + t) * s.N;
        for (int n = 0; n < s.N; n++) {
            h[n] = Math.exp(dt * a[n]) * h[n] + dt * x.b.get(row + n) * u;
            sum += x.c.get(row + n) * h[n];
        }
        return sum;
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /// Gradients for the entries `[b0, b1)` of a batch that started at 0: `u`, `delta`, `b`, `c` of `g` are added to,
    /// and so are `aLog` and `d`, which lie here once for each entry, `(B, C, N)` and `(B, C)`. `scratch` holds
    /// [#backwardScratch] elements and belongs to this call alone.
    public static void backward(Operands g, Span dy, Operands x, Span scratch, Sizes s, int b0, int b1) {
        check(dy, x, null, s);
        java.util.Objects.checkFromToIndex(b0, b1, s.B);
        scratch.require("selective scan", "scratch", backwardScratch(s));
        if (Tier.machine() && MachineScanBackward.fits(g, dy, x, s)) {
            MachineScanBackward.run(g, dy, x, scratch, s, b0, b1);
        } else {
            backwardReference(g, dy, x, s, b0, b1);
        }
    }

    /// Elements of f32 scratch that a call of [#backward] needs.
    public static long backwardScratch(Sizes s) {
        return Tier.machine() ? MachineScanBackward.scratch(s) : 0;
    }

    /// Scalar reference.
    static void backwardReference(Operands g, Span dy, Operands x, Sizes s, int b0, int b1) {
        double[] a = new double[s.N];
        double[] states = new double[(s.T + 1) * s.N];
        double[] h = new double[s.N];
        double[] dh = new double[s.N];
        for (int b = b0; b < b1; b++) {
            for (int c = 0; c < s.C; c++) {
                java.util.Arrays.fill(h, 0);
                java.util.Arrays.fill(dh, 0);
                decays(a, x, s, c);
                for (int t = 0; t < s.T; t++) {
                    long at = ((long) b * s.T + t) * s.C + c;
                    step(h, a, x, s, b, t, softplus(x.delta.get(at)), x.u.get(at));
                    System.arraycopy(h, 0, states, (t + 1) * s.N, s.N);
                }
                for (int t = s.T - 1; t >= 0; t--) {
                    stepBack(g, dy, a, x, s, states, dh, b, t, c);
                }
            }
        }
    }

    private static void stepBack(
            Operands g, Span dy, double[] a, Operands x, Sizes s, double[] states, double[] dh, int b, int t, int c) {
        long at = ((long) b * s.T + t) * s.C + c;
        long row = ((long) b * s.T + t) * s.N;
        double d = dy.get(at);
        double u = x.u.get(at);
        double dt = softplus(x.delta.get(at));
        double ddt = 0;
        double du = d * x.d.get(c);
        for (int n = 0; n < s.N; n++) {
            double decay = Math.exp(dt * a[n]);
            dh[n] += d * x.c.get(row + n);
            add(g.c, row + n, d * states[(t + 1) * s.N + n]);
            double da = dh[n] * states[t * s.N + n] * decay;
            add(g.aLog, ((long) b * s.C + c) * s.N + n, da * dt * a[n]);
            add(g.b, row + n, dh[n] * dt * u);
            ddt += da * a[n] + dh[n] * x.b.get(row + n) * u;
            du += dh[n] * dt * x.b.get(row + n);
            dh[n] *= decay;
        }
        add(g.u, at, du);
        add(g.delta, at, ddt / (1 + Math.exp(-x.delta.get(at))));
        add(g.d, (long) b * s.C + c, d * u);
    }

    private static void add(Span to, long at, double value) {
        to.set(at, to.get(at) + value);
    }

    private static void check(Span y, Operands x, Span state, Sizes s) {
        long tokens = (long) s.B * s.T;
        y.require("selective scan", "y", tokens * s.C);
        x.u.require("selective scan", "u", tokens * s.C);
        x.delta.require("selective scan", "delta", tokens * s.C);
        x.aLog.require("selective scan", "aLog", (long) s.C * s.N);
        x.b.require("selective scan", "b", tokens * s.N);
        x.c.require("selective scan", "c", tokens * s.N);
        x.d.require("selective scan", "d", s.C);
        if (state != null) {
            state.require("selective scan", "state", (long) s.B * s.C * s.N);
        }
    }
}
