package headway.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.ConfigException;
import headway.io.SafetensorsFile;
import headway.io.SafetensorsWriter;
import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.nn.Pass;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows of text and stored rows.
class BatchesTest {
    private static final int T = 8;

    @TempDir
    private Path folder;

    private final Arena arena = Arena.ofAuto();

    /// Token i is i, so that a row tells where it was cut.
    private Span counting(int n) {
        Span s = Span.allocate(arena, DType.I32, n).slice(0, n);
        for (int i = 0; i < n; i++) {
            s.set(i, i);
        }
        return s;
    }

    private static <R> R inWorkspace(Supplier<R> body) {
        try (var workspace = new Workspace()) {
            return workspace.run(body::get);
        }
    }

    private static List<List<Integer>> rows(Tensor t) {
        var rows = new ArrayList<List<Integer>>();
        int B = t.shape().size(0);
        int n = t.shape().size(1);
        for (int b = 0; b < B; b++) {
            int first = b * n;
            rows.add(IntStream.range(0, n)
                    .mapToObj(i -> (int) t.memory().get(first + i))
                    .toList());
        }
        return rows;
    }

    @Test
    void trainingRowsStayBeforeTheHeldOutPartAndReachItsEdge() {
        int n = 60;
        int held = 20;
        var batches = new TextBatches(counting(n), held, 4, T, 2, 7);
        Set<Integer> starts = new HashSet<>();
        inWorkspace(() -> {
            for (int step = 0; step < 200; step++) {
                for (int micro = 0; micro < 2; micro++) {
                    var batch = batches.at(step, micro);
                    List<List<Integer>> ids = rows(batch.ids());
                    List<List<Integer>> targets = rows(batch.targets());
                    for (int b = 0; b < 4; b++) {
                        int start = ids.get(b).getFirst();
                        assertThat(ids.get(b)).containsExactlyElementsOf(range(start, T));
                        assertThat(targets.get(b)).containsExactlyElementsOf(range(start + 1, T));
                        starts.add(start);
                    }
                }
            }
            return null;
        });
        // The last row's last target is token 39, the last that is not held out; all places are drawn.
        assertThat(starts).containsExactlyInAnyOrderElementsOf(range(0, n - held - T));
    }

    private static List<Integer> range(int from, int count) {
        return IntStream.range(from, from + count).boxed().toList();
    }

    @Test
    void heldOutRowsCoverTheirPartOnce() {
        var batches = new TextBatches(counting(100), 30, 2, T, 1, 7);
        List<Integer> starts = inWorkspace(() -> {
            var found = new ArrayList<Integer>();
            for (int i = 0; batches.heldOut(i) != null; i++) {
                rows(batches.heldOut(i).ids()).forEach(row -> found.add(row.getFirst()));
            }
            return found;
        });
        // 30 tokens hold three rows of 8 with the token that follows each.
        assertThat(starts).containsExactly(70, 78, 86);
    }

    @Test
    void placesDependOnSeedStepAndMicroBatchAlone() {
        inWorkspace(() -> {
            var a = new TextBatches(counting(5000), 0, 3, T, 2, 1);
            var again = new TextBatches(counting(5000), 0, 3, T, 2, 1);
            var other = new TextBatches(counting(5000), 0, 3, T, 2, 2);
            List<List<Integer>> later = rows(a.at(9, 1).ids());
            assertThat(rows(again.at(9, 1).ids())).isEqualTo(later);
            assertThat(rows(again.at(9, 0).ids())).isNotEqualTo(later);
            assertThat(rows(again.at(8, 1).ids())).isNotEqualTo(later);
            assertThat(rows(other.at(9, 1).ids())).isNotEqualTo(later);
            return null;
        });
    }

    @Test
    void textShorterThanARowIsRefused() {
        assertThatThrownBy(() -> new TextBatches(counting(8), 0, 1, T, 1, 1))
                .isInstanceOf(ConfigException.class)
                .hasMessage("[train] the text has 8 tokens to train on; sequenceLength: 8 needs at least 9: give more"
                        + " text or a smaller sequenceLength");
        assertThatThrownBy(() -> new TextBatches(counting(100), 8, 1, T, 1, 1))
                .hasMessage("[train] the held-out part has 8 tokens; sequenceLength: 8 needs at least 9: raise"
                        + " evaluate.fraction, or set evaluate.every: 0");
        new TextBatches(counting(9), 0, 1, T, 1, 1);
    }

    private StoredTensor tensor(String name, DType type, long[] shape, int... values) {
        long n = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        Span s = Span.allocate(arena, type, Math.max(1, n)).slice(0, n);
        for (int i = 0; i < n; i++) {
            s.set(i, i < values.length ? values[i] : 1);
        }
        return new StoredTensor(name, type, shape, s.segment());
    }

