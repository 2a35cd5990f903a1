package headway.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.Json;
import headway.io.Yaml;
import headway.models.Loading;
import headway.models.Pretrained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Data with columns: how files are read, and what heads make of them.
class RowsTest {
    @TempDir
    private Path temp;

    private Path file(String name, String text) {
        try {
            return Files.writeString(temp.resolve(name), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<DataRows.Row> rows(String name, String text, String lines) {
        return DataRows.read(List.of(file(name, text)), lines);
    }

    @Test
    void everyFormGivesTheSameColumns() {
        assertThat(rows("a.jsonl", "{\"text\":\"a, b\",\"label\":1}\n\n{\"text\":\"c\",\"label\":0}\n", null))
                .extracting(r -> r.text("text") + r.text("label"))
                .containsExactly("a, b1", "c0");
        assertThat(rows("a.csv", "text,label\n\"a, b\",1\nc,0\n", null))
                .extracting(r -> r.text("text") + r.text("label"))
                .containsExactly("a, b1", "c0");
        assertThat(rows("a.tsv", "text\tlabel\na, b\t1\nc\t0\n", null))
                .extracting(r -> r.text("text") + r.text("label"))
                .containsExactly("a, b1", "c0");
        assertThat(rows("a.txt", "1 a, b\n0 c\n", "(?<label>\\S+) (?<text>.*)"))
                .extracting(r -> r.text("text") + r.text("label"))
                .containsExactly("a, b1", "c0");
    }

    @Test
    void parquetGivesTextsNumbersListsAndWhatIsStoredInARow() throws IOException {
        Path goldens = Path.of("..", "testkit", "goldens", "parquet");
        List<DataRows.Row> rows = DataRows.read(List.of(goldens.resolve("rows-groups.parquet")), null);
        assertThat(rows).hasSize(60);
        assertThat(rows.get(3).text("text")).isEqualTo("naïve café 日本語 🚀");
        assertThat(rows.get(2).number("name", List.of("cat", "dog"))).isOne();
        assertThat(rows.get(6).value("tokens").toString()).isEqualTo("[\"w0\",\"w1\"]");
        assertThatThrownBy(() -> rows.get(2).text("text")).hasMessageContaining("rows-groups.parquet row 3 has no");
        List<DataRows.Row> images = DataRows.read(List.of(goldens.resolve("types.parquet")), null);
        assertThat(images.get(0).<String>stored("image", Path::toString, (bytes, place) -> place + bytes.length))
                .endsWith("types.parquet row 1, 'image'4");
        assertThat(images.get(1).<Path>stored("image", file -> file, (bytes, place) -> null))
                .isEqualTo(goldens.toAbsolutePath().resolve("a.png"));
        assertThat(images.get(0).text("bytes")).isEqualTo("\ufffd\u0000");
    }

    @Test
    void aFolderGivesItsFilesWithColumns() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("set"));
        Files.writeString(folder.resolve("README.md"), "about");
        assertThatThrownBy(() -> DataRows.read(List.of(folder), null))
                .hasMessage(
                        "[train] data: " + folder + " holds no file with columns; give .parquet, .jsonl, .csv or .tsv");
        Files.writeString(folder.resolve("b.csv"), "text\nsecond\n");
        Files.writeString(folder.resolve("a.jsonl"), "{\"text\":\"first\"}\n");
        assertThat(DataRows.read(List.of(folder), null))
                .extracting(r -> r.text("text"))
                .containsExactly("first", "second");
        assertThatThrownBy(() -> DataRows.read(List.of(temp.resolve("none")), null))
                .hasMessageContaining("none does not exist; give .parquet, .jsonl, .csv or .tsv");
    }

    @Test
    void whatIsWrongIsNamedWithItsLine() {
        assertThatThrownBy(() -> rows("b.txt", "1 a\nb\n", "(?<label>\\d) (?<text>.*)"))
                .hasMessageContaining("b.txt line 2 does not match lines: (?<label>\\d) (?<text>.*)");
        assertThatThrownBy(() -> rows("b.txt", "1 a\n", "(.*)"))
                .hasMessage("[train] lines: '(.*)' names no column; write (?<text>.*) for one");
        assertThatThrownBy(() -> rows("b.txt", "1 a\n", "(?<a>"))
                .hasMessageStartingWith("[train] lines: '(?<a>' is no regular expression: ");
        assertThatThrownBy(() -> rows("b.txt", "1 a\n", null))
                .hasMessageContaining("b.txt has no columns; give .parquet, .jsonl");
        assertThatThrownBy(() -> rows("b.jsonl", "{\"text\":\"a\"}\n[1]\n", null))
                .hasMessageContaining("b.jsonl line 2 is no JSON object");
        assertThatThrownBy(() ->
                        rows("b.jsonl", "{\"text\":\"a\"}\n", null).getFirst().text("label"))
                .hasMessageContaining("b.jsonl line 1 has no 'label'; it has [text]: name the column with columns:");
        assertThatThrownBy(() -> rows("empty.jsonl", "\n", null)).hasMessageContaining("no rows");
    }

    @Test
    void anOrderIsAPermutationAndDiffersFromPassToPass() {
        int[] one = RowBatches.order(50, 7, 0);
        int[] two = RowBatches.order(50, 7, 1);
        assertThat(one).isNotEqualTo(two).isEqualTo(RowBatches.order(50, 7, 0));
        assertThat(Arrays.stream(one).sorted().toArray())
                .isEqualTo(java.util.stream.IntStream.range(0, 50).toArray());
    }

    /// 60 short texts about two things.
    private void classes() {
        var text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            boolean cat = i * 7 % 3 == 0;
            text.append(
                    "{\"text\":\"%s number %d %s\",\"label\":\"%s\",\"tokens\":[\"%s\",\"%d\"],\"tags\":[\"%s\",\"N\"],"
                            .formatted(
                                    cat ? "the cat" : "a dog",
                                    i,
                                    cat ? "purrs" : "barks",
                                    cat ? "cat" : "dog",
                                    cat ? "cat" : "dog",
                                    i,
                                    cat ? "C" : "D"));
            text.append("\"target\":\"%s\"}%n".formatted(cat ? "miaow" : "woof"));
        }
        file("rows.jsonl", text.toString());
    }

