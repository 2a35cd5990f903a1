package headway.tasks;

import headway.generate.ConditionalGenerator;
import headway.generate.transform.LogitsTransform;
import headway.io.audio.LogMel;
import headway.io.audio.Sound;
import headway.kernels.DType;
import headway.models.EncoderDecoder;
import headway.models.Inputs;
import headway.nn.Pass;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/// What was said in a recording, by Whisper: window after window of half a minute, each beginning where
/// the last finished sentence of the one before it ended. [Radford et al.
/// 2022](https://arxiv.org/abs/2212.04356).
///
/// The algorithm is that of Hugging Face's `generate`, in its sequential form: a window whose text is unlikely is
/// written again at the next temperature ([Fallback]), and windows may be shown what was said before
/// ([PreviousText]). A recording longer than a window is always written with times, which it needs to go on.
public final class Transcribe {
    /// Seconds of a step of time, and of a frame of features; the same for all checkpoints.
    private static final double STEP = 0.02;

    private static final double FRAME = 0.01;

    private final LoadedModel model;
    private final EncoderDecoder network;
    private final LogMel front;
    private final WhisperTokens tokens;

    /// A piece of the recording.
    ///
    /// @param start seconds from its beginning
    /// @param tokens of the text, with those that say times
    public record Segment(double start, double end, String text, List<Integer> tokens) {}

    /// @param language what was spoken, such as `en`; null where the model knows one
    public record Transcript(String language, String text, List<Segment> segments) {}

    /// @param language what is spoken, such as `en`; null to let the model hear
    /// @param translate whether to write in English, whatever is spoken
    /// @param timestamps whether the model says when, also for a recording that fits a window
    /// @param settings under Hugging Face's names: `num_beams`, `max_new_tokens` …, and those of windows:
    ///     `temperature` (a number, or several to go through), `compression_ratio_threshold`, `logprob_threshold`,
    ///     `no_speech_threshold`, `condition_on_prev_tokens`, `prompt_ids` (see [#promptIds]),
    ///     `prompt_condition_type`
    public record Options(String language, boolean translate, boolean timestamps, Map<String, ?> settings) {
        /// The language that the model hears, with times.
        public static final Options DEFAULTS = new Options(null, false, true, Map.of());

        public Options {
            settings = Map.copyOf(settings);
        }

        /// The same for `language`.
        public Options withLanguage(String other) {
            return new Options(other, translate, timestamps, settings);
        }

        /// The same in English.
        public Options translating() {
            return new Options(language, true, timestamps, settings);
        }

        /// The same without times, where a window is enough.
        public Options withoutTimestamps() {
            return new Options(language, translate, false, settings);
        }
    }

    /// @throws TaskException when the checkpoint hears nothing
    public Transcribe(LoadedModel model) {
        Task.TRANSCRIBE.require(model);
        this.model = model;
        this.network = model.pretrained().encoderDecoder();
        this.front = LogMel.of(model.folder());
        this.tokens = WhisperTokens.of(model);
    }

    /// What was said in `sound`, whatever its sample rate.
    public Transcript transcribe(Sound sound) {
        return transcribe(sound, Options.DEFAULTS, _ -> {});
    }

    /// The same as `options` say; `progress` hears how many seconds are done.
    public Transcript transcribe(Sound sound, Options options, DoubleConsumer progress) {
        Sound heard = sound.resampled(front.config().samplingRate());
        boolean fits = heard.samples().length <= front.chunkSamples();
        LogMel.Features features = fits ? front.chunk(heard) : front.whole(heard);
        int window = front.chunkSamples() / front.config().hopLength();
        boolean timed = tokens.hasTimes() && (options.timestamps || !fits);
        Integer language = tokens.language(options.language);
        if (language == null && tokens.multilingual()) {
            language = detect(window(features, 0, window), window);
        }
        int[] start = tokens.start(language, options.translate, timed);
        Settings settings = settings(options.settings);
        var previous = PreviousText.of(settings, tokens, limit());
        List<LogitsTransform> rules = timed ? List.of(tokens.rules()) : List.of();
        var segments = new ArrayList<Segment>();
        try (var generator = new ConditionalGenerator(network, model.tokenizer(), rules)) {
            var writer = new WindowWriter(model, network, generator, tokens, settings, limit());
            for (int seek = 0; seek < features.frames(); ) {
                int frames = Math.min(window, features.frames() - seek);
                float[] cut = window(features, seek, window);
                var written = writer.write(() -> inputs(cut, window), previous.before(start), start.length);
                int known = segments.size();
                seek += written.silent() ? frames : segments(written.ids(), seek, frames, segments);
                previous.add(segments.subList(known, segments.size()), written.temperature());
                progress.accept(Math.min(seek * FRAME, heard.seconds()));
            }
        }
        var text = new StringBuilder();
        segments.forEach(s -> text.append(s.text));
        return new Transcript(tokens.code(language), text.toString(), List.copyOf(segments));
    }