    private void assertStored(String message, int steps, int accumulate, StoredTensor... tensors) {
        Path file = folder.resolve("b.safetensors");
        SafetensorsWriter.write(file, List.of(tensors));
        try (var opened = SafetensorsFile.open(file)) {
            assertThatThrownBy(() -> new StoredBatches(opened, steps, accumulate, 10))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("[train] " + file + message);
        }
    }

    @Test
    void storedBatchesThatDoNotFitAreRefused() {
        StoredTensor ids = tensor("input_ids", DType.I64, new long[] {2, 4, 3});
        assertStored(" has no tensor input_ids; it has ids", 2, 1, tensor("ids", DType.I64, new long[] {2, 4, 3}));
        assertStored(
                ": input_ids has shape [4, 3]; expected [steps, batch, seq], none of them 0",
                1,
                1,
                tensor("input_ids", DType.I64, new long[] {4, 3}));
        assertStored(
                ": input_ids has shape [0, 4, 3]; expected [steps, batch, seq], none of them 0",
                1,
                1,
                tensor("input_ids", DType.I64, new long[] {0, 4, 3}));
        assertStored(
                ": labels has shape [2, 4, 2], input_ids [2, 4, 3]; expected the same",
                2,
                1,
                ids,
                tensor("labels", DType.I64, new long[] {2, 4, 2}));
        assertStored(" holds 2 steps; the run has steps: 3", 3, 1, ids);
        assertStored(": batches of 4 rows do not divide into accumulate: 3", 2, 3, ids);
        assertStored(
                ": input_ids has dtype F32; expected integers", 2, 1, tensor("input_ids", DType.F32, new long[] {2, 4, 3
                }));
        assertStored(
                ": input_ids[2] is 10; expected an id below vocab_size=10",
                2,
                1,
                tensor("input_ids", DType.I64, new long[] {2, 4, 3}, 0, 9, 10));
        assertStored(
                ": labels[1] is -1; expected an id below vocab_size=10 or -100",
                2,
                1,
                ids,
                tensor("labels", DType.I32, new long[] {2, 4, 3}, -100, -1));
    }

    @Test
    void microBatchesAreRunsOfRowsAndLabelsAreShifted() {
        Path file = folder.resolve("b.safetensors");
        StoredTensor ids = tensor("input_ids", DType.I64, new long[] {2, 2, 3}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1);
        StoredTensor labels =
                tensor("labels", DType.I32, new long[] {2, 2, 3}, 9, 8, 7, 6, -100, 4, 3, 2, 1, 0, 5, -100);
        SafetensorsWriter.write(file, List.of(ids, labels));
        try (var batches = new StoredBatches(SafetensorsFile.open(file), 2, 2, 10)) {
            inWorkspace(() -> {
                assertThat(rows(batches.at(0, 1).ids())).containsExactly(List.of(3, 4, 5));
                assertThat(rows(batches.at(0, 1).targets())).containsExactly(List.of(-100, 4, -100));
                assertThat(rows(batches.at(1, 0).ids())).containsExactly(List.of(6, 7, 8));
                assertThat(rows(batches.at(1, 1).targets())).containsExactly(List.of(5, -100, -100));
                return null;
            });
        }
    }

    /// The mean of -log p over every held-out token, computed from logits in double precision.
    @Test
    void evaluationIsTheMeanOverTheHeldOutTokens() {
        String text = SmallRun.text(6000);
        int length = 16;
        try (var run = SmallRun.open(folder, folder.resolve("out"), false)) {
            run.train(Progress.SILENT);
            int[] ids = run.tokenizer().encodeIds(text, false);
            int split = ids.length - (int) (ids.length * 0.1);
            double[] sum = new double[2];
            for (int start = split; start + length < ids.length; start += length) {
                int from = start;
                inWorkspace(() -> {
                    Tensor row = Tensor.allocate(headway.tensor.Shape.of("batch", 1, "seq", length), DType.I32);
                    for (int i = 0; i < length; i++) {
                        row.memory().set(i, ids[from + i]);
                    }
                    Tensor logits = run.model().decoder().forward(row, Pass.from(1, length, 0, null));
                    int V = logits.shape().size(2);
                    for (int i = 0; i < length; i++) {
                        double total = 0;
                        for (int v = 0; v < V; v++) {
                            total += Math.exp(logits.memory().get((long) i * V + v));
                        }
                        sum[0] += Math.log(total) - logits.memory().get((long) i * V + ids[from + i + 1]);
                        sum[1]++;
                    }
                    return null;
                });
            }
            assertThat(sum[1]).isGreaterThan(500);
            assertThat(run.log().evaluations().getLast().value()).isCloseTo(sum[0] / sum[1], Assertions.within(1e-5));
        }
    }
}
