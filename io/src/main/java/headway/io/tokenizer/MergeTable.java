package headway.io.tokenizer;

import java.util.Arrays;
import java.util.PriorityQueue;

/// The merges of a byte-pair encoding, by pair, and their application to a word.
///
/// Repeatedly the pair of neighbours with the lowest rank is merged, the leftmost first,
/// [Sennrich et al. 2016](https://arxiv.org/abs/1508.07909).
final class MergeTable {
    /// From this length on a heap is quicker than searching all pairs.
    private static final int LONG_WORD = 128;

    private final long[] keys;
    private final int[] ranks;
    private final int[] merged;
    private final int mask;
    private int size;

    /// A table for `count` merges.
    MergeTable(int count) {
        int capacity = Integer.highestOneBit(Math.max(8, count)) * 4;
        keys = new long[capacity];
        Arrays.fill(keys, -1);
        ranks = new int[capacity];
        merged = new int[Math.max(1, count)];
        mask = capacity - 1;
    }

    /// Adds the next merge, of tokens `left` and `right` to `result`. A pair given twice takes its last rank, as it
    /// does in the Hugging Face library.
    void add(int left, int right, int result) {
        int slot = slot(left, right);
        keys[slot] = key(left, right);
        ranks[slot] = size;
        merged[size++] = result;
    }

    private int rank(int left, int right) {
        int slot = slot(left, right);
        return keys[slot] == -1 ? Integer.MAX_VALUE : ranks[slot];
    }

    private int slot(int left, int right) {
        long key = key(left, right);
        int slot = (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 32) & mask;
        while (keys[slot] != -1 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }

    /// Merges the first `length` of `symbols` as far as it goes.
    int[] apply(int[] symbols, int length) {
        return length < LONG_WORD ? applyBySearch(symbols, length) : applyByHeap(symbols, length);
    }

    int[] applyBySearch(int[] symbols, int length) {
        int[] pairRanks = new int[length];
        for (int i = 0; i + 1 < length; i++) {
            pairRanks[i] = rank(symbols[i], symbols[i + 1]);
        }
        while (length > 1) {
            int at = 0;
            for (int i = 1; i + 1 < length; i++) {
                if (pairRanks[i] < pairRanks[at]) {
                    at = i;
                }
            }
            if (pairRanks[at] == Integer.MAX_VALUE) {
                break;
            }
            symbols[at] = merged[pairRanks[at]];
            length--;
            System.arraycopy(symbols, at + 2, symbols, at + 1, length - at - 1);
            System.arraycopy(pairRanks, at + 1, pairRanks, at, length - at);
            if (at > 0) {
                pairRanks[at - 1] = rank(symbols[at - 1], symbols[at]);
            }
            if (at + 1 < length) {
                pairRanks[at] = rank(symbols[at], symbols[at + 1]);
            }
        }
        return Arrays.copyOf(symbols, length);
    }

    /// The same on a linked list, for words such as a page of letters without a space: O(n log n).
    int[] applyByHeap(int[] symbols, int length) {
        int[] next = new int[length];
        int[] previous = new int[length];
        var heap = new PriorityQueue<Long>(length);
        for (int i = 0; i < length; i++) {
            next[i] = i + 1 < length ? i + 1 : -1;
            previous[i] = i - 1;
            offer(heap, symbols, i, next[i]);
        }
        while (!heap.isEmpty()) {
            long entry = heap.remove();
            int at = (int) entry;
            int rank = (int) (entry >>> 32);
            int right = symbols[at] < 0 ? -1 : next[at];
            // An entry is out of date when its left or right token was merged meanwhile.
            if (right < 0 || rank(symbols[at], symbols[right]) != rank) {
                continue;
            }
            symbols[at] = merged[rank];
            symbols[right] = -1;
            next[at] = next[right];
            if (next[at] >= 0) {
                previous[next[at]] = at;
            }
            offer(heap, symbols, at, next[at]);
            if (previous[at] >= 0) {
                offer(heap, symbols, previous[at], at);
            }
        }
        int[] result = new int[length];
        int count = 0;
        for (int i = 0; i >= 0; i = next[i]) {
            result[count++] = symbols[i];
        }
        return Arrays.copyOf(result, count);
    }

    private void offer(PriorityQueue<Long> heap, int[] symbols, int left, int right) {
        int rank = right < 0 ? Integer.MAX_VALUE : rank(symbols[left], symbols[right]);
        if (rank != Integer.MAX_VALUE) {
            heap.add((long) rank << 32 | left);
        }
    }
}
