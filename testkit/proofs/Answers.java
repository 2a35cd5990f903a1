import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many answers of a command are those of the rows that it was asked about, and how near the others come.
///
///     java testkit/proofs/Answers.java ROWS COLUMN ANSWERS FIELD
///
/// ROWS are lines of JSON whose COLUMN holds the wanted text, ANSWERS what the command wrote with `--json`, one a line,
/// whose first FIELD counts. Equal: the same words, whatever their case and punctuation. F1: of the words that two texts
/// share, as SQuAD counts them; ROUGE-L: of those in the same order (Lin 2004), in percent.
void main(String[] args) throws IOException {
    if (args.length != 4) {
        throw new IllegalArgumentException("expected ROWS COLUMN ANSWERS FIELD");
    }
    List<String> wanted = texts(Path.of(args[0]), args[1]);
    List<String> found = texts(Path.of(args[2]), args[3]);
    if (wanted.size() != found.size() || wanted.isEmpty()) {
        throw new IllegalArgumentException("%d rows, but %d answers".formatted(wanted.size(), found.size()));
    }
    int equal = 0;
    double f1 = 0;
    double rouge = 0;
    for (int i = 0; i < wanted.size(); i++) {
        List<String> a = words(wanted.get(i));
        List<String> b = words(found.get(i));
        equal += a.equals(b) ? 1 : 0;
        f1 += score(shared(a, b), a.size(), b.size());
        rouge += score(longest(a, b), a.size(), b.size());
    }
    int n = wanted.size();
    IO.println("%d of %d equal (%.1f %%), F1 %.1f, ROUGE-L %.1f".formatted(equal, n, 100.0 * equal / n, 100 * f1 / n, 100 * rouge / n));
}

List<String> texts(Path file, String field) throws IOException {
    Pattern text = Pattern.compile("\"" + field + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    var all = new ArrayList<String>();
    for (String line : Files.readAllLines(file)) {
        Matcher m = text.matcher(line);
        all.add(m.find() ? m.group(1).replaceAll("\\\\u....|\\\\[nt]", " ").replace("\\", "") : "");
    }
    return all;
}

List<String> words(String text) {
    return Pattern.compile("[\\p{L}\\p{N}]+").matcher(text.toLowerCase(Locale.ROOT)).results().map(m -> m.group())
            .filter(w -> !List.of("a", "an", "the").contains(w)).toList();
}

int shared(List<String> a, List<String> b) {
    Map<String, Integer> left = new HashMap<>();
    a.forEach(w -> left.merge(w, 1, Integer::sum));
    int shared = 0;
    for (String word : b) {
        shared += left.merge(word, -1, Integer::sum) >= 0 ? 1 : 0;
    }
    return shared;
}

int longest(List<String> a, List<String> b) {
    int[][] best = new int[a.size() + 1][b.size() + 1];
    for (int i = 1; i <= a.size(); i++) {
        for (int j = 1; j <= b.size(); j++) {
            boolean same = a.get(i - 1).equals(b.get(j - 1));
            best[i][j] = same ? best[i - 1][j - 1] + 1 : Math.max(best[i - 1][j], best[i][j - 1]);
        }
    }
    return best[a.size()][b.size()];
}

double score(int same, int wanted, int found) {
    return wanted + found == 0 ? 1 : 2.0 * same / (wanted + found);
}
