package headway.io.tokenizer;

import java.nio.charset.StandardCharsets;

/// UTF-8 with broken bytes as U+FFFD: one for each longest start of a character that breaks off, one for each byte
/// that starts none ([Unicode, 3.9](https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/), as in Rust).
///
/// Java's own decoder gives other numbers of U+FFFD for some broken sequences.
final class LenientUtf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private LenientUtf8() {}

    static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeBroken(bytes);
    }

    private static String decodeBroken(byte[] bytes) {
        var text = new StringBuilder(bytes.length);
        for (int at = 0; at < bytes.length; ) {
            int lead = bytes[at] & 0xFF;
            int length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
            if (length == 0) {
                text.append(REPLACEMENT);
                at++;
                continue;
            }
            int codePoint = length == 1 ? lead : lead & (0x7F >> length);
            int good = 1;
            while (good < length && at + good < bytes.length && continues(lead, good, bytes[at + good] & 0xFF)) {
                codePoint = codePoint << 6 | bytes[at + good] & 0x3F;
                good++;
            }
            text.appendCodePoint(good == length ? codePoint : REPLACEMENT);
            at += good;
        }
        return text.toString();
    }

    /// Whether `next` may follow as byte `index`; the first one decides on overlong forms, surrogates and the end of
    /// Unicode.
    private static boolean continues(int lead, int index, int next) {
        if (index > 1) {
            return next >= 0x80 && next <= 0xBF;
        }
        return switch (lead) {
            case 0xE0 -> next >= 0xA0 && next <= 0xBF;
            case 0xED -> next >= 0x80 && next <= 0x9F;
            case 0xF0 -> next >= 0x90 && next <= 0xBF;
            case 0xF4 -> next >= 0x80 && next <= 0x8F;
            default -> next >= 0x80 && next <= 0xBF;
        };
    }
}
