package headway.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.SafetensorsFile;
import headway.io.StoredTensor;
import headway.kernels.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What trace gives equals what Hugging Face gives, for every family that is not a decoder alone: all
/// that the head returns, and the gradient of every parameter.
class FamilyGoldenTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens");

    record Case(Path folder, String variant) {
        @Override
        public String toString() {
            return folder.getFileName() + variant;
        }

        Path file(String what) {
            return folder.resolve(what + variant + ".safetensors");
        }
    }

    static Stream<Case> cases() throws IOException {
        var cases = new ArrayList<Case>();
        for (String kind : List.of("encoders", "encoder_decoders", "vision", "statespace", "recurrent")) {
            if (!Files.isDirectory(GOLDENS.resolve(kind))) {
                continue;
            }
            try (var folders = Files.list(GOLDENS.resolve(kind))) {
                folders.filter(Files::isDirectory).sorted().forEach(f -> variants(f, cases));
            }
        }
        assertThat(cases).hasSizeGreaterThan(20);
        return cases.stream();
    }

    private static void variants(Path folder, List<Case> to) {
        try (var files = Files.list(folder)) {
            files.map(f -> f.getFileName().toString())
                    .filter(f -> f.startsWith("inputs"))
                    .sorted()
                    .forEach(f -> to.add(new Case(folder, f.substring(6, f.length() - ".safetensors".length()))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAndGradientsEqual(Case c) {
        if (!Files.exists(c.file("gradients"))) {
            return;
        }
        try (var model = Pretrained.load(c.folder.toString(), Loading.TRAIN);
                var inputs = SafetensorsFile.open(c.file("inputs"));
                var expected = SafetensorsFile.open(c.file("expected"));
                var gradients = SafetensorsFile.open(c.file("gradients"))) {
            Microscope.look(model, inputs.tensors(), true, out -> {
                var found = new HashMap<String, StoredTensor>();
                out.forEach(t -> found.put(t.name(), t));
                assertContains(found, expected);
                assertContains(found, gradients);
                for (String name : found.keySet()) {
                    if (name.startsWith("grad.") && !gradients.names().contains(name)) {
                        // What Hugging Face does not reach, nothing here reaches either.
                        assertThat(largest(found.get(name))).as(name).isZero();
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesEqualWithoutGradients(Case c) {
        try (var model = Pretrained.load(c.folder.toString(), Loading.RUN);
                var inputs = SafetensorsFile.open(c.file("inputs"));
                var expected = SafetensorsFile.open(c.file("expected"))) {
            Microscope.look(model, inputs.tensors(), false, out -> {
                var found = new HashMap<String, StoredTensor>();
                out.forEach(t -> found.put(t.name(), t));
                assertContains(found, expected);
                var more = new ArrayList<>(found.keySet());
                more.removeAll(expected.names());
                // These are recorded whatever the head returns.
                more.removeAll(List.of("last_hidden_state"));
                assertThat(more).as("not in the reference").isEmpty();
            });
        }
    }

    /// Without labels there is nothing to differentiate, and the error says so.
    @ParameterizedTest
    @MethodSource("cases")
    void gradientsNeedALoss(Case c) {
        if (Files.exists(c.file("gradients"))) {
            return;
        }
        try (var model = Pretrained.load(c.folder.toString(), Loading.TRAIN);
                var inputs = SafetensorsFile.open(c.file("inputs"))) {
            assertThatThrownBy(() -> Microscope.look(model, inputs.tensors(), true, out -> {}))
                    .hasMessageContaining("[trace] gradients need a loss");
        }
    }

    private static void assertContains(Map<String, StoredTensor> found, SafetensorsFile expected) {
        assertThat(found.keySet()).containsAll(expected.names());
        for (StoredTensor want : expected.tensors().values()) {
            StoredTensor got = found.get(want.name());
            assertThat(got.shape()).as(want.name()).isEqualTo(want.shape());
            var a = new Span(got.data(), got.dtype());
            var b = new Span(want.data(), want.dtype());
            double tolerance = 2e-5 * Math.max(1, largest(want));
            for (long i = 0; i < b.count(); i++) {
                if (!(Math.abs(a.get(i) - b.get(i)) <= tolerance)) {
                    throw new AssertionError("%s[%d]: %s, expected %s within %s"
                            .formatted(want.name(), i, a.get(i), b.get(i), tolerance));
                }
            }
        }
    }

    private static double largest(StoredTensor t) {
        var values = new Span(t.data(), t.dtype());
        double largest = 0;
        for (long i = 0; i < values.count(); i++) {
            largest = Math.max(largest, Math.abs(values.get(i)));
        }
        return largest;
    }
}
