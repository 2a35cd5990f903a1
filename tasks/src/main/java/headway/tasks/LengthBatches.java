package headway.tasks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Texts of like length together: where each has a row of the batch, next to nothing of it is padding then.
///
/// Lengths are sorted, the longest first. What belongs together depends on lengths alone: the same texts give
/// the same batches, and so the same numbers.
final class LengthBatches {
    /// Rows of a product beyond which it gets no faster.
    static final int TOKENS = 2048;

    private LengthBatches() {}

    private static int[] longestFirst(int[] lengths) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted((a, b) -> Integer.compare(lengths[b], lengths[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Numbers of the texts of each batch where they lie one behind the other: as few batches as may be, of about
    /// as many tokens each.
    ///
    /// @param tokens most tokens of a batch of more than one text
    static List<int[]> packed(int[] lengths, int tokens) {
        int[] order = longestFirst(lengths);
        long all = IntStream.of(lengths).asLongStream().sum();
        long count = Math.max(1, (all + tokens - 1) / tokens);
        long share = (all + count - 1) / count;
        var batches = new ArrayList<int[]>();
        int from = 0;
        long filled = 0;
        for (int i = 0; i < order.length; i++) {
            int n = lengths[order[i]];
            // The text that steps over the share still belongs to it where there is room.
            if (i > from && (filled >= share || filled + n > tokens)) {
                batches.add(Arrays.copyOfRange(order, from, i));
                from = i;
                filled = 0;
            }
            filled += n;
        }
        if (from < order.length) {
            batches.add(Arrays.copyOfRange(order, from, order.length));
        }
        return batches;
    }

    /// Numbers of the texts of each batch where each has a row: cut where a batch would hold more than its tokens,
    /// or where more than a sixteenth of it would be padding.
    ///
    /// @param lengths tokens of each text
    /// @param tokens most tokens of a batch of more than one text, padding counted
    static List<int[]> of(int[] lengths, int tokens) {
        int[] order = longestFirst(lengths);
        var batches = new ArrayList<int[]>();
        int from = 0;
        while (from < order.length) {
            int longest = lengths[order[from]];
            int to = from + 1;
            long real = longest;
            while (to < order.length) {
                long size = (long) longest * (to + 1 - from);
                long more = real + lengths[order[to]];
                if (size > tokens || (size - more) * 16 > size) {
                    break;
                }
                real = more;
                to++;
            }
            batches.add(Arrays.copyOfRange(order, from, to));
            from = to;
        }
        return batches;
    }
}
