package headway.kernels.attention;

/// Sizes of one attention: batch `B`, query heads `H`, key/value heads `Hkv` (query head `h` uses key/value head
/// `h / (H / Hkv)`), queries `T`, keys `S`, widths of a query/key head and of a value head, and the factor on
/// `q·k`.
public record AttentionShape(int B, int H, int Hkv, int T, int S, int Dh, int Dv, double scale) {
    public AttentionShape {
        if (Hkv <= 0 || H % Hkv != 0) {
            throw new IllegalArgumentException(
                    "[attention] heads=%d must be a multiple of kv_heads=%d".formatted(H, Hkv));
        }
    }
}
