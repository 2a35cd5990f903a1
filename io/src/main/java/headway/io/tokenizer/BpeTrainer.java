package headway.io.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Learns a byte-level BPE from text: byte pairs that stand together most often become tokens,
/// [Sennrich et al. 2016](https://arxiv.org/abs/1508.07909) on GPT-2's words and byte alphabet.
///
/// Words are counted first, then pairs are merged with counts kept up to date, so that the cost depends on the number
/// of different words, not on the length of the text. Of pairs with equal counts the one with the smaller ids is
/// merged first: the same text gives the same tokenizer.
///
/// Ids: the special tokens, the 256 bytes in the order of their characters, the merges. Not for use by several
/// threads.
public final class BpeTrainer {
    /// Special tokens of models that read whole texts: padding, beginning, end, unknown, mask.
    public static final List<String> ROLES = List.of("<pad>", "<s>", "</s>", "<unk>", "<mask>");

    /// A pair that stands in the text only once is not worth a token.
    private static final int LEAST_COUNT = 2;

    /// Longer words are learnt from in pieces: a page of base64 would cost its length again with each merge.
    private static final int LONGEST_WORD = 256;

    private final int vocabularySize;
    private final List<String> specialTokens;
    private final AddedTokenSplit split;
    private final Map<String, Count> words = new HashMap<>();

    private static final class Count {
        private long value;
    }

    /// A trainer for at most `vocabularySize` tokens, `specialTokens` and the 256 bytes included.
    ///
    /// @throws IllegalArgumentException when the vocabulary is smaller than those
    public BpeTrainer(int vocabularySize, List<String> specialTokens) {
        int least = 256 + specialTokens.size();
        if (vocabularySize < least) {
            throw new IllegalArgumentException(
                    "[bpe] vocabulary of %d tokens is too small: 256 bytes and %d special tokens take %d"
                            .formatted(vocabularySize, specialTokens.size(), least));
        }
        if (specialTokens.stream().anyMatch(String::isEmpty)
                || specialTokens.stream().distinct().count() != specialTokens.size()) {
            throw new IllegalArgumentException(
                    "[bpe] special tokens %s: one is empty or given twice".formatted(specialTokens));
        }
        this.vocabularySize = vocabularySize;
        this.specialTokens = List.copyOf(specialTokens);
        this.split = new AddedTokenSplit(added());
    }

    /// Counts the words of `text`; special tokens in it are left out.
    public void add(String text) {
        String whole = WellFormed.of(text);
        split.split(whole, new AddedTokenSplit.Pieces() {
            @Override
            public void plain(int start, int end) {
                for (int at = start; at < end; ) {
                    int stop = GptSplit.next(whole, at, end);
                    count(whole, at, stop);
                    at = stop;
                }
            }

            @Override
            public void token(AddedToken token, int start, int end) {}
        });
    }

    private void count(String text, int start, int stop) {
        for (int at = start; at < stop; ) {
            int end = Math.min(stop, at + LONGEST_WORD);
            if (end < stop && Character.isLowSurrogate(text.charAt(end))) {
                end--;
            }
            words.computeIfAbsent(text.substring(at, end), word -> new Count()).value++;
            at = end;
        }
    }

    /// Learns the merges. With fewer pairs in the text than asked for, the vocabulary is smaller.
    ///
    /// The token `<|endoftext|>`, or else the first special one, becomes both the beginning and the ending token.
    public ByteLevelBpe train() {
        var end = specialTokens.contains("<|endoftext|>")
                ? Optional.of("<|endoftext|>")
                : specialTokens.stream().findFirst();
        return train(PostProcessor.NONE, SpecialTokens.ofEnds(end, end));
    }

    /// The same for models that read whole texts, with the special tokens [#ROLES]: `<s> text </s>`, and
    /// `<s> first </s></s> second </s>`, as RoBERTa has it.
    ///
    /// @throws IllegalStateException when the special tokens are others
    public ByteLevelBpe trainWithEnds() {
        if (!specialTokens.equals(ROLES)) {
            throw new IllegalStateException("[bpe] special tokens are %s; expected %s".formatted(specialTokens, ROLES));
        }
        PostProcessor.Piece begin = new PostProcessor.Piece.Special(new int[] {1}, 0);
        PostProcessor.Piece end = new PostProcessor.Piece.Special(new int[] {2}, 0);
        PostProcessor.Piece first = new PostProcessor.Piece.Text(0, 0);
        PostProcessor.Piece second = new PostProcessor.Piece.Text(1, 0);
        var roles = new SpecialTokens(
                Optional.of("<s>"),
                Optional.of("</s>"),
                Optional.of("<unk>"),
                Optional.of("</s>"),
                Optional.of("<pad>"),
                Optional.of("<s>"),
                Optional.of("<mask>"));
        return train(
                new PostProcessor(
                        List.of(begin, first, end), List.of(begin, first, end, end, second, end), false, false),
                roles);
    }

