package headway.kernels.gemm;

import headway.kernels.Span;
import headway.kernels.activation.Activation;

/// What happens to a tile of C while it is still in registers or cache: `C = f(C + bias) + residual`.
///
/// @param bias `(N)` or null
/// @param activation `f`; `IDENTITY` for none
/// @param residual `(M, N)` with row stride `residualStride`, or null; may be C's own memory
public record Epilogue(Span bias, Activation activation, Span residual, long residualStride) {
    /// Nothing.
    public static final Epilogue NONE = new Epilogue(null, Activation.IDENTITY, null, 0);

    public static Epilogue bias(Span bias) {
        return bias == null ? NONE : new Epilogue(bias, Activation.IDENTITY, null, 0);
    }
}
