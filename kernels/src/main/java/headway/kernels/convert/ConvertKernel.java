package headway.kernels.convert;

import headway.kernels.Span;

public final class ConvertKernel {
    private ConvertKernel() {}
    /// to[i] = from[i], any pair of types, round to nearest even; vector versions for f32 <-> bf16, f32 <->
    /// f16, same
    /// type = copy.
    public static void run(Span to, Span from, long i0, long i1) {
        throw new UnsupportedOperationException("to be written");
    }
}
