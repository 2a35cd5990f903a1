package headway.io.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// GPT-2's spelling of bytes as printable characters, so that any byte can stand in a vocabulary file.
///
/// Printable Latin-1 bytes stand for themselves, the other 68 for U+0100 and on, in order: a space is `Ġ`, a newline
/// `Ċ`.
final class ByteAlphabet {
    private static final char[] CHARS = new char[256];
    private static final short[] BYTES = new short[324];

    static {
        java.util.Arrays.fill(BYTES, (short) -1);
        char next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            CHARS[b] = printable ? (char) b : next++;
            BYTES[CHARS[b]] = (short) b;
        }
    }

    private ByteAlphabet() {}

    /// Character of byte `b`, 0 to 255.
    static char charOf(int b) {
        return CHARS[b];
    }

    /// UTF-8 bytes of `text` spelt as characters.
    static String spell(String text) {
        var spelt = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            spelt.append(CHARS[b & 0xFF]);
        }
        return spelt.toString();
    }

    /// Appends the bytes that `token` spells; a token with any other character stands for its own UTF-8.
    static void unspell(String token, ByteArrayOutputStream out) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                out.writeBytes(token.getBytes(StandardCharsets.UTF_8));
                return;
            }
        }
        for (int i = 0; i < token.length(); i++) {
            out.write(BYTES[token.charAt(i)]);
        }
    }
}
