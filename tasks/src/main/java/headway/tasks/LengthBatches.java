package headway.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Texts of like length together, so that next to nothing of a batch is padding.
///
/// Lengths are sorted, the longest first, and cut where a batch would hold more than its tokens, or where
/// more than a sixteenth of it would be padding. What belongs together depends on lengths alone: the same
/// texts give the same batches, and so the same numbers.
final class LengthBatches {
    /// Rows of a product beyond which it gets no faster.
    static final int TOKENS = 2048;

    private LengthBatches() {}

    /// Numbers of the texts of each batch.
    ///
    /// @param lengths tokens of each text
    /// @param tokens most tokens of a batch of more than one text, padding counted
    static List<int[]> of(int[] lengths, int tokens) {
        int[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted((a, b) -> Integer.compare(lengths[b], lengths[a]))
                .mapToInt(Integer::intValue)
                .toArray();
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
            batches.add(java.util.Arrays.copyOfRange(order, from, to));
            from = to;
        }
        return batches;
    }
}
