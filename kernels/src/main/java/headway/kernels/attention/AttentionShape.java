package headway.kernels.attention;

/// Sizes of one attention: batch `B`, query heads `H`, key/value heads `Hkv` (query head `h` uses key/value head
/// `h / (H / Hkv)`), queries `T`, keys `S`, widths of a query/key head and of a value head, the factor on
/// `q·k`, and what becomes of scores.
///
/// @param rounds whether factors of products may be rounded to bf16; sums and the softmax stay in f32
public record AttentionShape(
        int B, int H, int Hkv, int T, int S, int Dh, int Dv, double scale, Weighing weighing, boolean rounds) {
    /// With a plain softmax.
    public AttentionShape(int B, int H, int Hkv, int T, int S, int Dh, int Dv, double scale) {
        this(B, H, Hkv, T, S, Dh, Dv, scale, Weighing.PLAIN, false);
    }

    /// With nothing rounded.
    public AttentionShape(int B, int H, int Hkv, int T, int S, int Dh, int Dv, double scale, Weighing weighing) {
        this(B, H, Hkv, T, S, Dh, Dv, scale, weighing, false);
    }

    public AttentionShape {
        if (Hkv <= 0 || H % Hkv != 0) {
            throw new IllegalArgumentException(
                    "[attention] heads=%d must be a multiple of kv_heads=%d".formatted(H, Hkv));
        }
        if (weighing.sinks() != null) {
            weighing.sinks().require("attention", "sinks", H);
        }
    }

    /// This with another weighing.
    public AttentionShape weighing(Weighing other) {
        return new AttentionShape(B, H, Hkv, T, S, Dh, Dv, scale, other, rounds);
    }

    /// This with factors rounded to bf16, where that is faster.
    public AttentionShape rounding(boolean allowed) {
        return new AttentionShape(B, H, Hkv, T, S, Dh, Dv, scale, weighing, allowed);
    }

    /// Whether products are made of pairs of bf16 here.
    boolean pairs() {
        return rounds && Dh % 2 == 0 && Dv % 2 == 0 && headway.kernels.gemm.Bf16Pairs.available();
    }
}
