import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Questions and abstracts of Cranfield, relevant to each other or not, for a model that reads both at once.
///
/// Every fifth question is kept for the test. To learn from are the judged pairs of the others, and the title of each
/// abstract with its abstract, as if someone had asked for it; for each of them abstracts that share rare words with
/// the question but were not judged relevant, and some by chance.
final class Cranfield {
    private final Map<Integer, String> titles = new LinkedHashMap<>();
    private final Map<Integer, String> abstracts = new LinkedHashMap<>();
    private final List<String> queries = new ArrayList<>();
    private final Map<Integer, Set<Integer>> relevant = new TreeMap<>();
    private final Map<String, Set<Integer>> places = new HashMap<>();
    private final Random random = new Random(7);
    private final Rows rows = new Rows();

    Cranfield(Path folder) throws IOException {
        for (String doc : all("doc", Files.readString(folder.resolve("cranfield-docs.xml")))) {
            int number = Integer.parseInt(one("docno", doc));
            String title = one("title", doc);
            String text = one("text", doc);
            // The abstract begins with the title.
            text = text.startsWith(title) ? text.substring(title.length()).strip() : text;
            if (!text.isBlank()) {
                titles.put(number, title);
                abstracts.put(number, text);
                words(title + " " + text).forEach(w -> places.computeIfAbsent(w, _ -> new HashSet<>()).add(number));
            }
        }
        all("top", Files.readString(folder.resolve("cranfield-queries.xml"))).forEach(q -> queries.add(one("title", q)));
        for (String line : Files.readAllLines(folder.resolve("cranfield-qrels.txt"))) {
            String[] f = line.strip().split("\\s+");
            if (!f[3].equals("0")) {
                relevant.computeIfAbsent(Integer.valueOf(f[0]), _ -> new HashSet<>()).add(Integer.valueOf(f[2]));
            }
        }
    }

    /// Whether the question `number`, counted from 1, is kept for the test.
    static boolean tests(int number) {
        return number % 5 == 0;
    }

    void write(Path out) throws IOException {
        relevant.forEach((number, documents) -> pairs(queries.get(number - 1), documents, 5, tests(number)));
        titles.forEach((number, title) -> pairs(title, Set.of(number), 2, false));
        rows.write(out);
    }

    /// @param each documents that are not relevant for one that is
    private void pairs(String query, Set<Integer> documents, int each, boolean tests) {
        var others = new ArrayList<>(alike(query));
        others.removeAll(documents);
        var numbers = abstracts.keySet().toArray(Integer[]::new);
        int next = 0;
        for (int document : documents) {
            if (!abstracts.containsKey(document)) {
                continue;
            }
            boolean titled = !query.equals(titles.get(document));
            add(tests, query, document, titled, "relevant");
            for (int i = 0; i < each; i++) {
                int other = i % 2 == 0 && next < others.size() ? others.get(next++) : numbers[random.nextInt(numbers.length)];
                if (!documents.contains(other)) {
                    add(tests, query, other, titled, "not");
                }
            }
        }
    }

    private void add(boolean tests, String query, int document, boolean titled, String label) {
        String text = (titled ? titles.get(document) + " " : "") + abstracts.get(document);
        rows.add(tests, List.of("text", "text_pair", "label"), query, text, label);
    }

    /// Abstracts in the order of the rare words that they share with `query`.
    private List<Integer> alike(String query) {
        var score = new HashMap<Integer, Double>();
        for (String word : words(query)) {
            Set<Integer> at = places.getOrDefault(word, Set.of());
            at.forEach(d -> score.merge(d, Math.log((double) abstracts.size() / at.size()), Double::sum));
        }
        Comparator<Integer> best = Comparator.comparingDouble(d -> -score.get(d) / Math.log(30 + abstracts.get(d).length()));
        return score.keySet().stream().sorted(best.thenComparing(d -> d)).limit(60).toList();
    }

    private static Set<String> words(String text) {
        return new HashSet<>(Arrays.asList(text.split("[^a-z0-9]+")));
    }

    private static List<String> all(String element, String xml) {
        return Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(element), Pattern.DOTALL).matcher(xml).results()
                .map(m -> m.group(1))
                .toList();
    }

    private static String one(String element, String xml) {
        return all(element, xml).stream().findFirst().orElse("").replaceAll("\\s+", " ").strip();
    }
}