    /// Features of frames `from …`, filled up with zeros.
    private static float[] window(LogMel.Features features, int from, int window) {
        float[] cut = new float[features.bands() * window];
        int frames = Math.min(window, features.frames() - from);
        for (int band = 0; band < features.bands(); band++) {
            System.arraycopy(features.values(), band * features.frames() + from, cut, band * window, frames);
        }
        return cut;
    }

    private Inputs inputs(float[] features, int window) {
        Tensor values =
                Tensor.allocate(Shape.of("batch", 1, "mel", front.config().featureSize(), "seq", window), DType.F32);
        MemorySegment.copy(features, 0, values.memory().segment(), ValueLayout.JAVA_FLOAT, 0, features.length);
        return new Inputs(Map.of("input_features", values), null);
    }

    private int detect(float[] features, int window) {
        return model.run(() -> {
            var decoder = network.decoder(network.encode(inputs(features, window)));
            Tensor start = Tensor.of(Shape.of("batch", 1, "seq", 1), network.startTokenId());
            Tensor logits = decoder.forward(start, Pass.from(1, 1, 0, null));
            return tokens.likeliest(EncoderPass.row(logits, 0));
        });
    }

    /// Most tokens of a text, what begins it included: positions are learned.
    private int limit() {
        return model.config().path("max_target_positions").asInt(448);
    }

    private Settings settings(Map<String, ?> given) {
        Map<String, Object> said = new HashMap<>(given);
        said.putIfAbsent("eos_token_id", tokens.endOfText());
        return Settings.of(model).with(said);
    }

    /// The tokens of `prompt_ids` for a text that sounds like what is said before the recording: names and words in
    /// the spelling that is wanted.
    ///
    /// @throws TaskException when the checkpoint has learned nothing of what comes before
    public int[] promptIds(String text) {
        int[] said = model.tokenizer().encodeIds(" " + text.strip(), false);
        int[] ids = new int[said.length + 1];
        ids[0] = model.tokenizer()
                .idOf("<|startofprev|>")
                .orElseThrow(() -> new TaskException(
                        "[transcribe] this checkpoint's vocabulary has no <|startofprev|>; leave the prompt out"));
        System.arraycopy(said, 0, ids, 1, said.length);
        return ids;
    }

    /// Adds what was said in one window; returns the frames after which the next one begins.
    private int segments(int[] ids, int seek, int frames, List<Segment> segments) {
        double offset = seek * FRAME;
        var cuts = new ArrayList<Integer>();
        for (int i = 0; i + 1 < ids.length; i++) {
            if (tokens.isTime(ids[i]) && tokens.isTime(ids[i + 1])) {
                cuts.add(i + 1);
            }
        }
        int n = ids.length;
        if (cuts.isEmpty()) {
            double end = frames * FRAME / STEP;
            for (int i = n - 1; i >= 0; i--) {
                if (tokens.isTime(ids[i])) {
                    end = tokens.steps(ids[i]) != 0 ? tokens.steps(ids[i]) : (int) end;
                    break;
                }
            }
            segments.add(segment(ids, 0, n, offset, offset + (int) end * STEP));
            return frames;
        }
        // A single time at the end: nothing more is said in this window.
        boolean finished = n >= 2 && tokens.isTime(ids[n - 1]) && !tokens.isTime(ids[n - 2]);
        if (finished) {
            cuts.add(n);
        } else {
            // The second of the last pair says that the segment is whole.
            cuts.set(cuts.size() - 1, cuts.getLast() + 1);
        }
        int from = 0;
        for (int c = 0; c < cuts.size(); c++) {
            int to = cuts.get(c);
            boolean pair = c == cuts.size() - 1 && !finished;
            double start = offset + tokens.steps(ids[from]) * STEP;
            double end = offset + tokens.steps(ids[to - (pair ? 2 : 1)]) * STEP;
            segments.add(segment(ids, from, to, start, end));
            from = to;
        }
        // Nothing would ever end where a model says that its first sentence took no time.
        int next = finished ? frames : 2 * tokens.steps(ids[from - 2]);
        return next == 0 ? frames : next;
    }

    private Segment segment(int[] ids, int from, int to, double start, double end) {
        int[] words =
                Arrays.stream(ids, from, to).filter(id -> !tokens.isTime(id)).toArray();
        List<Integer> all = Arrays.stream(ids, from, to).boxed().toList();
        return new Segment(start, end, model.tokenizer().decode(words, true), all);
    }

    /// Languages that the checkpoint knows, by their codes; empty where it knows one.
    public List<String> languages() {
        return tokens.languages();
    }
}
