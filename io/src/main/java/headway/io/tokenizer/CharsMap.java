package headway.io.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;

/// The table of replacements that a SentencePiece model carries (`precompiled_charsmap`): a double array over UTF-8,
/// and
/// the replacements, each with a zero byte behind it.
///
/// The Hugging Face library follows its numbers without looking where they lead, and ends the process where they lead
/// out of it. This walks along every way there is before.
final class CharsMap {
    private final int[] units;
    private final byte[] replacements;

    private CharsMap(int[] units, byte[] replacements) {
        this.units = units;
        this.replacements = replacements;
    }

    /// What is wrong with the table; null where nothing is.
    static String fault(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return "is not base64";
        }
        if (bytes.length < 4) {
            return "has %d bytes; expected at least 4".formatted(bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long size = Integer.toUnsignedLong(in.getInt());
        if (size % 4 != 0 || size < 4 || size > in.remaining()) {
            return "says that its array has %d bytes; %d follow".formatted(size, in.remaining());
        }
        int[] units = new int[(int) size / 4];
        in.asIntBuffer().get(units);
        byte[] replacements = java.util.Arrays.copyOfRange(bytes, 4 + (int) size, bytes.length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
        } catch (CharacterCodingException e) {
            return "has replacements that are not UTF-8";
        }
        return new CharsMap(units, replacements).walk();
    }

    private String walk() {
        var seen = new BitSet(units.length);
        var open = new ArrayDeque<Integer>();
        open.add(offset(units[0]));
        while (!open.isEmpty()) {
            int node = open.remove();
            if (seen.get(node)) {
                continue;
            }
            seen.set(node);
            for (int c = 1; c < 256; c++) {
                int child = node ^ c;
                if (child >= units.length) {
                    return "leads out of its array at %d".formatted(child);
                }
                if ((units[child] & 0x800000FF) != c) {
                    continue;
                }
                int next = child ^ offset(units[child]);
                if (next >= units.length) {
                    return "leads out of its array at %d".formatted(next);
                }
                if ((units[child] & 0x100) != 0 && !begins(units[next] & 0x7FFFFFFF)) {
                    return "names a replacement at %d that is none".formatted(units[next] & 0x7FFFFFFF);
                }
                open.add(next);
            }
        }
        return null;
    }

    /// Whether a replacement may begin at `index`: inside of the text, and not inside of a character.
    private boolean begins(int index) {
        return index == replacements.length || index < replacements.length && (replacements[index] & 0xC0) != 0x80;
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & 0x200) >>> 6);
    }
}
