package headway.cli;

import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// `headway bench tokenize`: kilobytes of UTF-8 a second, all lines of a text in one call; ids alone, and whole
/// encodings with tokens and offsets.
final class TokenizeBench {
    private static final int CHARACTERS = 1_000_000;

    private TokenizeBench() {}

    /// @param model a folder or file with a tokenizer
    /// @param file of text; null for the JDK's own sources
    static void run(Path model, Path file, int runs, Consumer<Measurement> print) {
        List<String> lines = text(file).lines().filter(line -> !line.isBlank()).toList();
        double megabytes = lines.stream()
                        .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length)
                        .sum()
                / 1e6;
        try (Tokenizer tokenizer = Tokenizers.of(model)) {
            print(print, model, lines, runs, "kB/s ids", megabytes, () -> tokenizer.encodeIds(lines, true));
            print(print, model, lines, runs, "kB/s encodings", megabytes, () -> tokenizer.encodeAll(lines, true));
        }
    }

    private static void print(
            Consumer<Measurement> print,
            Path model,
            List<String> lines,
            int runs,
            String unit,
            double megabytes,
            Runnable body) {
        double[] values = Measurement.repeat(3, runs, () -> {
            long start = System.nanoTime();
            body.run();
            return megabytes * 1e12 / (System.nanoTime() - start);
        });
        print.accept(new Measurement(
                "tokenize",
                model.toString(),
                Measurement.shape("lines", lines.size(), "KB", (int) (megabytes * 1000)),
                "",
                values,
                unit,
                0));
    }

    private static String text(Path file) {
        try {
            return file == null ? DemoCorpus.javaSources(CHARACTERS).text() : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[bench] cannot read %s: %s".formatted(file, headway.io.AtomicFiles.reason(e)), e);
        }
    }
}
