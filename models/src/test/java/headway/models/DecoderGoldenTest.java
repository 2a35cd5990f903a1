package headway.models;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.SafetensorsFile;
import headway.io.StoredTensor;
import headway.kernels.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What trace gives equals what Hugging Face gives, value by value, on checkpoints that it made.
class DecoderGoldenTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "decoders");

    record Case(String name, String variant) {
        @Override
        public String toString() {
            return name + variant;
        }

        Path file(String what) {
            return GOLDENS.resolve(name).resolve(what + variant + ".safetensors");
        }
    }

    static Stream<Case> cases() {
        try (var folders = Files.list(GOLDENS)) {
            var cases = new ArrayList<Case>();
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                for (String variant : List.of("", "-plain", "-positions")) {
                    var c = new Case(folder.getFileName().toString(), variant);
                    if (Files.exists(c.file("inputs"))) {
                        cases.add(c);
                    }
                }
            }
            assertThat(cases).hasSizeGreaterThan(30);
            return cases.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAndGradientsEqual(Case c) {
        try (var model = Pretrained.load(GOLDENS.resolve(c.name).toString(), Loading.TRAIN);
                var inputs = SafetensorsFile.open(c.file("inputs"));
                var expected = SafetensorsFile.open(c.file("expected"));
                var gradients = SafetensorsFile.open(c.file("gradients"))) {
            Microscope.look(model, inputs.tensors(), true, out -> {
                assertThat(out.stream().map(StoredTensor::name).toList())
                        .containsAll(Stream.concat(expected.names().stream(), gradients.names().stream())
                                .toList());
                for (StoredTensor t : out) {
                    if (t.name().startsWith("grad.") && !gradients.names().contains(t.name())) {
                        // What Hugging Face does not train, nothing here reaches either.
                        assertThat(new Span(t.data(), t.dtype()).get(0))
                                .as(t.name())
                                .isZero();
                        continue;
                    }
                    assertThat(t.name().startsWith("grad.") || expected.names().contains(t.name()))
                            .as(t.name())
                            .isTrue();
                    StoredTensor want =
                            t.name().startsWith("grad.") ? gradients.tensor(t.name()) : expected.tensor(t.name());
                    assertThat(t.shape()).as(t.name()).isEqualTo(want.shape());
                    assertClose(t, want);
                }
            });
        }
    }

    /// Without gradients blocks give their memory back, and weights stay mapped in the file's own type.
    @ParameterizedTest
    @MethodSource("cases")
    void valuesEqualWithoutGradients(Case c) {
        try (var model = Pretrained.load(GOLDENS.resolve(c.name).toString(), Loading.RUN);
                var inputs = SafetensorsFile.open(c.file("inputs"));
                var expected = SafetensorsFile.open(c.file("expected"))) {
            Microscope.look(model, inputs.tensors(), false, out -> {
                assertThat(out.stream().map(StoredTensor::name)).containsExactlyInAnyOrderElementsOf(expected.names());
                out.forEach(t -> assertClose(t, expected.tensor(t.name())));
            });
        }
    }

    private static void assertClose(StoredTensor got, StoredTensor want) {
        var a = new Span(got.data(), got.dtype());
        var b = new Span(want.data(), want.dtype());
        double largest = 0;
        for (long i = 0; i < b.count(); i++) {
            largest = Math.max(largest, Math.abs(b.get(i)));
        }
        for (long i = 0; i < b.count(); i++) {
            double tolerance = 2e-5 * Math.max(1, largest);
            assertThat(a.get(i))
                    .as("%s[%d]", got.name(), i)
                    .isCloseTo(b.get(i), org.assertj.core.data.Offset.offset(tolerance));
        }
    }
}
