package headway.generate;

import java.util.Arrays;

/// Tokens to continue.
///
/// @param ids token ids, padding included
/// @param mask 0 where a token is padding, of the length of `ids`; null where none is
/// @param source the input that an encoder has read, padding included; null where the prompt is the input
public record Prompt(int[] ids, byte[] mask, int[] source) {
    /// A prompt that is the input itself.
    public Prompt(int[] ids, byte[] mask) {
        this(ids, mask, null);
    }

    public Prompt {
        if (ids.length == 0) {
            throw new IllegalArgumentException("[generate] a prompt is empty; give at least one token");
        }
        if (mask != null && mask.length != ids.length) {
            throw new IllegalArgumentException(
                    "[generate] the attention mask has %d entries for %d tokens".formatted(mask.length, ids.length));
        }
        if (mask != null && count(mask) == mask.length) {
            mask = null;
        }
        if (mask != null && count(mask) == 0) {
            throw new IllegalArgumentException("[generate] the attention mask of a prompt hides every token");
        }
    }

    /// A prompt without padding.
    public static Prompt of(int... ids) {
        return new Prompt(ids, null);
    }

    /// A prompt as Hugging Face's `generate` reads one that comes without a mask: where `padTokenId` is known and ends
    /// no text, such tokens are padding.
    public static Prompt guessing(int[] ids, Generation settings) {
        Integer pad = settings.padTokenId();
        if (pad == null || settings.eosTokenIds().contains(pad)) {
            return of(ids);
        }
        byte[] mask = new byte[ids.length];
        for (int i = 0; i < ids.length; i++) {
            mask[i] = (byte) (ids[i] == pad ? 0 : 1);
        }
        return new Prompt(ids, mask);
    }

    /// The beginning of a text about `source`; an empty one is of no tokens.
    Prompt about(int[] source) {
        return new Prompt(ids, mask, source);
    }

    /// Whether token `i` is padding.
    boolean pads(int i) {
        return mask != null && mask[i] == 0;
    }

    /// Tokens of padding at the front.
    int start() {
        int i = 0;
        while (pads(i)) {
            i++;
        }
        return i;
    }

    /// The tokens that are not padding.
    int[] unpadded() {
        int[] kept = new int[ids.length];
        int n = 0;
        for (int i = 0; i < ids.length; i++) {
            if (!pads(i)) {
                kept[n++] = ids[i];
            }
        }
        return Arrays.copyOf(kept, n);
    }

    private static int count(byte[] mask) {
        int n = 0;
        for (byte m : mask) {
            n += m != 0 ? 1 : 0;
        }
        return n;
    }
}
