/// Rotary positions.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | rotary position embedding | [RotaryKernel][headway.kernels.rotary.RotaryKernel] | both layouts, partial, inverse;
/// shuffles for interleaved pairs |
package headway.kernels.rotary;
