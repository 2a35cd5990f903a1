/// Memory, element types and tiers: what every kernel is written on.
///
/// A kernel takes [Span]s, offsets and sizes; checks each operand once, at its public entry; allocates nothing,
/// starts no thread. Its `reference` is the specification: scalar, in `double`, for any [DType]. Where [Tier] allows
/// and operands are f32 the same contract runs on vector lanes.
///
/// | kernels | package |
/// |---|---|
/// | pointwise and gated activations | `headway.kernels.activation` |
/// | attention | `headway.kernels.attention` |
/// | element types | `headway.kernels.convert` |
/// | sums and products | `headway.kernels.elementwise` |
/// | embedding | `headway.kernels.embedding` |
/// | matrix products | `headway.kernels.gemm` |
/// | LayerNorm, RMSNorm | `headway.kernels.norm` |
/// | AdamW | `headway.kernels.optimizer` |
/// | quantized matrices | `headway.kernels.quantized` |
/// | random numbers, dropout | `headway.kernels.random` |
/// | rotary positions | `headway.kernels.rotary` |
/// | softmax, cross entropy | `headway.kernels.softmax` |
package headway.kernels;
