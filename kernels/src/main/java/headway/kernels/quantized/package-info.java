/// Matrices in the block types of GGUF files: a few bits a value, a scale for each block.
///
/// [headway.kernels.quantized.BlockType] says how a block lies in memory and what its values are; the products widen
/// blocks to f32. Activations stay f32 on every tier here.
package headway.kernels.quantized;
