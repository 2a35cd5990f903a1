package headway.cli;

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

/// Where a command's texts come from: the command line, a file of lines, or standard input. Read piece by
/// piece, so that a file of any length takes the same memory.
final class TextSource implements AutoCloseable {
    private static final int LINES = 512;
    private static final int CHARACTERS = 1 << 20;

    private final String name;
    private final String key;
    private final boolean json;
    private final List<String> given;
    private final BufferedReader lines;
    private final Counting bytes;
    private final long size;
    private long number;

    private TextSource(String name, String key, List<String> given, InputStream in, long size) throws IOException {
        this.name = name;
        this.key = key;
        this.json = name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
        this.given = given;
        this.bytes = in == null ? null : new Counting(in);
        this.lines = in == null
                ? null
                : new BufferedReader(
                        new InputStreamReader(TextFile.text(name, bytes), StandardCharsets.UTF_8), 1 << 16);
        this.size = size;
    }

    static TextSource of(List<String> texts) throws IOException {
        return new TextSource("--text", "text", texts, null, texts.size());
    }

    /// @param file `-` for standard input
    /// @param key of the text in lines of JSON
    static TextSource of(String file, String key) throws IOException {
        if (file.equals("-")) {
            return new TextSource("standard input", key, null, System.in, 0);
        }
        Path path = Path.of(file);
        return new TextSource(file, key, null, TextFile.source(path), Files.size(path));
    }

    /// The next texts; empty at the end.
    List<TextLine> next() throws IOException {
        var chunk = new ArrayList<TextLine>();
        int characters = 0;
        while (chunk.size() < LINES && characters < CHARACTERS) {
            TextLine line = line();
            if (line == null) {
                break;
            }
            chunk.add(line);
            characters += line.text().length();
        }
        return chunk;
    }

    /// Passes over texts that an earlier call has done.
    void skip(long count) throws IOException {
        while (number < count) {
            String line = lines == null ? given.get((int) number) : lines.readLine();
            if (line == null) {
                throw new headway.io.ConfigException(
                        "[input] %s has %d lines, but %d are done already; give the file that was begun with, or leave --resume out"
                                .formatted(name, number, count));
            }
            number++;
        }
    }

    private TextLine line() throws IOException {
        if (lines == null) {
            return number < given.size() ? new TextLine(number + 1, given.get((int) number++), null) : null;
        }
        String line = lines.readLine();
        if (line == null) {
            return null;
        }
        number++;
        return json ? TextLine.json(number, line, name, key) : new TextLine(number, line, null);
    }

    /// How much of it was read, from 0 to 1; 0 where nobody knows.
    double share() {
        if (lines == null) {
            return size == 0 ? 1 : (double) number / size;
        }
        return size == 0 ? 0 : Math.min(1, (double) bytes.count / size);
    }

    @Override
    public void close() throws IOException {
        if (lines != null && !name.equals("standard input")) {
            lines.close();
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
