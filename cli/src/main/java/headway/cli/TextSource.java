package headway.cli;

import headway.io.ParquetRows;
import headway.io.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Where a command's texts come from: the command line, a file of lines or rows, or standard input. Read piece by
/// piece, so that a file of any length takes the same memory.
final class TextSource implements AutoCloseable {
    private static final int LINES = 512;
    private static final int CHARACTERS = 1 << 20;

    private final String name;
    private final String key;
    private final Texts texts;
    private long number;

    private TextSource(String name, String key, Texts texts) {
        this.name = name;
        this.key = key;
        this.texts = texts;
    }

    static TextSource of(List<String> texts) {
        return new TextSource("--text", "text", new Given(texts));
    }

    /// @param file `-` for standard input
    /// @param key of the text in lines of JSON and in rows
    static TextSource of(String file, String key) throws IOException {
        if (file.equals("-")) {
            return new TextSource("standard input", key, new Lines("", System.in, 0, false));
        }
        Path path = Path.of(file);
        Texts texts = file.endsWith(".parquet")
                ? new Rows(ParquetRows.open(path))
                : new Lines(
                        file,
                        TextFile.source(path),
                        Files.size(path),
                        file.endsWith(".jsonl") || file.endsWith(".jsonl.gz"));
        return new TextSource(file, key, texts);
    }

    /// The next texts; empty at the end.
    List<TextLine> next() throws IOException {
        var chunk = new ArrayList<TextLine>();
        int characters = 0;
        while (chunk.size() < LINES && characters < CHARACTERS) {
            TextLine line = texts.next(name, key, number + 1);
            if (line == null) {
                break;
            }
            number++;
            chunk.add(line);
            characters += line.text().length();
        }
        return chunk;
    }

    /// Passes over texts that an earlier call has done.
    void skip(long count) throws IOException {
        while (number < count) {
            if (!texts.pass()) {
                throw new headway.io.ConfigException(
                        "[input] %s has %d lines, but %d are done already; give the file that was begun with, or leave --resume out"
                                .formatted(name, number, count));
            }
            number++;
        }
    }

    /// How much of it was read, from 0 to 1; 0 where nobody knows.
    double share() {
        return texts.share();
    }

    @Override
    public void close() throws IOException {
        if (!name.equals("standard input")) {
            texts.close();
        }
    }

    private sealed interface Texts {
        /// The next text; null after the last.
        TextLine next(String source, String key, long number) throws IOException;

        /// Leaves a text out; false after the last.
        boolean pass() throws IOException;

        double share();

        default void close() throws IOException {}
    }

    private static final class Given implements Texts {
        private final List<String> texts;
        private int at;

        Given(List<String> texts) {
            this.texts = texts;
        }

        @Override
        public TextLine next(String source, String key, long number) {
            return at < texts.size() ? new TextLine(number, texts.get(at++), null) : null;
        }

        @Override
        public boolean pass() {
            return at++ < texts.size();
        }

        @Override
        public double share() {
            return texts.isEmpty() ? 1 : (double) at / texts.size();
        }
    }

    private static final class Lines implements Texts {
        private final Counting bytes;
        private final BufferedReader lines;
        private final long size;
        private final boolean json;

        /// @param name whose ending says whether `in` is packed
        Lines(String name, InputStream in, long size, boolean json) throws IOException {
            this.bytes = new Counting(in);
            this.lines = new BufferedReader(
                    new InputStreamReader(TextFile.text(name, bytes), StandardCharsets.UTF_8), 1 << 16);
            this.size = size;
            this.json = json;
        }

        @Override
        public TextLine next(String source, String key, long number) throws IOException {
            String line = lines.readLine();
            if (line == null) {
                return null;
            }
            return json ? TextLine.json(number, line, source, key) : new TextLine(number, line, null);
        }

        @Override
        public boolean pass() throws IOException {
            return lines.readLine() != null;
        }

        @Override
        public double share() {
            return size == 0 ? 0 : Math.min(1, (double) bytes.count / size);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private record Rows(ParquetRows rows) implements Texts {
        @Override
        public TextLine next(String source, String key, long number) {
            ObjectNode row = rows.next();
            return row == null ? null : TextLine.of(number, row, "%s row %d".formatted(source, number), key);
        }

        @Override
        public boolean pass() {
            return rows.next() != null;
        }

        @Override
        public double share() {
            return rows.count() == 0 ? 1 : (double) rows.done() / rows.count();
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    private static final class Counting extends java.io.FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int n = in.read(to, from, length);
            count += Math.max(0, n);
            return n;
        }
    }
}
