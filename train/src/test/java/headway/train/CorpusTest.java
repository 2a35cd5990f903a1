package headway.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.ConfigException;
import headway.io.tokenizer.BpeTrainer;
import headway.io.tokenizer.ByteTokenizer;
import headway.io.tokenizer.CharTokenizer;
import headway.io.tokenizer.Tokenizer;
import headway.kernels.Span;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {
    @TempDir
    private Path folder;

    private static int[] ids(List<String> documents, Tokenizer tokenizer) {
        try (var arena = Arena.ofConfined()) {
            Span tokens = new Corpus(documents).tokens(tokenizer, arena);
            return IntStream.range(0, Math.toIntExact(tokens.count()))
                    .map(i -> (int) tokens.get(i))
                    .toArray();
        }
    }

    private static Tokenizer bpe(String text) {
        var bpe = new BpeTrainer(600, List.of("<|endoftext|>"));
        bpe.add(text);
        return bpe.train();
    }

    /// Texts of more than three chunks, with all kinds of places to cut.
    static Stream<String> texts() {
        String lines = SmallRun.text(220_000);
        return Stream.of(
                lines,
                lines.replace("\n", "\r\n"),
                lines.replace("\n", "\n\n"),
                lines.replace("\n", "  \n"),
                lines.replace("\n", "\n\t"),
                lines.replace("\n", ".\n's "),
                lines.replace('\n', ' '),
                lines.replace("\n", "\u00a0\n"),
                lines.replace("\n", "\n\u0301\ud83d\ude80 42\u4e2d\u6587 "),
                lines.replace("\n", "\n\n\n").replace("cat", "\n"),
                "\n".repeat(200_000),
                lines.substring(0, 65_537) + "\n",
                lines.substring(0, 65_536) + "\nx");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void piecesGiveTheTokensOfTheWhole(String text) {
        for (Tokenizer tokenizer :
                List.of(bpe(text.substring(0, 20_000)), new ByteTokenizer(), CharTokenizer.of(List.of(text)))) {
            assertThat(ids(List.of(text), tokenizer))
                    .as(tokenizer.getClass().getSimpleName())
                    .isEqualTo(tokenizer.encodeIds(text, false));
        }
    }

    @Test
    void packedFilesAndThoseWithAMarkAreTexts() throws IOException {
        Path marked = Files.writeString(folder.resolve("a.txt"), "\uFEFFthe cat");
        Path packed = folder.resolve("b.jsonl.gz");
        try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("\uFEFF{\"text\": \"the dog\"}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(Corpus.read(List.of(marked, packed), "text").documents()).containsExactly("the cat", "the dog");
        Path broken = Files.writeString(folder.resolve("c.txt.gz"), "no archive");
        assertThatThrownBy(() -> Corpus.read(List.of(broken), "text"))
                .hasMessageContaining("[train] cannot read " + broken);
    }

    @Test
    void eachOfSeveralDocumentsEndsWithTheEndToken() {
        Tokenizer tokenizer = bpe(SmallRun.text(3000));
        int end = tokenizer.eosId().orElseThrow();
        String large = SmallRun.text(150_000);
        int[] got = ids(List.of("the cat", "", large), tokenizer);
        int[] want = IntStream.concat(
                        IntStream.concat(IntStream.of(tokenizer.encodeIds("the cat", false)), IntStream.of(end, end)),
                        IntStream.concat(IntStream.of(tokenizer.encodeIds(large, false)), IntStream.of(end)))
                .toArray();
        assertThat(got).isEqualTo(want);
    }

    @Test
    void filesOfAFolderComeInTheOrderOfTheirNames() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("b.txt"), "second");
        Files.writeString(folder.resolve("a/x.txt"), "first");
        Files.writeString(folder.resolve("c.jsonl"), "{\"text\":\"third\"}\n\n{\"text\":\"fourth\"}\n");
        Files.writeString(folder.resolve("d.csv"), "label,text\n1,fifth\n");
        try (var gz = new java.util.zip.GZIPOutputStream(Files.newOutputStream(folder.resolve("e.txt.gz")))) {
            gz.write("sixth".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(Corpus.read(List.of(folder), "text").documents())
                .containsExactly("first", "second", "third", "fourth", "fifth", "sixth");
    }

    @Test
    void aColumnOfAParquetFileIsText() {
        Path table = Path.of("..", "testkit", "goldens", "parquet", "rows-zstd.parquet");
        assertThat(Corpus.read(List.of(table), "name").documents()).hasSize(60).startsWith("cat", "dog", "dog", "cat");
        assertThatThrownBy(() -> Corpus.read(List.of(table), "text"))
                .hasMessageContaining("rows-zstd.parquet row 3 has no 'text'; it has [text, label, name,");
        assertThatThrownBy(() -> Corpus.read(List.of(table), "content"))
                .hasMessageContaining("rows-zstd.parquet row 1 has no 'content'; it has [text, label, name,");
    }

    @Test
    void dataThatIsNoTextIsRefused() throws IOException {
        Path none = folder.resolve("none.txt");
        assertRefused(none, "[train] data: " + none + " does not exist; give a text file or a folder of text files");
        Path empty = Files.writeString(folder.resolve("empty.txt"), " \n\t\n");
        assertRefused(empty, "holds no text; give files with text in them");
        Path lines = Files.writeString(folder.resolve("x.jsonl"), "{\"text\":\"a\"}\n{\"txt\":\"b\"}\n");
        assertRefused(
                lines, "x.jsonl line 2 has no 'text'; it has [txt]: name the column with columns: {role: column}");
        assertRefused(Files.createDirectories(folder.resolve("void")), "holds no text");
    }

    private static void assertRefused(Path data, String text) {
        assertThatThrownBy(() -> Corpus.read(List.of(data), "text"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(text);
    }
}
