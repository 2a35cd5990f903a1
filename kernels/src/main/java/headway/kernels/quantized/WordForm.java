package headway.kernels.quantized;

/// What products of words or bytes without VNNI must know of a type of blocks: `value = scale·q + added`, the integers
/// q
/// standing in `most` values from 0 on where they have no sign.
///
/// @param block values that share a scale
/// @param minima whether blocks have minima, which are added
/// @param centre what is taken away from the integers as they are stored
/// @param most the largest of the integers as they are stored; 255 where they have a sign
record WordForm(int block, boolean minima, int centre, int most) {
    static WordForm of(BlockType type) {
        var form = ByteGemmCode.Form.of(type);
        return new WordForm(form.block(), form.minima(), centre(type), most(type));
    }

    private static int centre(BlockType type) {
        return switch (type) {
            case Q4_0 -> 8;
            case Q5_0 -> 16;
            case Q3_K -> 4;
            case Q6_K -> 32;
            case MXFP4 -> 12;
            default -> 0;
        };
    }

    private static int most(BlockType type) {
        return switch (type) {
            case MXFP4 -> 24;
            case Q2_K -> 3;
            case Q3_K -> 7;
            case Q4_0, Q4_1, Q4_K -> 15;
            case Q5_0, Q5_1, Q5_K -> 31;
            case Q6_K -> 63;
            case Q8_0, IQ4_NL, IQ4_XS -> 255;
        };
    }

    /// Whether each sixteen values have a scale.
    boolean sixteen() {
        return block == 16;
    }

    /// Whether something is added to products of the integers as they are stored.
    boolean adds() {
        return minima || centre > 0;
    }

    /// Whether something is added to products of words, from which the centre was taken away, or of bytes, from which
    /// it
    /// was not.
    boolean adds(boolean bytes) {
        return bytes ? adds() : minima;
    }

    /// Whether bytes without sign can hold them so that pairs of products with eight bits fit into sixteen.
    boolean narrow() {
        return most < 64;
    }
}