    private static final String BERT = """
            model: {model_type: distilbert, dim: 16, hidden_dim: 24, n_layers: 1, n_heads: 2, max_position_embeddings: 32}
            """;

    private static final String COMMON = """
            data: rows.jsonl
            tokenizer: {train: bpe, vocabSize: 300}
            sequenceLength: 32
            batchSize: 8
            accumulate: 2
            steps: 30
            dropout: 0.1
            optimizer: {learningRate: 0.01}
            evaluate: {every: 15, fraction: 0.2}
            checkpoint: {every: 10}
            """;

    private List<Double> losses(String yaml, Path output, boolean resume, int stopAt) {
        var losses = new ArrayList<Double>();
        try (var run = new TrainingRun(Yaml.parse(yaml, "test"), temp.resolve("run.yaml"), output, resume)) {
            run.train(new SmallRun.EachStep(r -> {
                losses.add(r.loss());
                if (r.step() == stopAt) {
                    run.stop();
                }
            }));
        }
        return losses;
    }

    @Test
    void classesAreLearntNamedAndGoneOnWith() {
        classes();
        String yaml = BERT + "head: DistilBertForSequenceClassification\n" + COMMON;
        List<Double> whole = losses(yaml, temp.resolve("whole"), false, 0);
        assertThat(whole.getLast()).isLessThan(0.1);
        var config = Json.read(temp.resolve("whole/config.json"));
        assertThat(config.path("id2label").toString()).isEqualTo("{\"0\":\"cat\",\"1\":\"dog\"}");
        List<Double> parts = losses(yaml, temp.resolve("parts"), false, 13);
        parts.addAll(losses(yaml, temp.resolve("parts"), true, 0));
        assertThat(parts).isEqualTo(whole);
        assertThat(temp.resolve("parts/model.safetensors"))
                .hasSameBinaryContentAs(temp.resolve("whole/model.safetensors"));
        String log = read(temp.resolve("whole/log.jsonl"));
        assertThat(log).contains("\"accuracy\":1.0}");
    }

