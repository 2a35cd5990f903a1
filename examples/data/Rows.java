import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Rows to learn from and rows to test with; a row is one line of JSON.
final class Rows {
    private final List<String> train = new ArrayList<>();
    private final List<String> test = new ArrayList<>();

    /// A row for the test, or to learn from: `names[i]` is `values[i]`, a text or a list of texts.
    void add(boolean tests, List<String> names, Object... values) {
        var row = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            row.append(i == 0 ? "" : ", ").append(quoted(names.get(i))).append(": ");
            row.append(values[i] instanceof Collection<?> list
                    ? list.stream().map(v -> quoted(v.toString())).collect(Collectors.joining(", ", "[", "]"))
                    : quoted(values[i].toString()));
        }
        (tests ? test : train).add(row.append('}').toString());
    }

    int size() {
        return train.size() + test.size();
    }

    /// Writes `train.jsonl` and `test.jsonl` into `out`.
    void write(Path out) throws IOException {
        Files.write(out.resolve("train.jsonl"), train);
        Files.write(out.resolve("test.jsonl"), test);
        IO.println("%d rows to learn from and %d to test with in %s".formatted(train.size(), test.size(), out));
    }

    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> quoted.append(c < ' ' ? "\\u%04x".formatted((int) c) : c);
            }
        }
        return quoted.append('"').toString();
    }
}
