package headway.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.generate.sample.RandomStream;
import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.io.tokenizer.Tokenizers;
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
import java.util.Set;
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
            List<Path> found = files.filter(
                            f -> Stream.of("beams.json", "beams-steered.json", "beams-sampled.json", "retired.json")
                                    .anyMatch(f::endsWith))
                    .sorted()
                    .toList();
            assertThat(found).hasSizeGreaterThan(20);
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

    /// Two beams draw four of six tokens and go on with the two best of them: as often as all orders of four draws
    /// without putting back say, within five standard deviations.
    @Test
    void beamsAreDrawnWithoutPuttingBack() {
        double[] p = {0.4, 0.25, 0.15, 0.1, 0.06, 0.04};
        double[][] expected = new double[6][6];
        int[] order = new int[4];
        drawn(p, order, 0, 1, 1, expected);
        int draws = 20_000;
        int[][] counts = new int[6][6];
        Generation settings = read("num_beams", 2, "do_sample", true, "top_k", 0);
        float[] logits = new float[12];
        for (int i = 0; i < 12; i++) {
            logits[i] = (float) Math.log(p[i % 6]);
        }
        try (var workspace = new Workspace()) {
            for (int seed = 0; seed < draws; seed++) {
                List<Row> rows = rows(seed);
                workspace.run(() -> new BeamSearch(rows, settings, List.of(), 20, _ -> false)
                        .step(Tensor.of(Shape.of("batch", 2, "vocab", 6), logits)));
                counts[rows.get(0).tokens().generatedIds()[0]][
                        rows.get(1).tokens().generatedIds()[0]]++;
            }
        }
        for (int a = 0; a < 6; a++) {
            for (int b = 0; b < 6; b++) {
                double q = expected[a][b];
                assertThat((double) counts[a][b])
                        .as("%d then %d", a, b)
                        .isCloseTo(draws * q, within(5 * Math.sqrt(draws * q * (1 - q))));
            }
        }
    }

    private static List<Row> rows(int seed) {
        var random = RandomStream.of(seed, new int[] {1}, 0);
        return List.of(
                new Row(Prompt.of(1), random, null, Set.of(), 20, 0),
                new Row(Prompt.of(1), random, null, Set.of(), 20, 0));
    }

    /// Adds the probability of each order of draws to the pair of its best two tokens, which are the lowest.
    private static void drawn(double[] p, int[] order, int n, double left, double probability, double[][] pairs) {
        if (n == order.length) {
            int[] sorted = order.clone();
            java.util.Arrays.sort(sorted);
            pairs[sorted[0]][sorted[1]] += probability;
            return;
        }
        for (int i = 0; i < p.length; i++) {
            int id = i;
            if (java.util.Arrays.stream(order, 0, n).noneMatch(o -> o == id)) {
                order[n] = i;
                drawn(p, order, n + 1, left - p[i], probability * p[i] / left, pairs);
            }
        }
    }

    @Test
    void stopStringsEndBeamsAsTheyEndThemInTheReference() {
        Path folder = GOLDENS.resolve("tasks/write-gpt2");
        try (var model = Pretrained.load(folder.toString(), Loading.RUN);
                var tokenizer = Tokenizers.of(folder);
                var generator = new Generator(model.decoder(), tokenizer)) {
            int stopped = 0;
            for (JsonNode c : Json.read(folder.resolve("beams-stopped.json")).values()) {
                Generation settings =
                        GenerationConfig.read(JsonNodeFactory.instance.objectNode(), c.path("options"), "golden");
                var got =
                        generator.generate(List.of(Prompt.of(ints(c.path("input_ids")))), settings, TokenListener.NONE);
                String stop = settings.stopStrings().getFirst();
                for (int i = 0; i < c.path("ids").size(); i++) {
                    GeneratedSequence one = got.sequences().get(i);
                    assertThat(one.ids())
                            .as(c.toString())
                            .isEqualTo(ints(c.path("ids").path(i)));
                    boolean ends = tokenizer.decode(one.ids(), true).contains(stop);
                    assertThat(one.finishReason()).isEqualTo(ends ? FinishReason.STOP : FinishReason.LENGTH);
                    assertThat(one.text()).doesNotContain(stop);
                    stopped += ends ? 1 : 0;
                }
            }
            assertThat(stopped).isGreaterThan(5);
        }
    }

    /// Hugging Face's scorer writes the first end token whichever one ended a text.
    @Test
    void groupsEndWithTheFirstEndToken() {
        try (var model = Pretrained.load(GOLDENS.resolve("decoders/gpt2-a").toString(), Loading.RUN);
                var generator = new Generator(model.decoder(), null)) {
            Generation settings = GenerationConfig.read(
                    JsonNodeFactory.instance.objectNode(),
                    Json.parse(
                            "{\"num_beams\":6,\"num_beam_groups\":3,\"diversity_penalty\":0.4,\"pad_token_id\":0,"
                                    + "\"num_return_sequences\":6,\"max_new_tokens\":12,\"eos_token_id\":[70,%s]}"
                                            .formatted(java.util.stream.IntStream.range(3, 40)
                                                    .mapToObj(Integer::toString)
                                                    .collect(java.util.stream.Collectors.joining(","))),
                            "test"),
                    "test");
            int ended = 0;
            for (GeneratedSequence one : generator
                    .generate(List.of(Prompt.of(41, 50, 60)), settings, TokenListener.NONE)
                    .sequences()) {
                if (one.finishReason() == FinishReason.EOS) {
                    assertThat(one.ids()[one.ids().length - 1]).isEqualTo(70);
                    ended++;
                }
            }
            assertThat(ended).isGreaterThan(2);
        }
    }

    private static Generation read(Object... keysAndValues) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            switch (keysAndValues[i + 1]) {
                case Boolean truth -> node.put((String) keysAndValues[i], truth);
                case Object number -> node.put((String) keysAndValues[i], (Integer) number);
            }
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
