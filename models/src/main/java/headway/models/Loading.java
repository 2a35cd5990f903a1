package headway.models;

import headway.kernels.DType;

/// How weights are brought into memory.
///
/// @param dtype type of matrices; null for the checkpoint's own. Vectors (norms, biases) are always `F32`
/// @param training whether weights get memory of their own, in `F32`, and carry gradients; else they stay mapped
///     where the file holds the right type
public record Loading(DType dtype, boolean training) {
    /// To run, in the checkpoint's own type.
    public static final Loading RUN = new Loading(null, false);

    /// To train.
    public static final Loading TRAIN = new Loading(DType.F32, true);
}
