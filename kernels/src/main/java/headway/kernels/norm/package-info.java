/// Normalization of rows.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | LayerNorm | [LayerNormKernel][headway.kernels.norm.LayerNormKernel] | two-pass variance; `double` where f32
/// overflows |
/// | RMSNorm | [RmsNormKernel][headway.kernels.norm.RmsNormKernel] | one pass for the squares; `double` where f32
/// overflows |
package headway.kernels.norm;
