package headway.kernels.attention;

/// Sizes of one attention: batch `B`, query heads `H`, key/value heads `Hkv` (query head `h` uses key/value head
/// `h / (H / Hkv)`), queries `T`, keys `S`, widths of a query/key head and of a value head, the factor on
/// `q·k`, and what becomes of scores.
public record AttentionShape(int B, int H, int Hkv, int T, int S, int Dh, int Dv, double scale, Weighing weighing) {
    /// With a plain softmax.
    public AttentionShape(int B, int H, int Hkv, int T, int S, int Dh, int Dv, double scale) {
        this(B, H, Hkv, T, S, Dh, Dv, scale, Weighing.PLAIN);
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
        return new AttentionShape(B, H, Hkv, T, S, Dh, Dv, scale, other);
    }
}
