package headway.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.generate.transform.LogitsTransform;
import headway.io.Json;
import headway.io.tokenizer.ByteTokenizer;
import headway.models.Decoder;
import headway.models.Loading;
import headway.models.Pretrained;
import headway.nn.Pass;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens", "decoders");
    private static final Generation GREEDY = Generation.DEFAULTS.withMaxNewTokens(18);
    private static final Generation RANDOM = GREEDY.withSampling(Sampling.Categorical.DEFAULTS.withTemperature(1.3))
            .withSeed(11);
    private static final List<Prompt> PROMPTS =
            List.of(Prompt.of(5, 6, 7, 8, 9, 10, 11), Prompt.of(12), Prompt.of(40, 3, 17, 5), Prompt.of(12, 13, 14));

    private static Pretrained load(String name) {
        return Pretrained.load(GOLDENS.resolve(name).toString(), Loading.RUN);
    }

    /// A tiny model whose tokens are bytes.
    private static Pretrained bytes() {
        return Pretrained.create(Json.parse("""
                        {"model_type": "llama", "vocab_size": 256, "hidden_size": 16, "intermediate_size": 24,
                         "num_hidden_layers": 1, "num_attention_heads": 2}""", "test"), "test", 3);
    }

    /// Allows nothing but the bytes of `text`, one after the other.
    private static LogitsTransform saying(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return (scores, tokens) -> {
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            scores[utf8[tokens.generated()] & 0xFF] = 0;
        };
    }

    /// Pieces of text in order, sequence by sequence.
    private static final class Heard implements TokenListener {
        final Map<Integer, List<String>> pieces = new HashMap<>();
        final Map<Integer, FinishReason> reasons = new HashMap<>();

        @Override
        public void token(int sequence, int id, String text) {
            pieces.computeIfAbsent(sequence, _ -> new ArrayList<>()).add(text);
        }

        @Override
        public void finished(int sequence, FinishReason reason, String text) {
            pieces.get(sequence).add(text);
            reasons.put(sequence, reason);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2-a", "gpt2-b", "llama-b", "llama-c", "mistral-a", "qwen2-a", "qwen3-a", "smollm3-a"})
    void logitsOfPrefillAndDecodeEqualThoseOfOnePass(String name) {
        try (var model = load(name)) {
            for (List<Prompt> prompts : List.of(PROMPTS, List.of(PROMPTS.getFirst()))) {
                // 7 + 18 tokens are more than four of mistral's windows.
                for (int chunk : new int[] {1, 3, 4 * prompts.size(), 512}) {
                    var seen = new HashMap<List<Integer>, float[]>();
                    LogitsTransform watch = (scores, tokens) -> {
                        synchronized (seen) {
                            var ids = new ArrayList<Integer>();
                            for (int i = 0; i < tokens.length(); i++) {
                                ids.add(tokens.get(i));
                            }
                            seen.put(ids, scores.clone());
                        }
                    };
                    try (var generator = new Generator(model.decoder(), null, List.of(watch), chunk)) {
                        for (GeneratedSequence s : generator
                                .generate(prompts, GREEDY, TokenListener.NONE)
                                .sequences()) {
                            compare(model.decoder(), s, seen);
                        }
                    }
                }
            }
        }
    }

    private static void compare(Decoder decoder, GeneratedSequence s, Map<List<Integer>, float[]> seen) {
        int P = s.promptIds().length;
        int[] ids = Arrays.copyOf(s.promptIds(), P + s.ids().length);
        System.arraycopy(s.ids(), 0, ids, P, s.ids().length);
        float[] whole = logits(decoder, ids);
        int V = decoder.sizes().vocabSize();
        double logProbability = 0;
        for (int i = 0; i < s.ids().length; i++) {
            List<Integer> before = Arrays.stream(ids, 0, P + i).boxed().toList();
            float[] got = seen.get(before);
            assertThat(got).as("logits after %s", before).isNotNull();
            double sum = 0;
            for (int v = 0; v < V; v++) {
                float want = whole[(P + i - 1) * V + v];
                assertThat(got[v]).as("token %d after %s", v, before).isCloseTo(want, within(2e-5f));
                sum += Math.exp(want);
            }
            logProbability += whole[(P + i - 1) * V + s.ids()[i]] - Math.log(sum);
        }
        assertThat(s.logProbability()).isCloseTo(logProbability, within(1e-4));
    }

    private static float[] logits(Decoder decoder, int[] ids) {
        try (var workspace = new Workspace()) {
            return workspace.run(() -> decoder.forward(
                            Tensor.of(Shape.of("batch", 1, "seq", ids.length), ids), Pass.from(1, ids.length, 0, null))
                    .toFloats());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2-a", "llama-a", "mistral-a", "qwen2-a"})
    void aBatchGivesWhatEachPromptGivesAlone(String name) {
        try (var model = load(name);
                var generator = new Generator(model.decoder(), null)) {
            for (Generation settings :
                    List.of(GREEDY, RANDOM, RANDOM.withoutCache(), GREEDY.withEosTokenIds(7, 48, 9))) {
                var together = generator
                        .generate(PROMPTS, settings, TokenListener.NONE)
                        .sequences();
                for (int i = 0; i < PROMPTS.size(); i++) {
                    var alone = generator
                            .generate(List.of(PROMPTS.get(i)), settings, TokenListener.NONE)
                            .sequences()
                            .getFirst();
                    assertThat(together.get(i).ids()).isEqualTo(alone.ids());
                    assertThat(together.get(i).promptIds())
                            .isEqualTo(PROMPTS.get(i).ids());
                    assertThat(together.get(i).finishReason()).isEqualTo(alone.finishReason());
                    assertThat(together.get(i).logProbability()).isCloseTo(alone.logProbability(), within(1e-4));
                }
            }
        }
    }

    @Test
    void paddingOfTheCallersOwnChangesNothing() {
        try (var model = load("llama-a");
                var generator = new Generator(model.decoder(), null)) {
            var plain = generator.generate(List.of(Prompt.of(4, 5, 6)), RANDOM, TokenListener.NONE);
            var padded = new Prompt(new int[] {9, 9, 4, 5, 6}, new byte[] {0, 0, 1, 1, 1});
            var got = generator.generate(List.of(padded), RANDOM, TokenListener.NONE);
            assertThat(got.sequences().getFirst().ids())
                    .isEqualTo(plain.sequences().getFirst().ids());
            assertThat(got.sequences().getFirst().promptIds()).containsExactly(4, 5, 6);
        }
    }

    @Test
    void theSeedDecidesAndThreadsDoNot() {
        int threads = Parallel.threads();
        var texts = new ArrayList<List<int[]>>();
        try (var model = load("llama-a")) {
            for (int n : new int[] {1, 2, 4}) {
                Parallel.threads(n);
                try (var generator = new Generator(model.decoder(), null)) {
                    texts.add(generator.generate(PROMPTS, RANDOM, TokenListener.NONE).sequences().stream()
                            .map(GeneratedSequence::ids)
                            .toList());
                }
            }
            try (var generator = new Generator(model.decoder(), null)) {
                var other = generator.generate(PROMPTS, RANDOM.withSeed(12), TokenListener.NONE);
                assertThat(other.sequences().getFirst().ids())
                        .isNotEqualTo(texts.getFirst().getFirst());
            }
        } finally {
            Parallel.threads(threads);
        }
        for (int i = 0; i < PROMPTS.size(); i++) {
            assertThat(texts.get(1).get(i)).isEqualTo(texts.get(0).get(i));
            assertThat(texts.get(2).get(i)).isEqualTo(texts.get(0).get(i));
        }
    }

    @Test
    void returnedSequencesStandTogetherBestFirst() {
        var settings = GenerationConfig.read(
                Json.parse("{}", "file"),
                Json.parse("{\"temperature\": 1.5, \"num_return_sequences\": 5, \"seed\": 4}", "call"),
                "file");
        try (var model = load("llama-a");
                var generator = new Generator(model.decoder(), null)) {
            var got = generator
                    .generate(PROMPTS.subList(0, 2), settings, TokenListener.NONE)
                    .sequences();
            assertThat(got).hasSize(10);
            for (int i = 0; i < 10; i++) {
                assertThat(got.get(i).promptIds()).isEqualTo(PROMPTS.get(i / 5).ids());
                if (i % 5 > 0) {
                    assertThat(got.get(i).logProbability())
                            .isLessThanOrEqualTo(got.get(i - 1).logProbability());
                }
            }
            assertThat(got.stream().map(s -> Arrays.toString(s.ids())).distinct())
                    .hasSize(10);
        }
    }

    @Test
    void piecesAreWholeCharactersAndAddUpToTheText() {
        String said = "naïve – 日本語 🚀🌍 ok";
        int bytes = said.getBytes(StandardCharsets.UTF_8).length;
        try (var model = bytes();
                var generator = new Generator(model.decoder(), new ByteTokenizer(), List.of(saying(said)))) {
            var heard = new Heard();
            var got = generator.generate(List.of(Prompt.of(65)), Generation.DEFAULTS.withMaxNewTokens(bytes), heard);
            assertThat(got.sequences().getFirst().text()).isEqualTo(said);
            assertThat(String.join("", heard.pieces.get(0))).isEqualTo(said);
            assertThat(heard.pieces.get(0)).noneMatch(piece -> piece.contains("\uFFFD"));
            assertThat(heard.pieces.get(0)).hasSize(bytes + 1);
        }
    }

    @Test
    void aTextCutInsideACharacterEndsWithAReplacement() {
        try (var model = bytes();
                var generator = new Generator(model.decoder(), new ByteTokenizer(), List.of(saying("a日")))) {
            var heard = new Heard();
            var got = generator.generate(List.of(Prompt.of(65)), Generation.DEFAULTS.withMaxNewTokens(3), heard);
            assertThat(got.sequences().getFirst().text()).isEqualTo("a\uFFFD");
            assertThat(heard.pieces.get(0)).containsExactly("a", "", "", "\uFFFD");
        }
    }

    @Test
    void aStopStringAcrossTokensCutsTextAndStream() {
        try (var model = bytes();
                var generator =
                        new Generator(model.decoder(), new ByteTokenizer(), List.of(saying("One. 日END, and more")))) {
            var heard = new Heard();
            var settings = Generation.DEFAULTS.withMaxNewTokens(20).withStopStrings("日END", "never");
            var got = generator
                    .generate(List.of(Prompt.of(65)), settings, heard)
                    .sequences()
                    .getFirst();
            assertThat(got.text()).isEqualTo("One. ");
            assertThat(String.join("", heard.pieces.get(0))).isEqualTo("One. ");
            assertThat(got.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(heard.reasons).containsEntry(0, FinishReason.STOP);
            // The ids hold the stop string; the text does not.
            assertThat(got.ids()).hasSize("One. 日END".getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void whatOnlyBeganAStopStringIsGivenOutAtTheEnd() {
        try (var model = bytes();
                var generator = new Generator(model.decoder(), new ByteTokenizer(), List.of(saying("abSTO")))) {
            var heard = new Heard();
            var settings = Generation.DEFAULTS.withMaxNewTokens(5).withStopStrings("STOP");
            var got = generator
                    .generate(List.of(Prompt.of(65)), settings, heard)
                    .sequences()
                    .getFirst();
            assertThat(got.text()).isEqualTo("abSTO");
            assertThat(heard.pieces.get(0)).containsExactly("a", "b", "", "", "", "STO");
            assertThat(got.finishReason()).isEqualTo(FinishReason.LENGTH);
        }
    }

    @Test
    void learnedPositionsEndAText() {
        int[] ids = new int[47];
        Arrays.fill(ids, 5);
        try (var model = load("gpt2-a");
                var generator = new Generator(model.decoder(), null)) {
            var got = generator
                    .generate(List.of(Prompt.of(ids)), GREEDY, TokenListener.NONE)
                    .sequences()
                    .getFirst();
            assertThat(got.ids()).hasSize(2);
            assertThat(got.finishReason()).isEqualTo(FinishReason.LENGTH);
            int[] longer = new int[49];
            assertThatThrownBy(() -> generator.generate(List.of(Prompt.of(longer)), GREEDY, TokenListener.NONE))
                    .hasMessage(
                            "[generate] prompt 0 has 49 tokens, but the model has learned 48 positions; shorten it");
        }
    }

    @Test
    void promptsThatDoNotFitAreNamed() {
        try (var model = load("llama-a");
                var generator = new Generator(model.decoder(), null)) {
            assertThatThrownBy(() -> generator.generate(List.of(), GREEDY, TokenListener.NONE))
                    .hasMessage("[generate] no prompt; give at least one");
            assertThatThrownBy(() ->
                            generator.generate(List.of(Prompt.of(1), Prompt.of(2, 67)), GREEDY, TokenListener.NONE))
                    .hasMessage("[generate] prompt 1: token 67 is outside the vocabulary 0 … 66");
            assertThatThrownBy(() -> generator.generate(PROMPTS, GREEDY.withStopStrings("x"), TokenListener.NONE))
                    .hasMessage("[generate] stop strings need a tokenizer, and this model came without");
            assertThatThrownBy(() -> Prompt.of()).hasMessage("[generate] a prompt is empty; give at least one token");
            assertThatThrownBy(() -> new Prompt(new int[] {1, 2}, new byte[1]))
                    .hasMessage("[generate] the attention mask has 1 entries for 2 tokens");
            assertThatThrownBy(() -> new Prompt(new int[] {1, 2}, new byte[2]))
                    .hasMessage("[generate] the attention mask of a prompt hides every token");
            var total =
                    GenerationConfig.read(Json.parse("{\"max_length\": 7}", "file"), Json.parse("{}", "call"), "file");
            assertThatThrownBy(() -> generator.generate(PROMPTS, total, TokenListener.NONE))
                    .hasMessageContaining("the prompt has 7 tokens, maxLength is 7");
        }
    }

    @Test
    void aListenerThatThrowsEndsItAndTheGeneratorGoesOnServing() {
        try (var model = load("llama-a");
                var generator = new Generator(model.decoder(), null)) {
            assertThatThrownBy(() -> generator.generate(PROMPTS, GREEDY, (sequence, id, text) -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            assertThat(generator.generate(PROMPTS, GREEDY, TokenListener.NONE).sequences())
                    .hasSize(4);
        }
    }

    @Test
    void weightsThatAreNotNumbersAreAnError() {
        try (var model = bytes();
                var generator = new Generator(model.decoder(), null)) {
            model.parameters().get("lm_head.weight").tensor().memory().set(16 * 9, Double.NaN);
            assertThatThrownBy(() -> generator.generate(List.of(Prompt.of(1)), GREEDY, TokenListener.NONE))
                    .hasMessageContaining("weights or inputs hold NaN or infinities");
        }
    }
}