    private ByteLevelBpe train(PostProcessor post, SpecialTokens roles) {
        var model = new LinkedHashMap<String, Integer>();
        specialTokens.forEach(token -> model.put(token, model.size()));
        char[] alphabet = new char[256];
        for (int b = 0; b < 256; b++) {
            alphabet[b] = ByteAlphabet.charOf(b);
        }
        Arrays.sort(alphabet);
        for (char c : alphabet) {
            model.putIfAbsent(String.valueOf(c), model.size());
        }
        var merges = new Merging(model).run();
        return new ByteLevelBpe(
                model, merges, added(), post, TokenizerConfig.of(roles), new ByteLevelBpe.Options(true, false));
    }

    private List<AddedToken> added() {
        var added = new ArrayList<AddedToken>();
        for (String token : specialTokens) {
            added.add(new AddedToken(added.size(), token, true, true, false));
        }
        return added;
    }

    /// A pair in the queue, with the count that it had when it was put there.
    private record Candidate(long count, int left, int right) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            if (count != other.count) {
                return Long.compare(other.count, count);
            }
            return left != other.left ? Integer.compare(left, other.left) : Integer.compare(right, other.right);
        }
    }

    /// How often a pair stands in the text, and in which words it has ever stood.
    private static final class Pair {
        private final int left;
        private final int right;
        private long count;
        private final IntList places = new IntList();

        Pair(int left, int right) {
            this.left = left;
            this.right = right;
        }
    }

    private final class Merging {
        private final Map<String, Integer> model;
        private final List<String> tokens;
        private final int[][] symbols = new int[words.size()][];
        private final long[] counts = new long[words.size()];
        private final int[] visited = new int[words.size()];
        private final Map<Long, Pair> pairs = new HashMap<>();
        private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
        private final List<String> merges = new ArrayList<>();

        Merging(Map<String, Integer> model) {
            this.model = model;
            this.tokens = new ArrayList<>(model.keySet());
            int[] byteIds = new int[256];
            for (int b = 0; b < 256; b++) {
                byteIds[b] = model.get(String.valueOf(ByteAlphabet.charOf(b)));
            }
            int word = 0;
            for (var entry : words.entrySet()) {
                byte[] bytes = entry.getKey().getBytes(StandardCharsets.UTF_8);
                symbols[word] = new int[bytes.length];
                for (int i = 0; i < bytes.length; i++) {
                    symbols[word][i] = byteIds[bytes[i] & 0xFF];
                }
                counts[word] = entry.getValue().value;
                addPairs(word, -1, null);
                word++;
            }
            pairs.values().forEach(this::offer);
        }

        List<String> run() {
            while (tokens.size() < vocabularySize && !queue.isEmpty()) {
                var top = queue.remove();
                var pair = pairs.get(key(top.left, top.right));
                if (pair.count != top.count) {
                    offer(pair);
                    continue;
                }
                merge(pair, merges.size());
            }
            return merges;
        }

        private void merge(Pair pair, int round) {
            String left = tokens.get(pair.left);
            String right = tokens.get(pair.right);
            // Two ways of merging may spell the same token: "a"+"bc" and "ab"+"c".
            Integer known = model.putIfAbsent(left + right, tokens.size());
            int merged = known == null ? tokens.size() : known;
            if (known == null) {
                tokens.add(left + right);
            }
            merges.add(left);
            merges.add(right);
            var grown = new LinkedHashMap<Long, Pair>();
            for (int i = 0; i < pair.places.size(); i++) {
                int word = pair.places.get(i);
                if (visited[word] != round + 1) {
                    visited[word] = round + 1;
                    replace(word, pair, merged, grown);
                }
            }
            grown.values().forEach(this::offer);
        }

        /// Merges all occurrences in one word, from left to right; its old pairs are taken off the counts, its new
        /// ones added.
        private void replace(int word, Pair pair, int merged, Map<Long, Pair> grown) {
            int[] old = symbols[word];
            int[] fresh = new int[old.length];
            int length = 0;
            for (int i = 0; i < old.length; i++) {
                if (i + 1 < old.length && old[i] == pair.left && old[i + 1] == pair.right) {
                    fresh[length++] = merged;
                    i++;
                } else {
                    fresh[length++] = old[i];
                }
            }
            if (length == old.length) {
                return;
            }
            for (int i = 0; i + 1 < old.length; i++) {
                pairs.get(key(old[i], old[i + 1])).count -= counts[word];
            }
            symbols[word] = Arrays.copyOf(fresh, length);
            addPairs(word, merged, grown);
        }

        /// Counts the pairs of a word. Those with token `merged` (-1: all) may be new to the word, and are put in
        /// `grown`.
        private void addPairs(int word, int merged, Map<Long, Pair> grown) {
            int[] now = symbols[word];
            for (int i = 0; i + 1 < now.length; i++) {
                int left = now[i];
                int right = now[i + 1];
                var pair = pairs.computeIfAbsent(key(left, right), key -> new Pair(left, right));
                pair.count += counts[word];
                if (merged < 0 || left == merged || right == merged) {
                    pair.places.add(word);
                    if (grown != null) {
                        grown.put(key(left, right), pair);
                    }
                }
            }
        }

        private void offer(Pair pair) {
            if (pair.count >= LEAST_COUNT) {
                queue.add(new Candidate(pair.count, pair.left, pair.right));
            }
        }

        private static long key(int left, int right) {
            return (long) left << 32 | right;
        }
    }
}
