package headway.tasks;

import headway.generate.ConditionalGenerator;
import headway.generate.GeneratedSequence;
import headway.generate.Generation;
import headway.generate.Prompt;
import headway.generate.TokenListener;
import headway.generate.transform.LogitsTransform;
import headway.generate.transform.TimestampRules;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import tools.jackson.databind.JsonNode;

/// What was said in a recording, by Whisper: window after window of half a minute, each beginning where
/// the last finished sentence of the one before it ended. [Radford et al.
/// 2022](https://arxiv.org/abs/2212.04356).
///
/// The algorithm is that of Hugging Face's `generate`, in its sequential form, without going back to a
/// higher temperature. A recording longer than a window is always written with times, which it needs to
/// go on.
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
    public record Segment(double start, double end, String text) {}

    /// @param language what was spoken, such as `en`; null where the model knows one
    public record Transcript(String language, String text, List<Segment> segments) {}

    /// @param language what is spoken, such as `en`; null to let the model hear
    /// @param translate whether to write in English, whatever is spoken
    /// @param timestamps whether the model says when, also for a recording that fits a window
    /// @param settings under Hugging Face's names: `num_beams`, `max_new_tokens` …
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
        Generation generation = settings(options.settings, start.length);
        List<LogitsTransform> rules = timed ? List.of(tokens.rules()) : List.of();
        var segments = new ArrayList<Segment>();
        try (var generator = new ConditionalGenerator(network, model.tokenizer(), rules)) {
            for (int seek = 0; seek < features.frames(); ) {
                int frames = Math.min(window, features.frames() - seek);
                int[] ids = write(generator, window(features, seek, window), window, start, generation);
                seek += segments(ids, seek, frames, segments);
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

    private int[] write(
            ConditionalGenerator generator, float[] features, int window, int[] start, Generation generation) {
        GeneratedSequence written = model.run(() -> generator
                .generate(inputs(features, window), List.of(Prompt.of(start)), generation, TokenListener.NONE)
                .sequences()
                .getFirst());
        int[] ids = written.ids();
        boolean ended = ids.length > 0 && ids[ids.length - 1] == tokens.endOfText();
        return ended ? Arrays.copyOf(ids, ids.length - 1) : ids;
    }

    private Generation settings(Map<String, ?> given, int start) {
        Settings settings = Settings.of(model);
        int most = model.config().path("max_target_positions").asInt(448);
        Map<String, Object> said = new HashMap<>(given);
        // Positions are learned: what begins a text takes some of them.
        int length = Math.min(settings.file().path("max_length").asInt(most) + start, most);
        said.putIfAbsent("max_new_tokens", length - start);
        said.putIfAbsent("eos_token_id", tokens.endOfText());
        return settings.with(said).read(model);
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
        return new Segment(start, end, model.tokenizer().decode(words, true));
    }

    /// Languages that the checkpoint knows, by their codes; empty where it knows one.
    public List<String> languages() {
        return tokens.languages();
    }

    /// The tokens that tell Whisper what to do, as `generation_config.json` names them.
    ///
    /// @param noTimestamps -1 where the vocabulary has no times: a checkpoint that learnt to write words alone
    /// @param ids of languages by code; empty where the checkpoint knows one language
    private record WhisperTokens(
            int startOfText,
            int endOfText,
            int noTimestamps,
            int maxInitial,
            Map<String, Integer> ids,
            int transcribe,
            int translate) {
        static WhisperTokens of(LoadedModel model) {
            JsonNode file = Settings.of(model).file();
            int none = file.path("no_timestamps_token_id").asInt(-1);
            if (none < 0 && model.tokenizer().idOf("<|notimestamps|>").isPresent()) {
                throw new TaskException(
                        "[transcribe] %s: generation_config.json has no no_timestamps_token_id; take the file that came with the checkpoint"
                                .formatted(model.folder()));
            }
            var ids = new LinkedHashMap<String, Integer>();
            file.path("lang_to_id")
                    .properties()
                    .forEach(p -> ids.put(
                            p.getKey().replaceAll("[<|>]", ""), p.getValue().asInt()));
            JsonNode eos = file.path("eos_token_id");
            return new WhisperTokens(
                    model.pretrained().encoderDecoder().startTokenId(),
                    eos.isInt()
                            ? eos.asInt()
                            : model.config().path("eos_token_id").asInt(50257),
                    none,
                    file.path("max_initial_timestamp_index").asInt(-1),
                    ids,
                    file.path("task_to_id").path("transcribe").asInt(-1),
                    file.path("task_to_id").path("translate").asInt(-1));
        }

        boolean multilingual() {
            return !ids.isEmpty();
        }

        List<String> languages() {
            return List.copyOf(ids.keySet());
        }

        Integer language(String code) {
            if (code == null) {
                return null;
            }
            Integer id = ids.get(code.toLowerCase(java.util.Locale.ROOT));
            if (id == null) {
                throw new TaskException("[transcribe] language '%s' is not one that this checkpoint knows; known: %s"
                        .formatted(code, ids.isEmpty() ? "one alone, leave it out" : String.join(", ", ids.keySet())));
            }
            return id;
        }

        String code(Integer id) {
            return ids.entrySet().stream()
                    .filter(e -> e.getValue().equals(id))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        int likeliest(float[] logits) {
            int best = ids.values().iterator().next();
            for (int id : ids.values()) {
                best = logits[id] > logits[best] ? id : best;
            }
            return best;
        }

        int[] start(Integer language, boolean english, boolean timed) {
            var start = new ArrayList<Integer>(List.of(startOfText));
            if (language != null) {
                start.add(language);
            }
            int task = english ? translate : transcribe;
            if (english && task < 0) {
                throw new TaskException("[transcribe] this checkpoint does not translate: it knows English alone");
            }
            if (multilingual() && task >= 0) {
                start.add(task);
            }
            if (!timed && hasTimes()) {
                start.add(noTimestamps);
            }
            return start.stream().mapToInt(Integer::intValue).toArray();
        }

        TimestampRules rules() {
            return new TimestampRules(noTimestamps, endOfText, maxInitial);
        }

        boolean hasTimes() {
            return noTimestamps >= 0;
        }

        boolean isTime(int id) {
            return hasTimes() && id > noTimestamps;
        }

        int steps(int id) {
            return id - noTimestamps - 1;
        }
    }
}
