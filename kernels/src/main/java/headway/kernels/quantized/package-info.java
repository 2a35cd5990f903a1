/// Matrices in the block types of GGUF files: a few bits a value, a scale for each block.
///
/// [headway.kernels.quantized.BlockType] says how a block lies in memory and what its values are. Products widen blocks
/// to f32, or in machine code multiply them as integers with x in fifteen bits
/// ([headway.kernels.quantized.ByteActivations]).
package headway.kernels.quantized;
