/// Pointwise non-linearities and gated units.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | pointwise activations | [ActivationKernel][headway.kernels.activation.ActivationKernel] | f32 lanes, one loop a
/// function; `double` reference |
/// | gated units (SwiGLU, GeGLU, …) | [GatedActivationKernel][headway.kernels.activation.GatedActivationKernel] | one
/// pass over both halves, in place of a fused projection |
/// | error function, normal distribution | [ErrorFunction][headway.kernels.activation.ErrorFunction] | series and
/// continued fraction in `double` |
package headway.kernels.activation;
