/// Changes of element type.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | conversion of any pair of types | [ConvertKernel][headway.kernels.convert.ConvertKernel] | one rounding, to
/// nearest even; integer lanes for bf16 |
package headway.kernels.convert;
