package headway.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.nn.Trace;
import headway.tensor.Segments;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Sequences one behind the other in a row give what each gives alone, for every head of every encoder that reads them
/// so.
class SegmentsTest {
    private static final Path ENCODERS = Path.of("..", "testkit", "goldens", "encoders");
    private static final int[] LENGTHS = {5, 1, 12, 7, 2};

    static Stream<Path> folders() throws IOException {
        var found = new ArrayList<Path>();
        try (var folders = Files.list(ENCODERS)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                try (var model = Pretrained.load(folder.toString(), Loading.RUN)) {
                    if (model.model() instanceof EncoderModel m
                            && m.encoder().readsSegments()
                            && !(m.head() instanceof EncoderHead.MultipleChoice)) {
                        found.add(folder);
                    }
                }
            }
        }
        for (String family :
                List.of("albert", "bert", "distilbert", "electra", "modernbert", "roberta", "xlm-roberta")) {
            assertThat(found).anyMatch(f -> f.getFileName().toString().startsWith(family + "-"));
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void eachSeesItselfAlone(Path folder) {
        try (var model = Pretrained.load(folder.toString(), Loading.RUN);
                var workspace = new Workspace()) {
            int vocab = model.config().path("vocab_size").asInt();
            var segments = Segments.ofLengths(LENGTHS);
            // 0 and 1 are among them: ids of padding inside a text.
            int[] ids = new Random(5).ints(segments.rows(), 0, vocab).toArray();
            workspace.run(() -> {
                Map<String, Tensor> together = outputs(model.model(), ids, segments);
                assertThat(together).isNotEmpty();
                for (int i = 0; i < segments.count(); i++) {
                    int[] own = Arrays.copyOfRange(ids, segments.start(i), segments.start(i + 1));
                    Map<String, Tensor> alone = outputs(model.model(), own, null);
                    assertThat(alone.keySet()).isEqualTo(together.keySet());
                    for (String name : alone.keySet()) {
                        assertThat(part(together.get(name), segments, i))
                                .as("%s of sequence %d", name, i)
                                .containsExactly(alone.get(name).toFloats(), within(2e-5f));
                    }
                }
                return null;
            });
        }
    }

    private static float[] part(Tensor t, Segments segments, int i) {
        boolean tokens = t.shape().size(0) == 1 && t.shape().size(1) == segments.rows();
        int rows = tokens ? segments.rows() : segments.count();
        int width = Math.toIntExact(t.count() / rows);
        int first = tokens ? segments.start(i) : i;
        int count = tokens ? segments.length(i) : 1;
        return Arrays.copyOfRange(t.toFloats(), first * width, (first + count) * width);
    }

    private static Map<String, Tensor> outputs(Model model, int[] ids, Segments segments) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("input_ids", Tensor.of(Shape.of("batch", 1, "seq", ids.length), ids));
        var trace = Trace.outputs();
        trace.record(() -> model.forward(new Inputs(values, null, segments)));
        return trace.values();
    }

    @Test
    void anEncoderThatDoesNotReadThemSaysSo() {
        try (var model = Pretrained.load(ENCODERS.resolve("deberta-bare").toString(), Loading.RUN);
                var workspace = new Workspace()) {
            assertThatThrownBy(() ->
                            workspace.run(() -> outputs(model.model(), new int[] {1, 2, 3}, Segments.ofLengths(1, 2))))
                    .hasMessageContaining("reads no sequences one behind the other");
        }
    }
}
