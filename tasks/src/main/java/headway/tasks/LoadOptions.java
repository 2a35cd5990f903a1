package headway.tasks;

import headway.kernels.DType;

/// How a model is brought into memory.
///
/// @param dtype type of matrices: `F32`, `BF16` or `F16`; null for the checkpoint's own
public record LoadOptions(DType dtype) {
    /// The checkpoint's own type.
    public static final LoadOptions DEFAULTS = new LoadOptions(null);

    /// The same with matrices of type `other`.
    public LoadOptions withDtype(DType other) {
        return new LoadOptions(other);
    }
}
