package headway.kernels.attention;

import headway.kernels.DType;

/// Checks of, and scalar access to, the operands of an attention.
final class Operands {
    private Operands() {}

    /// Checks that all memory is there.
    static void check(String kernel, AttentionShape shape, Visibility see, Heads q, Heads k, Heads v, Heads o) {
        q.require(kernel, "q", shape.B(), shape.T(), shape.H(), shape.Dh());
        k.require(kernel, "k", shape.B(), shape.S(), shape.Hkv(), shape.Dh());
        v.require(kernel, "v", shape.B(), shape.S(), shape.Hkv(), shape.Dv());
        o.require(kernel, "o", shape.B(), shape.T(), shape.H(), shape.Dv());
        checkPadding(kernel, shape, see);
    }

    static void checkPadding(String kernel, AttentionShape shape, Visibility see) {
        if (see.padding() != null) {
            if (see.padding().dtype().bytes() != 1) {
                throw new IllegalArgumentException("[%s] padding is %s; expected U8 or BOOL"
                        .formatted(kernel, see.padding().dtype()));
            }
            see.padding().require(kernel, "padding", (long) shape.B() * shape.S());
        }
    }

    static boolean f32(Heads a, Heads b, Heads c, Heads d) {
        return a.span().dtype() == DType.F32
                && b.span().dtype() == DType.F32
                && c.span().dtype() == DType.F32
                && d.span().dtype() == DType.F32;
    }

    /// Whether query `t` sees no key at all.
    static boolean blind(Visibility see, int b, int t, int S) {
        for (int j = see.first(t); j < see.last(t, S); j++) {
            if (see.sees(b, t, j, S)) {
                return false;
            }
        }
        return true;
    }

    static double get(Heads x, int b, int t, int h, int d) {
        return x.span().dtype().get(x.span().address(x.index(b, t, h) + d));
    }

    static void set(Heads x, int b, int t, int h, int d, double value) {
        x.span().dtype().put(x.span().address(x.index(b, t, h) + d), value);
    }

    static void add(Heads x, int b, int t, int h, int d, double value) {
        set(x, b, t, h, d, get(x, b, t, h, d) + value);
    }

    /// `Σ_d x[d] · y[d]` in f64.
    static double dot(Heads x, int bx, int tx, int hx, Heads y, int by, int ty, int hy, int count) {
        double sum = 0;
        for (int d = 0; d < count; d++) {
            sum += get(x, bx, tx, hx, d) * get(y, by, ty, hy, d);
        }
        return sum;
    }
}