    @Test
    void aSecondTextOfTheRowsIsRead() {
        var rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            boolean cat = i % 2 == 0;
            rows.append("{\"text\": \"what is it\", \"text_pair\": \"it %s\", \"label\": \"%s\"}%n"
                    .formatted(cat ? "purrs" : "barks", cat ? "cat" : "dog"));
        }
        file("rows.jsonl", rows.toString());
        String yaml = BERT + "head: DistilBertForSequenceClassification\n" + COMMON;
        assertThat(losses(yaml, temp.resolve("two"), false, 0).getLast()).isLessThan(0.5);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void wordsAndMaskedTokensAreLearnt() {
        classes();
        String tags = BERT + "head: DistilBertForTokenClassification\ncolumns: {labels: tags}\n" + COMMON;
        List<Double> losses = losses(tags, temp.resolve("tags"), false, 0);
        assertThat(losses.getLast()).isLessThan(0.2).isLessThan(losses.getFirst());
        file("text.txt", SmallRun.text(6000));
        String masked = BERT + "head: DistilBertForMaskedLM\n" + COMMON.replace("rows.jsonl", "text.txt");
        List<Double> guesses = losses(masked.replace("steps: 30", "steps: 60"), temp.resolve("masked"), false, 0);
        assertThat(guesses.getLast()).isLessThan(guesses.getFirst() - 1);
    }

    @Test
    void pairsAreLearntAndANewHeadBeginsOnOldWeights() {
        classes();
        String pairs = """
                model: {model_type: t5, d_model: 16, d_kv: 8, d_ff: 24, num_layers: 1, num_heads: 2}
                columns: {source: text}
                """ + COMMON;
        List<Double> written = losses(pairs, temp.resolve("pairs"), false, 0);
        assertThat(written.getLast()).isLessThan(written.getFirst() / 3);
        String first = BERT + "head: DistilBertForMaskedLM\n"
                + COMMON.replace("rows.jsonl", "text.txt").replace("steps: 30", "steps: 3");
        file("text.txt", SmallRun.text(3000));
        losses(first, temp.resolve("first"), false, 0);
        String second = "init: first\nhead: DistilBertForSequenceClassification\n"
                + COMMON.replace("tokenizer: {train: bpe, vocabSize: 300}\n", "")
                        .replace("steps: 30", "steps: 1");
        losses(second.replace("0.01", "0.0"), temp.resolve("second"), false, 0);
        String stack = "distilbert.transformer.layer.0.attention.q_lin.weight";
        try (var old = Pretrained.load(temp.resolve("first").toString(), Loading.RUN);
                var now = Pretrained.load(temp.resolve("second").toString(), Loading.RUN)) {
            assertThat(now.parameters()
                            .get(stack)
                            .tensor()
                            .memory()
                            .segment()
                            .mismatch(old.parameters()
                                    .get(stack)
                                    .tensor()
                                    .memory()
                                    .segment()))
                    .isEqualTo(-1);
            assertThat(now.head()).isEqualTo("DistilBertForSequenceClassification");
        }
    }

    @Test
    void aHeadWithoutColumnsSaysWhatItLearnsFrom() {
        file("rows.jsonl", "{\"text\":\"a\"}\n");
        assertThatThrownBy(() ->
                        losses(BERT + "head: DistilBertForMultipleChoice\n" + COMMON, temp.resolve("none"), false, 0))
                .hasMessageStartingWith("[train] this head learns from batches: (a safetensors file");
        assertThat(temp.resolve("none")).doesNotExist();
    }

    @Test
    void whatIsSaidOfRowsIsNotPassedOverForText() {
        file("text.txt", SmallRun.text(3000));
        String masked = BERT + "head: DistilBertForMaskedLM\n" + COMMON.replace("rows.jsonl", "text.txt");
        assertThatThrownBy(() -> losses(masked + "lines: '(?<text>.*)'\n", temp.resolve("none"), false, 0))
                .hasMessage("[train] lines: is for heads that learn from rows; this one learns from running text");
        assertThatThrownBy(() -> losses(
                        masked.replace("{every: 15,", "{every: 15, data: text.txt,"), temp.resolve("none"), false, 0))
                .hasMessageStartingWith("[train] evaluate.data: is for heads that learn from rows");
    }
}
