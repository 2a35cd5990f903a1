package headway.tasks;

import headway.generate.ConditionalGenerator;
import headway.generate.GeneratedSequence;
import headway.generate.Generation;
import headway.generate.Prompt;
import headway.generate.TokenListener;
import headway.models.EncoderDecoder;
import headway.models.Inputs;
import headway.nn.Pass;
import headway.nn.attention.Encoded;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Writes the texts of windows one after the other, each at the first temperature whose text is believed.
final class WindowWriter {
    private final LoadedModel model;
    private final EncoderDecoder network;
    private final ConditionalGenerator generator;
    private final WhisperTokens tokens;
    private final Settings settings;
    private final Fallback fallback;
    private final int limit;

    /// `max_length`, which Hugging Face lets grow by what stands before each window.
    private int length;

    private int windows;

    /// Once a window was written by chance, the windows after it have one beam, as in Hugging Face.
    private boolean chance;

    /// What was written about a window.
    ///
    /// @param ids without the end token
    /// @param silent whether nothing was said in it
    record Written(int[] ids, boolean silent, Double temperature) {}

    WindowWriter(
            LoadedModel model,
            EncoderDecoder network,
            ConditionalGenerator generator,
            WhisperTokens tokens,
            Settings settings,
            int limit) {
        this.model = model;
        this.network = network;
        this.generator = generator;
        this.tokens = tokens;
        this.settings = settings;
        this.fallback = Fallback.of(settings);
        this.limit = limit;
        this.length = settings.value("max_length").asInt(limit);
    }

    /// @param begins what the text begins with: what was said before, and `start` tokens that say what to do
    Written write(Supplier<Inputs> window, int[] begins, int start) {
        length = Math.min(length + Math.min(limit / 2 - 1, begins.length), limit);
        windows++;
        return model.run(() -> {
            try (Encoded encoded = generator.encode(window.get())) {
                double noSpeech = fallback.noSpeechThreshold() == null
                        ? 0
                        : noSpeech(encoded, Arrays.copyOf(begins, begins.length - start + 1));
                for (int i = 0; ; i++) {
                    Double temperature = fallback.temperatures().get(i);
                    chance |= temperature != null && temperature > 0;
                    GeneratedSequence text = text(encoded, begins, temperature, i);
                    double mean = text.scoreLogProbability() / text.ids().length;
                    boolean silent = fallback.silent(mean, noSpeech);
                    boolean again = !silent && fallback.doubts(text.ids(), mean, vocab());
                    if (!again || i == fallback.temperatures().size() - 1) {
                        return new Written(unended(text.ids()), silent, temperature);
                    }
                }
            }
        });
    }

    private int vocab() {
        return model.config().path("vocab_size").asInt();
    }

    private GeneratedSequence text(Encoded encoded, int[] begins, Double temperature, int attempt) {
        boolean sampled = temperature != null && temperature > 0;
        Map<String, Object> said = new HashMap<>();
        said.put("do_sample", sampled);
        said.put("temperature", sampled ? temperature : 1.0);
        said.put("output_scores", fallback.logprobThreshold() != null);
        if (chance) {
            said.put("num_beams", 1);
        }
        Settings here = settings.with(said);
        if (!settings.said("max_new_tokens")) {
            here = here.with(Map.of("max_new_tokens", Math.max(1, length - begins.length)));
        }
        Generation generation = here.read(model);
        // Else all windows and attempts would draw the same numbers.
        generation = generation.withSeed(generation.seed() + 1_000_003L * windows + attempt);
        return generator
                .generate(encoded, List.of(Prompt.of(begins)), generation, TokenListener.NONE)
                .sequences()
                .getFirst();
    }

    private int[] unended(int[] ids) {
        boolean ended = ids.length > 0 && ids[ids.length - 1] == tokens.endOfText();
        return ended ? Arrays.copyOf(ids, ids.length - 1) : ids;
    }

    /// Probability after `begins`, whose last token starts the text, of the token that says that nobody speaks.
    private double noSpeech(Encoded encoded, int[] begins) {
        int T = begins.length;
        Tensor ids = Tensor.of(Shape.of("batch", 1, "seq", T), begins);
        Tensor logits = network.decoder(encoded).forward(ids, Pass.from(1, T, 0, null));
        int V = logits.shape().last().size();
        float[] last = EncoderPass.values(logits, (long) (T - 1) * V, V);
        double sum = 0;
        for (float logit : last) {
            sum += Math.exp(logit - last[tokens.noTimestamps() - 1]);
        }
        return 1 / sum;
    }
}
