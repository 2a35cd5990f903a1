import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// What a Java method does, in one sentence: the first of its documentation, which is its summary by convention, from
/// its signature and the rest of what is written about it. Every JDK has the sources, in `lib/src.zip`.
///
/// A sentence of which most words stand nowhere in the text is no summary of it, and is left out; so are long texts. A
/// sentence to test with is learned from nowhere, and comes from a class of which no method is learned.
final class Javadoc {
    private static final Pattern METHOD = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*((?:@\\w+(?:\\([^)]*\\))?\\s+)*)((?:public|protected)\\s[^;{}=]*?\\([^;{}]*?\\))[^;{}()]*[;{]",
            Pattern.DOTALL);
    /// Most words of a text, and how many of its summary's words it has to hold.
    private static final int LONGEST = 60;

    private static final double SHARED = 0.6;

    private static final Pattern SENTENCE = Pattern.compile("^(.*?\\.)(?=\\s|$)(.*)$", Pattern.DOTALL);

    private final Path sources;

    Javadoc(Path sources) {
        this.sources = sources;
    }

    void write(Path out) throws IOException {
        var rows = new Rows();
        var known = new HashSet<String>();
        try (var zip = new ZipFile(sources.toFile())) {
            List<ZipEntry> files = zip.stream()
                    .map(ZipEntry.class::cast)
                    .filter(e -> e.getName().endsWith(".java"))
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .toList();
            // Classes for the test first: no sentence of theirs is learned.
            for (boolean tests : new boolean[] {true, false}) {
                for (int i = 0; i < files.size(); i++) {
                    if (i % 25 == 24 == tests) {
                        String text = new String(zip.getInputStream(files.get(i)).readAllBytes(), StandardCharsets.UTF_8);
                        METHOD.matcher(text).results().forEach(m -> add(rows, known, tests, m.group(1), m.group(3)));
                    }
                }
            }
        }
        rows.write(out);
    }

    private static void add(Rows rows, Set<String> known, boolean tests, String comment, String signature) {
        Matcher m = SENTENCE.matcher(plain(comment));
        if (!m.matches() || m.group(1).contains("@")) {
            return;
        }
        String rest = m.group(2).replaceAll("@(author|since|see|serial|throws|exception|spec)\\b[^@]*", "").strip();
        String text = signature.replaceAll("\\s+", " ").strip() + " " + rest;
        int words = m.group(1).split(" ").length;
        boolean fits = words >= 4 && words <= 30 && rest.split(" ").length >= 4 && text.split(" ").length <= LONGEST;
        if (!fits || shared(m.group(1), text) < SHARED || !known.add(tests ? m.group(1) : text + m.group(1))) {
            return;
        }
        if (!tests && known.contains(m.group(1))) {
            return;
        }
        rows.add(tests, List.of("source", "target"), text, m.group(1));
    }

    /// How many of a sentence's words stand in a text, names like `getWidth` being two words.
    private static double shared(String sentence, String text) {
        Set<String> known = Set.copyOf(words(text));
        List<String> words = words(sentence);
        return (double) words.stream().filter(known::contains).count() / words.size();
    }

    private static List<String> words(String text) {
        return Pattern.compile("[a-z]+").matcher(text.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase()).results()
                .map(MatchResult::group).distinct().toList();
    }

    /// Without the signs of HTML and of Javadoc.
    private static String plain(String comment) {
        return comment.replaceAll("(?m)^\\s*\\*+", " ")
                .replaceAll("\\{@link(?:plain)?\\s+[^{}\\s]+\\s+([^{}]+)}", "$1")
                .replaceAll("\\{@link(?:plain)?\\s+(?:[a-z]\\w*\\.)*([^{}\\s]+)}", "$1")
                .replaceAll("\\{@\\w+\\s*([^{}]*)}", "$1")
                .replaceAll("(?<=\\w)#(?=\\w)", ".")
                .replaceAll("<[^<>]*>", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
