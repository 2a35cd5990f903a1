package headway.cli;

import headway.kernels.random.Philox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// What the demo learns from: the Java sources that come with the JDK, without their comments; where an installation
/// has none, sentences of a small grammar.
///
/// @param origin one line that says where it comes from
record DemoCorpus(String text, String origin) {
    /// Packages that read most like the Java people write.
    private static final String[] PACKAGES = {
        "java.base/java/util/",
        "java.base/java/io/",
        "java.base/java/nio/",
        "java.base/java/net/",
        "java.base/java/text/",
        "java.base/java/time/",
        "java.base/java/lang/",
        "java.base/sun/",
        "java.base/jdk/"
    };

    static DemoCorpus javaSources(int most) {
        Path zip = Path.of(System.getProperty("java.home"), "lib", "src.zip");
        if (!Files.exists(zip)) {
            return generated(most);
        }
        var text = new StringBuilder();
        int files = 0;
        try (var sources = new ZipFile(zip.toFile())) {
            for (String prefix : PACKAGES) {
                for (ZipEntry entry : sources.stream()
                        .sorted(java.util.Comparator.comparing(ZipEntry::getName))
                        .toList()) {
                    String name = entry.getName();
                    if (text.length() >= most
                            || !name.startsWith(prefix)
                            || !name.endsWith(".java")
                            || name.endsWith("-info.java")) {
                        continue;
                    }
                    String source = withoutComments(
                            new String(sources.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                    // A table of numbers teaches nothing about Java.
                    if (source.length() > 400 && source.length() < 60_000) {
                        text.append(source).append('\n');
                        files++;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[demo] cannot read %s: %s; give a text with --data FILE".formatted(zip, e.getMessage()), e);
        }
        return new DemoCorpus(
                text.toString(), "%d Java files of the JDK's own sources, comments left out".formatted(files));
    }

    /// Java without comments and without the empty lines that they leave; strings and characters stay whole.
    static String withoutComments(String source) {
        var out = new StringBuilder(source.length());
        int n = source.length();
        for (int i = 0; i < n; ) {
            char c = source.charAt(i);
            if (source.startsWith("/*", i)) {
                int end = source.indexOf("*/", i + 2);
                i = end < 0 ? n : end + 2;
            } else if (source.startsWith("//", i)) {
                int end = source.indexOf('\n', i);
                i = end < 0 ? n : end;
            } else if (source.startsWith("\"\"\"", i)) {
                int end = source.indexOf("\"\"\"", i + 3);
                int to = end < 0 ? n : end + 3;
                out.append(source, i, to);
                i = to;
            } else if (c == '"' || c == '\'') {
                int to = i + 1;
                while (to < n && source.charAt(to) != c && source.charAt(to) != '\n') {
                    to += source.charAt(to) == '\\' ? 2 : 1;
                }
                to = Math.min(n, to + 1);
                out.append(source, i, to);
                i = to;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString()
                .replaceAll("[ \\t]+\\n", "\n")
                .replaceAll("\\n{3,}", "\n\n")
                .replaceFirst("^\\s+", "");
    }

    /// Sentences of a grammar with agreement over a distance.
    static DemoCorpus generated(int most) {
        String[] who = {"The engineer", "The student", "A small robot", "The old captain", "My neighbour"};
        String[] does = {"builds", "paints", "repairs", "measures", "remembers"};
        String[] what = {"a wooden bridge", "the red engine", "seven lamps", "a paper boat", "the quiet machine"};
        String[] when = {"before breakfast", "every Monday", "when it rains", "at night", "without hurry"};
        var text = new StringBuilder();
        for (long i = 0; text.length() < Math.min(most, 2_000_000); i++) {
            text.append(pick(who, 4 * i))
                    .append(' ')
                    .append(pick(does, 4 * i + 1))
                    .append(' ')
                    .append(pick(what, 4 * i + 2))
                    .append(' ')
                    .append(pick(when, 4 * i + 3))
                    .append(i % 6 == 5 ? ".\n\n" : ". ");
        }
        return new DemoCorpus(
                text.toString(), "sentences made on the spot: this JDK comes without its sources (lib/src.zip)");
    }

    private static String pick(String[] from, long draw) {
        return from[Math.floorMod(Philox.bits(7, draw), from.length)];
    }

    /// A file of the user's.
    static DemoCorpus file(Path file) {
        try {
            String text = Files.readString(file);
            if (text.length() < 10_000) {
                throw new headway.io.ConfigException(
                        "[demo] %s has %d characters; give at least 10,000".formatted(file, text.length()));
            }
            return new DemoCorpus(text, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[demo] cannot read %s as UTF-8 text: %s".formatted(file, e.getMessage()), e);
        }
    }
}
