package headway.io.gguf;

import headway.kernels.DType;
import headway.kernels.quantized.BlockType;

/// How a tensor's elements lie in a GGUF file: plain, or in blocks. Numbers are the format's own.
///
/// @param name the format's name
/// @param plain element type; null for blocks
/// @param blocks block type; null for plain elements
public record GgufType(String name, DType plain, BlockType blocks) {
    /// Type number `id`, or null where this version has none.
    static GgufType of(int id) {
        return switch (id) {
            case 0 -> plain(DType.F32);
            case 1 -> plain(DType.F16);
            case 24 -> plain(DType.I8);
            case 25 -> plain(DType.I16);
            case 26 -> plain(DType.I32);
            case 27 -> plain(DType.I64);
            case 28 -> plain(DType.F64);
            case 30 -> plain(DType.BF16);
            case 2 -> blocks(BlockType.Q4_0);
            case 3 -> blocks(BlockType.Q4_1);
            case 6 -> blocks(BlockType.Q5_0);
            case 7 -> blocks(BlockType.Q5_1);
            case 8 -> blocks(BlockType.Q8_0);
            case 10 -> blocks(BlockType.Q2_K);
            case 11 -> blocks(BlockType.Q3_K);
            case 12 -> blocks(BlockType.Q4_K);
            case 13 -> blocks(BlockType.Q5_K);
            case 14 -> blocks(BlockType.Q6_K);
            case 20 -> blocks(BlockType.IQ4_NL);
            case 23 -> blocks(BlockType.IQ4_XS);
            case 39 -> blocks(BlockType.MXFP4);
            default -> null;
        };
    }

    private static GgufType plain(DType type) {
        return new GgufType(type.name(), type, null);
    }

    private static GgufType blocks(BlockType type) {
        return new GgufType(type.name(), null, type);
    }

    /// Values in a block; 1 for plain elements.
    int blockSize() {
        return blocks == null ? 1 : blocks.size();
    }

    /// Bytes of a block.
    int blockBytes() {
        return blocks == null ? plain.bytes() : blocks.bytes();
    }
}
