package headway.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headway.models.Loading;
import headway.models.Pretrained;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A text that goes on from call to call gives what it gives when it is read anew each time, and is not read anew.
class SessionTest {
    private static final Path GOLDENS = Path.of("..", "testkit", "goldens");
    private static final Generation GREEDY = Generation.DEFAULTS.withMaxNewTokens(6);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decoders/gpt2-a",
                "decoders/llama-a",
                "decoders/mistral-a",
                "decoders/gemma2-a",
                "decoders/deepseek2-a",
                "decoders/bloom-a",
                "statespace/mamba"
            })
    void readsOnlyWhatIsNew(String name) {
        try (var model = Pretrained.load(GOLDENS.resolve(name).toString(), Loading.RUN);
                var session = new Session()) {
            boolean goesBack = !name.startsWith("statespace");
            int[] first = {5, 6, 7, 8, 9, 10, 11};
            int[] written = same(model, session, first);
            assertThat(session.reused()).isZero();

            int[] longer = IntStream.concat(
                            IntStream.concat(Arrays.stream(first), Arrays.stream(written)), IntStream.of(12, 4, 3))
                    .toArray();
            same(model, session, longer);
            // The last token written is chosen and not yet read.
            assertThat(session.reused()).isEqualTo(first.length + written.length - 1);

            int[] other = longer.clone();
            other[4] = 13;
            same(model, session, other);
            assertThat(session.reused()).isIn(goesBack ? List.of(4, 0) : List.of(0));

            int[] again = {5, 6};
            same(model, session, again);
            same(model, session, new int[] {17});
            assertThat(session.reused()).isZero();

            // A listener that gives up leaves something to go on from.
            try (var generator = new Generator(model.decoder(), null)) {
                TokenListener enough = new TokenListener() {
                    @Override
                    public void token(int sequence, int id, String piece) {
                        throw new IllegalStateException("enough");
                    }
                };
                assertThatThrownBy(() -> generator.generate(List.of(Prompt.of(longer)), GREEDY, enough, session))
                        .hasMessageContaining("enough");
            }
            same(model, session, longer);
        }
    }

    private static int[] same(Pretrained model, Session session, int... prompt) {
        try (var fresh = new Generator(model.decoder(), null);
                var generator = new Generator(model.decoder(), null)) {
            GeneratedSequence expected = fresh.generate(List.of(Prompt.of(prompt)), GREEDY, TokenListener.NONE)
                    .sequences()
                    .getFirst();
            GeneratedSequence found = generator
                    .generate(List.of(Prompt.of(prompt)), GREEDY, TokenListener.NONE, session)
                    .sequences()
                    .getFirst();
            assertThat(found.ids()).isEqualTo(expected.ids());
            assertThat(found.logProbability()).isCloseTo(expected.logProbability(), within(1e-4));
            return found.ids();
        }
    }
}
