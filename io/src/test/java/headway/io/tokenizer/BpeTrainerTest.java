package headway.io.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {
    /// GPT-2's own expression, which [GptSplit] writes out.
    private static final Pattern GPT2 = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    @Test
    void cutIsTheExpression() {
        for (String text : DifficultText.all()) {
            var expected = new ArrayList<String>();
            var matcher = GPT2.matcher(text);
            while (matcher.find()) {
                expected.add(matcher.group());
            }
            var cut = new ArrayList<String>();
            for (int at = 0; at < text.length(); ) {
                int stop = GptSplit.next(text, at, text.length());
                cut.add(text.substring(at, stop));
                at = stop;
            }
            assertThat(cut).as(text).isEqualTo(expected);
        }
    }

    @Test
    void learnsWhatTheNaiveTrainerLearns() {
        var random = new Random(5);
        for (int round = 0; round < 20; round++) {
            var text = new StringBuilder();
            String letters = round % 2 == 0 ? "ab " : "abcdeé \n'";
            for (int i = 0; i < 400; i++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            String corpus = round == 0 ? DifficultText.CORPUS : text.toString();
            var trainer = new BpeTrainer(256 + 1 + 60, List.of("<|endoftext|>"));
            trainer.add(corpus);
            assertThat(trainer.train().merges()).isEqualTo(naive(corpus, 257 + 60));
        }
    }

    /// Counts all pairs of the whole text anew for each merge.
    private static List<String> naive(String corpus, int vocabularySize) {
        var ids = new HashMap<String, Integer>();
        ids.put("<|endoftext|>", 0);
        var alphabet = new TreeMap<Character, Integer>();
        for (int b = 0; b < 256; b++) {
            alphabet.put(ByteAlphabet.charOf(b), b);
        }
        alphabet.keySet().forEach(c -> ids.put(String.valueOf(c), ids.size()));
        var words = new ArrayList<List<String>>();
        var matcher = GPT2.matcher(corpus);
        while (matcher.find()) {
            words.add(new ArrayList<>(ByteAlphabet.spell(matcher.group())
                    .chars()
                    .mapToObj(Character::toString)
                    .toList()));
        }
        var merges = new ArrayList<String>();
        while (ids.size() < vocabularySize) {
            Map<List<String>, Integer> counts = new HashMap<>();
            for (var word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    counts.merge(List.of(word.get(i), word.get(i + 1)), 1, Integer::sum);
                }
            }
            List<String> best = null;
            for (var pair : counts.keySet()) {
                if (best == null || better(pair, best, counts, ids)) {
                    best = pair;
                }
            }
            if (best == null || counts.get(best) < 2) {
                break;
            }
            merges.addAll(best);
            ids.putIfAbsent(best.get(0) + best.get(1), ids.size());
            for (var word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    if (word.get(i).equals(best.get(0)) && word.get(i + 1).equals(best.get(1))) {
                        word.set(i, best.get(0) + best.get(1));
                        word.remove(i + 1);
                    }
                }
            }
        }
        return merges;
    }

    private static boolean better(
            List<String> pair, List<String> best, Map<List<String>, Integer> counts, Map<String, Integer> ids) {
        int difference = counts.get(pair) - counts.get(best);
        int left = ids.get(pair.get(0)) - ids.get(best.get(0));
        int right = ids.get(pair.get(1)) - ids.get(best.get(1));
        return difference > 0 || difference == 0 && (left < 0 || left == 0 && right < 0);
    }

    @Test
    void specialTokensAreNotLearntFromAndComeFirst() {
        var trainer = new BpeTrainer(300, List.of("<s>", "<|endoftext|>"));
        trainer.add("<s><s><s><s>xyzzy xyzzy<|endoftext|><|endoftext|>xyzzy");
        var tokenizer = trainer.train();
        assertThat(tokenizer.tokenOf(0)).isEqualTo("<s>");
        assertThat(tokenizer.eosId()).hasValue(1);
        assertThat(tokenizer.merges()).doesNotContain("<").contains("z");
        assertThat(tokenizer.encodeIds("<s>", false)).containsExactly(0);
        assertThat(tokenizer.vocabSize()).isLessThan(300);
        assertThat(tokenizer.encodeIds("xyzzy", false)).hasSize(1);
    }

    @Test
    void aPageWithoutSpacesIsLearntFromInPieces() {
        var trainer = new BpeTrainer(260, List.of());
        trainer.add("ab".repeat(50_000));
        assertThat(trainer.train().merges().subList(0, 4)).containsExactly("a", "b", "ab", "ab");
    }

    @Test
    void faults() {
        assertThatThrownBy(() -> new BpeTrainer(256, List.of("<s>")))
                .hasMessage("[bpe] vocabulary of 256 tokens is too small: 256 bytes and 1 special tokens take 257");
        assertThatThrownBy(() -> new BpeTrainer(400, List.of("<s>", "<s>")))
                .hasMessage("[bpe] special tokens [<s>, <s>]: one is empty or given twice");
    }
}
