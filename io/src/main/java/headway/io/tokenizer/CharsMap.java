package headway.io.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

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

    /// The table in `bytes`, which [#fault] has nothing against.
    static CharsMap of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int size = in.getInt();
        int[] units = new int[size / 4];
        in.asIntBuffer().get(units);
        return new CharsMap(units, java.util.Arrays.copyOfRange(bytes, 4 + size, bytes.length));
    }

    /// A text after its replacements.
    ///
    /// @param starts for each of its code points the first one of the original that it stands for, and ends the one
    /// behind the last
    record Normalized(String text, int[] starts, int[] ends) {
        /// The same tokens with their places in the original.
        Encoding back(Encoding from) {
            int[][] offsets = new int[from.length()][2];
            for (int i = 0; i < offsets.length; i++) {
                int start = from.offsets()[i][0];
                int end = from.offsets()[i][1];
                int before = starts.length == 0 ? 0 : ends[starts.length - 1];
                offsets[i][0] = start < starts.length ? starts[start] : before;
                offsets[i][1] = end > start ? ends[end - 1] : offsets[i][0];
            }
            return Encoding.ofText(from.ids(), from.tokens(), offsets, from.wordIds());
        }
    }

    /// Replaces from the left the longest beginning that the table has, as SentencePiece does. (The Hugging
    /// Face library looks up whole grapheme clusters; where the table has the beginning of one, it loses the rest.)
    ///
    /// @param kept texts that stay as they are, the longest first
    Normalized normalized(String text, List<String> kept) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        var out = new StringBuilder(text.length());
        var starts = new IntList();
        var ends = new IntList();
        int point = 0;
        int chars = 0;
        for (int at = 0; at < utf8.length; ) {
            String symbol = at(text, chars, kept);
            long match = symbol == null ? longest(utf8, at) : 0;
            String from = match == 0
                    ? symbol == null ? Character.toString(text.codePointAt(chars)) : symbol
                    : new String(utf8, at, (int) (match >>> 32), StandardCharsets.UTF_8);
            String to = match == 0 ? from : replacement((int) match);
            int taken = from.codePointCount(0, from.length());
            int made = to.codePointCount(0, to.length());
            for (int i = 0; i < made; i++) {
                // What stays as it is goes one by one.
                starts.add(match == 0 ? point + i : point);
                ends.add(match == 0 ? point + i + 1 : point + taken);
            }
            out.append(to);
            at += from.getBytes(StandardCharsets.UTF_8).length;
            chars += from.length();
            point += taken;
        }
        return new Normalized(out.toString(), starts.toArray(), ends.toArray());
    }

    private static String at(String text, int chars, List<String> kept) {
        for (String symbol : kept) {
            if (text.startsWith(symbol, chars)) {
                return symbol;
            }
        }
        return null;
    }

    /// Length of the longest beginning of `utf8` from `at` on that the table has, and below it where its replacement
    /// begins; 0 for none.
    private long longest(byte[] utf8, int at) {
        int node = offset(units[0]);
        long found = 0;
        for (int i = at; i < utf8.length; i++) {
            int c = utf8[i] & 0xFF;
            node ^= c;
            if (c == 0 || (units[node] & 0x800000FF) != c) {
                return found;
            }
            int unit = units[node];
            node ^= offset(unit);
            if ((unit & 0x100) != 0) {
                found = (long) (i + 1 - at) << 32 | units[node] & 0x7FFFFFFF;
            }
        }
        return found;
    }

    private String replacement(int from) {
        int to = from;
        while (to < replacements.length && replacements[to] != 0) {
            to++;
        }
        return new String(replacements, from, to - from, StandardCharsets.UTF_8);
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
