package headway.train;

import headway.io.AtomicFiles;
import headway.io.Json;
import headway.io.ParquetRows;
import headway.io.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/// Data with columns: `.parquet`, `.jsonl`, `.csv` and `.tsv` with a line of names, or lines of text that an expression
/// takes apart. All but the first may be compressed (`.gz`).
final class DataRows {
    private static final String FORMS = ".parquet, .jsonl, .csv or .tsv";
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    /// One row.
    ///
    /// @param place file and line, for errors
    /// @param folder what paths in it start from
    record Row(ObjectNode values, String place, Path folder) {
        JsonNode value(String column) {
            JsonNode value = values.path(column);
            if (value.isMissingNode() || value.isNull()) {
                throw Run.refused(
                        "data: %s has no '%s'; it has %s: name the column with columns: {role: column}",
                        place, column, values.propertyNames());
            }
            return value;
        }

        /// The number of the class that `column` names.
        int number(String column, List<String> labels) {
            return number(value(column), labels);
        }

        int number(JsonNode name, List<String> labels) {
            int number = labels.indexOf(name.asString());
            if (number < 0) {
                throw Run.refused("data: %s: label '%s' is none of %s", place, name.asString(), labels);
            }
            return number;
        }

        String text(String column) {
            JsonNode value = value(column);
            if (!value.isValueNode()) {
                throw Run.refused("data: %s: '%s' is no text", place, column);
            }
            // Some programs do not say that the bytes they write are text.
            return value.isBinary() ? new String(value.binaryValue(), StandardCharsets.UTF_8) : value.asString();
        }

        /// What a picture or a recording is read from: the file that `column` names, or the bytes that stand in it,
        /// alone or as the `{bytes, path}` of Hugging Face's data sets.
        <T> T stored(String column, Function<Path, T> file, BiFunction<byte[], String, T> bytes) {
            JsonNode value = value(column);
            JsonNode stored = value.isObject() ? value.path("bytes") : value;
            if (stored.isBinary()) {
                return bytes.apply(stored.binaryValue(), "%s, '%s'".formatted(place, column));
            }
            return file.apply(folder.resolve(
                    value.path("path").isString() ? value.path("path").stringValue() : text(column)));
        }
    }

    private DataRows() {}

    /// All rows of `paths`, of a folder those of its files with columns.
    ///
    /// @param lines expression with named groups for files of plain lines; null where there are none
    static List<Row> read(List<Path> paths, String lines) {
        var rows = new ArrayList<Row>();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw Run.refused("data: %s does not exist; give " + FORMS, path);
            }
            List<Path> files = files(path);
            if (Files.isDirectory(path) && lines == null) {
                files = files.stream().filter(DataRows::hasColumns).toList();
                if (files.isEmpty()) {
                    throw Run.refused("data: %s holds no file with columns; give " + FORMS, path);
                }
            }
            files.forEach(file -> read(file, lines, rows::add));
        }
        if (rows.isEmpty()) {
            throw Run.refused("data: %s: no rows", paths);
        }
        return rows;
    }

    /// `path`, or the files of a folder in the order of their names.
    static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot read " + path + ": " + AtomicFiles.reason(e), e);
        }
    }

    /// Whether the columns of `file` are told by its name.
    static boolean hasColumns(Path file) {
        return Stream.of(".jsonl", ".ndjson", ".csv", ".tsv", ".parquet").anyMatch(name(file)::endsWith);
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    }

    /// Each row of `file`, in order.
    static void read(Path file, String lines, Consumer<Row> rows) {
        String name = name(file);
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            json(file, rows);
        } else if (name.endsWith(".parquet")) {
            parquet(file, rows);
        } else if (name.endsWith(".csv")) {
            separated(file, ',', rows);
        } else if (name.endsWith(".tsv") && lines == null) {
            separated(file, '\t', rows);
        } else if (lines != null) {
            expression(file, lines, rows);
        } else {
            throw Run.refused(
                    "data: %s has no columns; give " + FORMS
                            + ", or lines: with an expression such as '(?<label>\\S+) (?<text>.*)'",
                    file);
        }
    }

    private static void parquet(Path file, Consumer<Row> rows) {
        try (var table = ParquetRows.open(file)) {
            for (ObjectNode values = table.next(); values != null; values = table.next()) {
                rows.accept(new Row(values, file + " row " + table.done(), folder(file)));
            }
        }
    }

    /// A column from each file, line by line.
    static List<Row> beside(Map<String, Path> columns) {
        var texts = new LinkedHashMap<String, List<String>>();
        columns.forEach((column, file) -> texts.put(column, lines(file)));
        int count = texts.values().iterator().next().size();
        texts.forEach((column, lines) -> {
            if (lines.size() != count) {
                throw Run.refused(
                        "data: %s has %d lines, the other columns have %d; they must go together line by line",
                        columns.get(column), lines.size(), count);
            }
        });
        var rows = new ArrayList<Row>();
        for (int i = 0; i < count; i++) {
            var values = JsonNodeFactory.instance.objectNode();
            for (var column : texts.entrySet()) {
                values.put(column.getKey(), column.getValue().get(i));
            }
            Path first = columns.values().iterator().next();
            rows.add(new Row(values, first + " line " + (i + 1), folder(first)));
        }
        return rows;
    }

    private static void json(Path file, Consumer<Row> rows) {
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String place = file + " line " + (i + 1);
            if (lines.get(i).isBlank()) {
                continue;
            }
            if (!(Json.parse(lines.get(i), place) instanceof ObjectNode values)) {
                throw Run.refused("data: %s is no JSON object", place);
            }
            rows.accept(new Row(values, place, folder(file)));
        }
    }

    private static void separated(Path file, char separator, Consumer<Row> rows) {
        CsvSchema schema = CsvSchema.emptySchema().withHeader().withColumnSeparator(separator);
        try (InputStream in = TextFile.open(file);
                var values =
                        new CsvMapper().readerFor(ObjectNode.class).with(schema).<ObjectNode>readValues(in)) {
            for (int row = 1; values.hasNext(); row++) {
                rows.accept(new Row(values.next(), file + " row " + row, folder(file)));
            }
        } catch (IOException | JacksonException e) {
            throw Run.refused("data: %s: %s", file, e.getMessage());
        }
    }

    private static void expression(Path file, String lines, Consumer<Row> rows) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(lines);
        } catch (PatternSyntaxException e) {
            throw Run.refused("lines: '%s' is no regular expression: %s", lines, e.getDescription());
        }
        var names = GROUP.matcher(lines).results().map(m -> m.group(1)).toList();
        if (names.isEmpty()) {
            throw Run.refused("lines: '%s' names no column; write (?<text>.*) for one", lines);
        }
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Matcher found = pattern.matcher(line);
            if (!found.matches()) {
                throw Run.refused("data: %s line %d does not match lines: %s", file, number, lines);
            }
            var values = JsonNodeFactory.instance.objectNode();
            names.forEach(column -> values.put(column, found.group(column)));
            rows.accept(new Row(values, file + " line " + number, folder(file)));
        }
    }

    private static List<String> lines(Path file) {
        try (var in = new BufferedReader(new InputStreamReader(TextFile.open(file), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        } catch (IOException | UncheckedIOException e) {
            throw Run.refused(
                    "data: cannot read %s: %s",
                    file, e instanceof IOException io ? AtomicFiles.reason(io) : e.getMessage());
        }
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().getParent();
    }
}
