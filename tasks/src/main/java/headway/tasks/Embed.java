package headway.tasks;

import headway.io.NearestName;
import headway.io.tokenizer.Encoding;
import headway.models.CausalModel;
import headway.models.EncoderModel;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A text as a vector, so that texts of like meaning lie near each other: the last hidden states of its
/// tokens, pooled, and what else the modules of a sentence-transformers folder do. A bare encoder gets
/// the mean.
///
/// No padding is computed: the texts of a batch lie one behind the other in one row, and each sees itself alone.
/// Only decoders and families whose scores depend on more than their own keys have a row a text, in batches of like
/// length.
/// [Reimers & Gurevych 2019](https://arxiv.org/abs/1908.10084).
public final class Embed {
    private final LoadedModel model;
    private final TextReader reader;
    private final SentenceModules modules;

    /// @param prompt name of the text that the folder wants before a text, such as `query`; null for the
    ///     folder's own choice, which is mostly none
    /// @param normalize whether vectors get length 1, also where the folder does not say so
    /// @param tooLong what happens to a text that is longer than the folder's `max_seq_length`
    public record Options(String prompt, boolean normalize, TooLong tooLong) {
        /// As the folder says; what is too long is cut, as in the reference.
        public static final Options DEFAULTS = new Options(null, false, TooLong.TRUNCATE);

        /// The same with the prompt `name`.
        public Options withPrompt(String name) {
            return new Options(name, normalize, tooLong);
        }

        /// The same with vectors of length 1.
        public Options normalizing() {
            return new Options(prompt, true, tooLong);
        }
    }

    /// @throws TaskException when the checkpoint reads no texts
    public Embed(LoadedModel model) {
        Task.EMBED.require(model);
        this.model = model;
        this.modules = SentenceModules.of(model.folder());
        ContextLength length = ContextLength.of(model);
        if (modules.maxLength() > 0) {
            length = new ContextLength(length.positions(), Math.min(length.positions(), modules.maxLength()));
        }
        this.reader = new TextReader(Task.EMBED.command(), model, length);
    }

    /// Without files: mean pooling and vectors of length 1, over tokens that are there already.
    Embed(LoadedModel model, SentenceModules modules) {
        this.model = model;
        this.modules = modules;
        this.reader = null;
    }

    /// The vector of `text`.
    public float[] embed(String text) {
        return embedAll(List.of(text), Options.DEFAULTS).getFirst();
    }

    /// The vector of each of `texts`.
    public List<float[]> embedAll(List<String> texts) {
        return embedAll(texts, Options.DEFAULTS);
    }

    /// The same as `options` say.
    public List<float[]> embedAll(List<String> texts, Options options) {
        String prompt = prompt(options.prompt);
        List<TextPair> prompted = texts.stream()
                .map(t -> TextPair.of(prompt + (modules.lowerCase() ? t.toLowerCase(Locale.ROOT) : t)))
                .toList();
        List<Encoding> encoded = reader.read(prompted, options.tooLong);
        int left = prompt.isEmpty() || modules.pooling().wholeText() ? 0 : tokens(prompt);
        return vectors(encoded, reader.padId(), left, options);
    }

    /// Tokens that `prompt` takes at the front of a text, those before it included.
    private int tokens(String prompt) {
        Encoding alone = reader.tokenizer().encode(prompt, true);
        int n = alone.length();
        return n > 0 && alone.specialTokensMask()[n - 1] == 1 ? n - 1 : n;
    }

    List<float[]> vectors(List<Encoding> encoded, int padId, int prompt, Options options) {
        return EncoderPass.batches(model, encoded, padId, batch -> vectors(batch, prompt, options));
    }

    /// The cosine of the angle between two vectors.
    public static double cosine(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new TaskException(
                    "[embed] vectors of %d and %d numbers; expected as many".formatted(a.length, b.length));
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    private String prompt(String name) {
        Map<String, String> known = modules.prompts();
        if (name == null) {
            return known.getOrDefault(modules.defaultPrompt() == null ? "" : modules.defaultPrompt(), "");
        }
        if (!known.containsKey(name)) {
            throw new TaskException("[embed] %s has no prompt '%s'%s; known: %s"
                    .formatted(
                            model.folder(),
                            name,
                            NearestName.hint(name, known.keySet()),
                            known.isEmpty() ? "none" : String.join(", ", known.keySet())));
        }
        return known.get(name);
    }

    private List<float[]> vectors(TextBatch batch, int prompt, Options options) {
        Tensor hidden = hidden(batch);
        int D = hidden.shape().last().size();
        var vectors = new ArrayList<float[]>();
        for (int b = 0; b < batch.texts().size(); b++) {
            float[] v = modules.pooling().apply(batch.of(hidden, b), D, prompt);
            for (SentenceModules.Step step : modules.steps()) {
                v = step.apply(v);
            }
            vectors.add(options.normalize ? new SentenceModules.Step.Normalize().apply(v) : v);
        }
        return vectors;
    }

    private Tensor hidden(TextBatch batch) {
        if (model.model() instanceof CausalModel decoder) {
            int B = batch.texts().size();
            int T = batch.pitch();
            // Padding stands behind each text, where a causal mask hides it.
            return decoder.hidden(
                    decoder.embed(batch.inputs().integers("input_ids", "batch", B, "seq", T)),
                    Pass.from(B, T, 0, null));
        }
        return Trace.unseen(() -> ((EncoderModel) model.model()).encoder().encode(batch.inputs()));
    }
}
