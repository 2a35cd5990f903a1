package headway.models;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.SafetensorsFile;
import headway.io.SafetensorsWriter;
import headway.io.StoredTensor;
import headway.kernels.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files of LLaVA with the names that transformers 4.52 writes are the same models as those with the older ones, in
/// values and gradients, which the goldens of the older ones say.
class LlavaNamesTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "vision");

    @TempDir
    private Path folder;

    private static String newer(String name, boolean deep) {
        String tower = deep ? "model.vision_tower.vision_model." : "model.vision_tower.";
        return name.replaceFirst("^language_model\\.model\\.", "model.language_model.")
                .replaceFirst("^language_model\\.lm_head\\.", "lm_head.")
                .replaceFirst("^vision_tower\\.(vision_model\\.)?", tower)
                .replaceFirst("^multi_modal_projector\\.", "model.multi_modal_projector.");
    }

    @ParameterizedTest
    @CsvSource({"llava, true", "llava, false", "llava-other, true"})
    void newerNamesAreTheSameModel(String name, boolean deep) throws IOException {
        Path golden = GOLDENS.resolve(name);
        Files.copy(golden.resolve("config.json"), folder.resolve("config.json"));
        try (var file = SafetensorsFile.open(golden.resolve("model.safetensors"))) {
            List<StoredTensor> renamed = file.tensors().values().stream()
                    .map(t -> new StoredTensor(newer(t.name(), deep), t.dtype(), t.shape(), t.data()))
                    .toList();
            assertThat(renamed)
                    .allMatch(t -> t.name().startsWith("model.") || t.name().startsWith("lm_head."));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), renamed);
        }
        try (var model = Pretrained.load(folder.toString(), Loading.TRAIN);
                var inputs = SafetensorsFile.open(golden.resolve("inputs.safetensors"));
                var expected = SafetensorsFile.open(golden.resolve("expected.safetensors"));
                var gradients = SafetensorsFile.open(golden.resolve("gradients.safetensors"))) {
            Microscope.look(model, inputs.tensors(), true, out -> {
                var found = new HashMap<String, StoredTensor>();
                out.forEach(t -> found.put(t.name(), t));
                assertClose(found.get("logits"), expected.tensor("logits"));
                for (StoredTensor gradient : gradients.tensors().values()) {
                    String path = gradient.name().substring("grad.".length());
                    assertClose(found.get("grad." + newer(path, deep)), gradient);
                }
            });
        }
    }

    private static void assertClose(StoredTensor found, StoredTensor expected) {
        assertThat(found).as(expected.name()).isNotNull();
        var a = new Span(found.data(), found.dtype());
        var b = new Span(expected.data(), expected.dtype());
        assertThat(a.count()).as(expected.name()).isEqualTo(b.count());
        for (long i = 0; i < b.count(); i++) {
            assertThat(a.get(i)).as("%s[%d]", expected.name(), i).isCloseTo(b.get(i), Offset.offset(1e-4));
        }
    }
}
