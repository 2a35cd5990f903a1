/// Random numbers that are a function of key and position.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | Philox4x32-10, uniform, normal | [Philox][headway.kernels.random.Philox] | counter-based; Box-Muller by
/// `StrictMath` |
/// | dropout | [DropoutKernel][headway.kernels.random.DropoutKernel] | no stored mask; one Philox block for four
/// elements |
package headway.kernels.random;
