package headway.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Tables against pyarrow: `testkit/goldens/parquet.py`.
class ParquetRowsTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "parquet");

    @TempDir
    private Path folder;

    private static List<String> rows(Path file, String... columns) {
        var rows = new ArrayList<String>();
        try (var table = ParquetRows.open(file, List.of(columns))) {
            for (ObjectNode row = table.next(); row != null; row = table.next()) {
                rows.add(row.toString());
            }
            assertThat(table.count()).isEqualTo(rows.size()).isEqualTo(table.done());
        }
        return rows;
    }

    private static List<String> said(String name) throws IOException {
        return Files.readAllLines(GOLDENS.resolve(name + ".jsonl")).stream()
                .map(line -> Json.parse(line, name).toString())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rows-plain",
                "rows-snappy",
                "rows-gzip",
                "rows-zstd",
                "rows-pages",
                "rows-groups",
                "rows-delta",
                "rows-holes",
                "types",
                "empty",
                "texts"
            })
    void rowsAreThoseOfPyarrow(String name) throws IOException {
        assertThat(rows(GOLDENS.resolve(name + ".parquet")))
                .isEqualTo(said(name.replaceFirst("-.*", "")))
                .hasSize(
                        switch (name) {
                            case "types" -> 3;
                            case "empty" -> 0;
                            case "texts" -> 9;
                            default -> 60;
                        });
    }

    @Test
    void columnsAreReadAlone() {
        assertThat(rows(GOLDENS.resolve("rows-snappy.parquet"), "label", "name").get(4))
                .isEqualTo("{\"label\":1,\"name\":\"dog\"}");
    }

    private void assertRefused(Path file, String message, String... columns) {
        assertThatThrownBy(() -> rows(file, columns))
                .isInstanceOf(ConfigException.class)
                .hasMessage("[parquet] " + message.formatted(file));
    }

    @Test
    void whatCannotBeReadSaysWhy() throws IOException {
        Path whole = GOLDENS.resolve("rows-snappy.parquet");
        assertRefused(
                whole,
                "%s has no column 'txt'; it has [text, label, name, tokens, tags, score, kept, answers]",
                "label",
                "txt");
        assertRefused(folder.resolve("none.parquet"), "cannot read %s: no such file");
        assertRefused(
                Files.writeString(folder.resolve("text.parquet"), "{\"text\":\"a\"}\n"),
                "%s is no Parquet file: it does not begin with PAR1");
        assertRefused(
                Files.write(folder.resolve("nil.parquet"), new byte[0]),
                "%s is no Parquet file: it does not begin with PAR1");
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {4, 11, 3000, bytes.length - 1}) {
            assertRefused(
                    Files.write(folder.resolve("cut.parquet"), java.util.Arrays.copyOf(bytes, length)),
                    "%s is cut off: it begins as a Parquet file and does not end as one; copy or download it again");
        }
        assertRefused(
                GOLDENS.resolve("refused-lz4.parquet"),
                "%s: column 'text' is compressed with LZ4_RAW; write it with snappy, gzip, zstd or none");
        assertRefused(
                GOLDENS.resolve("refused-brotli.parquet"),
                "%s: column 'text' is compressed with BROTLI; write it with snappy, gzip, zstd or none");
        assertRefused(GOLDENS.resolve("refused-footer.parquet"), "%s is encrypted; write it without encryption");
        assertRefused(
                GOLDENS.resolve("refused-column.parquet"),
                "%s cannot be read: Encrypted Parquet files are not supported (Parquet Modular Encryption)");
    }

    @ParameterizedTest
    @Timeout(60)
    @ValueSource(strings = {"rows-plain", "rows-zstd", "rows-delta"})
    void damageIsAnErrorThatNamesTheFile(String name) throws IOException {
        byte[] whole = Files.readAllBytes(GOLDENS.resolve(name + ".parquet"));
        var random = new Random(7);
        int refused = 0;
        for (int round = 0; round < 50; round++) {
            byte[] bytes = whole.clone();
            for (int i = 0; i < 3; i++) {
                bytes[4 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("damaged.parquet"), bytes);
            try {
                rows(file);
            } catch (ConfigException e) {
                assertThat(e).hasMessageStartingWith("[parquet] " + file);
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
