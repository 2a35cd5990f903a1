package headway.generate;

import static org.assertj.core.api.Assertions.assertThat;

import headway.io.Json;
import headway.models.Loading;
import headway.models.Pretrained;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Greedy text equals Hugging Face's, token by token, with and without a cache, whatever the chunks of prefill.
class GenerateGoldenTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "decoders");
    private static final Map<String, String> KEYS = Map.of(
            "eosTokenId", "eos_token_id",
            "repetitionPenalty", "repetition_penalty",
            "noRepeatNgramSize", "no_repeat_ngram_size",
            "minNewTokens", "min_new_tokens");

    static Stream<String> checkpoints() {
        try (var folders = Files.list(GOLDENS)) {
            List<String> names = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            assertThat(names).hasSizeGreaterThan(15);
            return names.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void idsAndReasonsEqual(String checkpoint) {
        Path folder = GOLDENS.resolve(checkpoint);
        try (var model = Pretrained.load(folder.toString(), Loading.RUN);
                var whole = new Generator(model.decoder(), null);
                var pieces = new Generator(model.decoder(), null, List.of(), 3)) {
            JsonNode cases = Json.read(folder.resolve("generate.json"));
            assertThat(cases.size()).isGreaterThan(8);
            // Frequencies that grow with the text leave cached keys behind, so that passes over all differ.
            boolean dynamic = checkpoint.equals("llama-f");
            for (JsonNode c : cases.values()) {
                Generation settings = settings(model, c);
                check(c, "cached", whole.generate(prompts(c), settings, TokenListener.NONE));
                check(c, "in chunks", pieces.generate(prompts(c), settings, TokenListener.NONE));
                if (!dynamic) {
                    check(c, "no cache", whole.generate(prompts(c), settings.withoutCache(), TokenListener.NONE));
                }
            }
        }
    }

    private static void check(JsonNode c, String how, GenerationResult got) {
        String name = c.path("name").asString() + ", " + how;
        assertThat(got.sequences()).as(name).hasSize(c.path("ids").size());
        for (int b = 0; b < got.sequences().size(); b++) {
            GeneratedSequence sequence = got.sequences().get(b);
            assertThat(sequence.ids()).as(name).isEqualTo(ints(c.path("ids").path(b)));
            assertThat(sequence.finishReason().toString())
                    .as(name)
                    .isEqualTo(c.path("finishReason").path(b).asString());
        }
    }

    private static Generation settings(Pretrained model, JsonNode c) {
        var overrides = JsonNodeFactory.instance.objectNode();
        overrides.put("max_new_tokens", c.path("maxNewTokens").intValue());
        c.path("options").properties().forEach(option -> {
            assertThat(KEYS).containsKey(option.getKey());
            overrides.set(KEYS.get(option.getKey()), option.getValue());
        });
        return GenerationConfig.read(GenerationConfig.of(model.checkpoint()), overrides, "generation_config.json");
    }

    static List<Prompt> prompts(JsonNode c) {
        var prompts = new ArrayList<Prompt>();
        for (int b = 0; b < c.path("promptIds").size(); b++) {
            int[] mask = c.path("attentionMask").isArray()
                    ? ints(c.path("attentionMask").path(b))
                    : null;
            byte[] bytes = mask == null ? null : new byte[mask.length];
            for (int i = 0; mask != null && i < mask.length; i++) {
                bytes[i] = (byte) mask[i];
            }
            prompts.add(new Prompt(ints(c.path("promptIds").path(b)), bytes));
        }
        return prompts;
    }

    private static int[] ints(JsonNode list) {
        int[] values = new int[list.size()];
        Arrays.setAll(values, i -> list.path(i).intValue());
        return values;
    }
}
