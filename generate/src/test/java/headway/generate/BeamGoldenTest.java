package headway.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.models.Inputs;
import headway.models.Loading;
import headway.models.Pretrained;
import headway.models.SeeingDecoder;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Texts by beam search, and greedy texts of encoder-decoders, are those of Hugging Face, id by id.
class BeamGoldenTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens");

    static Stream<Path> files() throws IOException {
        try (var files = Files.walk(GOLDENS, 3)) {
            List<Path> found = files.filter(f -> f.endsWith("beams.json") || f.endsWith("retired.json"))
                    .sorted()
                    .toList();
            assertThat(found).hasSizeGreaterThan(17);
            return found.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void idsEqual(Path file) {
        try (var model = Pretrained.load(file.getParent().toString(), Loading.RUN);
                var workspace = new Workspace()) {
            for (JsonNode c : Json.read(file).values()) {
                Generation settings =
                        GenerationConfig.read(JsonNodeFactory.instance.objectNode(), c.path("options"), "beams.json");
                for (boolean cached : new boolean[] {true, false}) {
                    GenerationResult got = workspace.run(() -> c.has("inputs")
                            ? seeing(
                                    model,
                                    file.resolveSibling(c.path("inputs").asString()),
                                    cached ? settings : settings.withoutCache())
                            : generate(model, c, cached ? settings : settings.withoutCache()));
                    String name = c.path("name").asString() + (cached ? ", cached" : ", no cache");
                    assertThat(got.sequences()).as(name).hasSize(c.path("ids").size());
                    for (int i = 0; i < got.sequences().size(); i++) {
                        assertThat(got.sequences().get(i).ids())
                                .as("%s, sequence %d", name, i)
                                .isEqualTo(ints(c.path("ids").path(i)));
                    }
                }
            }
        }
    }

    private static GenerationResult generate(Pretrained model, JsonNode c, Generation settings) {
        if (!c.has("input_features") && !folderHasEncoder(model)) {
            try (var generator = new Generator(model.decoder(), null)) {
                var prompts = new ArrayList<Prompt>();
                for (int b = 0; b < c.path("input_ids").size(); b++) {
                    prompts.add(new Prompt(
                            ints(c.path("input_ids").path(b)),
                            bytes(ints(c.path("attention_mask").path(b)))));
                }
                return generator.generate(prompts, settings, TokenListener.NONE);
            }
        }
        var values = new LinkedHashMap<String, Tensor>();
        for (String name : List.of("input_ids", "attention_mask", "input_features")) {
            if (c.has(name)) {
                values.put(name, tensor(c.path(name)));
            }
        }
        int B = values.values().iterator().next().shape().size(0);
        Prompt start = Prompt.of(model.encoderDecoder().startTokenId());
        try (var generator = new ConditionalGenerator(model.encoderDecoder(), null)) {
            return generator.generate(
                    new Inputs(values, null), Collections.nCopies(B, start), settings, TokenListener.NONE);
        }
    }

    /// Prompts with pictures, as a file holds them.
    private static GenerationResult seeing(Pretrained model, Path file, Generation settings) {
        try (var stored = SafetensorsFile.open(file);
                var arena = Arena.ofShared()) {
            var seer = (SeeingDecoder) model.model();
            var images = new LinkedHashMap<>(stored.tensors());
            images.keySet().retainAll(seer.imageArguments());
            Inputs inputs = Inputs.of(stored.tensors());
            Tensor ids = inputs.integers("input_ids", "batch", Inputs.ANY, "seq", Inputs.ANY);
            Tensor mask = inputs.integers("attention_mask", "batch", Inputs.ANY, "seq", Inputs.ANY);
            int T = ids.shape().size(1);
            var prompts = new ArrayList<Prompt>();
            for (int b = 0; b < ids.shape().size(0); b++) {
                prompts.add(new Prompt(
                        Arrays.copyOfRange(ids.toInts(), b * T, (b + 1) * T),
                        bytes(Arrays.copyOfRange(mask.toInts(), b * T, (b + 1) * T))));
            }
            try (var generator = new Generator(seer.seeing(Inputs.of(images), arena), null)) {
                return generator.generate(prompts, settings, TokenListener.NONE);
            }
        }
    }

    private static boolean folderHasEncoder(Pretrained model) {
        return model.config().path("is_encoder_decoder").asBoolean(false);
    }

    private static Tensor tensor(JsonNode rows) {
        if (!rows.path(0).path(0).isArray()) {
            int T = rows.path(0).size();
            int[] values = new int[rows.size() * T];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.path(i / T).path(i % T).intValue();
            }
            return Tensor.of(Shape.of("batch", rows.size(), "seq", T), values);
        }
        int M = rows.path(0).size();
        int T = rows.path(0).path(0).size();
        float[] values = new float[rows.size() * M * T];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.path(i / T / M).path(i / T % M).path(i % T).floatValue();
        }
        return Tensor.of(Shape.of("batch", rows.size(), "mel", M, "seq", T), values);
    }

    @Test
    void settingsThatDoNotGoTogetherSaySo() {
        assertThatThrownBy(() -> read("num_beams", 2, "num_return_sequences", 3))
                .hasMessageContaining("numReturnSequences=3 is more than numBeams=2");
        assertThatThrownBy(() -> read("num_beams", 0)).hasMessageContaining("numBeams=0; expected at least 1");
        assertThatThrownBy(() -> read("num_beams", 4, "num_beam_groups", 3, "diversity_penalty", 1))
                .hasMessage("[generate] numBeams=4 is no multiple of numBeamGroups=3");
        assertThatThrownBy(() -> read("num_beams", 4, "num_beam_groups", 2))
                .hasMessageContaining("diversityPenalty=0.0 with numBeamGroups=2; expected more than 0");
        assertThatThrownBy(() -> read("num_beams", 4, "diversity_penalty", 2))
                .hasMessageContaining("diversityPenalty=2.0 with numBeamGroups=1");
        assertThatThrownBy(() -> read("penalty_alpha", 2))
                .hasMessageContaining("penaltyAlpha=2.0; expected more than 0");
        assertThatThrownBy(() -> read("penalty_alpha", 1, "num_return_sequences", 2))
                .hasMessageContaining("numReturnSequences=2 with contrastive search");
        assertThatThrownBy(() -> read("min_length", -1)).hasMessageContaining("minLength=-1; expected at least 0");
        assertThatThrownBy(() -> read("early_stopping", 3))
                .hasMessageContaining("early_stopping is 3; expected true, false or \"never\"");
        try (var model = Pretrained.load(GOLDENS.resolve("decoders/gpt2-a").toString(), Loading.RUN);
                var generator = new Generator(model.decoder(), null)) {
            assertThatThrownBy(
                            () -> generator.generate(List.of(Prompt.of(1)), read("num_beams", 72), TokenListener.NONE))
                    .hasMessageContaining("numBeams=72 is more than the 71 tokens of the vocabulary");
        }
    }

    private static Generation read(Object... keysAndValues) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            node.put((String) keysAndValues[i], (Integer) keysAndValues[i + 1]);
        }
        return GenerationConfig.read(JsonNodeFactory.instance.objectNode(), node, "test");
    }

    private static byte[] bytes(int[] mask) {
        byte[] bytes = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            bytes[i] = (byte) mask[i];
        }
        return bytes;
    }

    private static int[] ints(JsonNode list) {
        int[] values = new int[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.path(i).intValue();
        }
        return values;
    }
}
