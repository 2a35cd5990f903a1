/// Updates of parameters.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | AdamW | [AdamWKernel][headway.kernels.optimizer.AdamWKernel] | one pass over weight, gradient and both moments |
package headway.kernels.optimizer;
