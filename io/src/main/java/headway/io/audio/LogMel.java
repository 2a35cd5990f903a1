package headway.io.audio;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.io.PreprocessorConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Whisper's front end: sound to log-mel features; [Radford et al. 2022](https://arxiv.org/abs/2212.04356).
///
/// Frames of `n_fft` samples every `hop_length`, the sound mirrored at both ends and the last frame left out, times a
/// periodic Hann window; power spectrum; [mel bands][MelFilters]; `log10` of at least 1e-10; raised to at least the
/// whole
/// clip's maximum minus 8; `(x + 4) / 4`.
public final class LogMel {
    private static final Map<String, Object> DEFAULTS = Map.of(
            "featureSize", 80,
            "samplingRate", 16000,
            "hopLength", 160,
            "chunkLength", 30,
            "nFft", 400,
            "paddingValue", 0.0,
            "dither", 0.0,
            "doNormalize", false);

    /// Bands end here, whatever the sampling rate.
    private static final double HIGHEST_HERTZ = 8000;

    private final Config config;
    private final MelFilters filters;
    private final MixedRadixFft fft;
    private final double[] window;

    /// Field names are those of `preprocessor_config.json`.
    public record Config(
            int featureSize,
            int samplingRate,
            int hopLength,
            int chunkLength,
            int nFft,
            double paddingValue,
            double dither,
            boolean doNormalize) {
        /// Refuses sizes that no such front end has.
        public Config {
            within("feature_size", featureSize, 1, 1024);
            within("sampling_rate", samplingRate, 1000, Sound.LARGEST_RATE);
            within("n_fft", nFft, 2, 1 << 16);
            within("hop_length", hopLength, 1, nFft);
            within("chunk_length", chunkLength, 1, 3600);
        }

        private static void within(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException("%s is %d; expected %d to %d".formatted(name, value, least, most));
            }
        }
    }

    /// Log-mel values, shape `(bands, frames)`, a band's frames beside each other.
    public record Features(float[] values, int bands, int frames) {}

    /// A front end of these sizes.
    public LogMel(Config config) {
        this.config = config;
        this.filters = new MelFilters(config.featureSize, config.nFft / 2 + 1, config.samplingRate, HIGHEST_HERTZ);
        this.fft = new MixedRadixFft(config.nFft);
        this.window = new double[config.nFft];
        for (int i = 0; i < window.length; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window.length);
        }
    }

    /// Whisper's own sizes with `bands` bands, 80 or 128.
    public static LogMel ofBands(int bands) {
        return new LogMel(new Config(bands, 16000, 160, 30, 400, 0, 0, false));
    }

    /// The front end that `folder` describes in `preprocessor_config.json` or `processor_config.json`.
    ///
    /// @throws ConfigException when there is none, or it is of another kind
    public static LogMel of(Path folder) {
        var file = PreprocessorConfig.read(folder, "feature_extractor");
        JsonNode json = file.json();
        String type = json.path("feature_extractor_type").stringValue("WhisperFeatureExtractor");
        if (!type.equals("WhisperFeatureExtractor")) {
            throw new ConfigException("[audio] %s: feature_extractor_type is %s; only WhisperFeatureExtractor is known"
                    .formatted(file.path(), type));
        }
        return new LogMel(ConfigReader.read(json, Config.class, file.path().toString(), DEFAULTS));
    }

    /// Sizes of this front end.
    public Config config() {
        return config;
    }

    /// Samples of one window of the model, 30 s.
    public int chunkSamples() {
        return config.chunkLength * config.samplingRate;
    }

    /// Features of the first 30 s of `sound`, silence added where it is shorter.
    ///
    /// @throws AudioException when the sound has another sample rate
    public Features chunk(Sound sound) {
        return features(sound, chunkSamples());
    }

    /// Features of all of `sound`, however long, without silence behind it.
    ///
    /// @throws AudioException when the sound has another sample rate
    public Features whole(Sound sound) {
        return features(sound, sound.samples().length);
    }

    private Features features(Sound sound, int length) {
        if (sound.rate() != config.samplingRate) {
            throw new AudioException(
                    "[log-mel] the sound has %d samples a second, the model wants %d; resample it first"
                            .formatted(sound.rate(), config.samplingRate));
        }
        int half = config.nFft / 2;
        if (length <= half) {
            throw new AudioException(
                    "[log-mel] the sound has %d samples; expected more than %d".formatted(length, half));
        }
        float[] padded = mirrored(prepared(sound.samples(), length), half);
        int frames = length / config.hopLength;
        float[] values = new float[config.featureSize * frames];
        // Each transform takes two frames a lane: one as real, one as imaginary part.
        int block = 2 * MixedRadixFft.LANES;
        int blocks = (frames + block - 1) / block;
        int tasks = Math.min(blocks, 4 * Runtime.getRuntime().availableProcessors());
        IntStream.range(0, tasks).parallel().forEach(task -> {
            var w = fft.new Workspace();
            double[] power = new double[(half + 1) * block];
            for (int b = task; b < blocks; b += tasks) {
                block(padded, b * block, frames, w, power, values);
            }
        });
        float largest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (Math.max(values[i], largest - 8) + 4) / 4;
        }
        return new Features(values, config.featureSize, frames);
    }

    /// Cut or filled to `length`, normalized where the model wants it.
    private float[] prepared(float[] samples, int length) {
        float[] x = Arrays.copyOf(samples, length);
        int own = Math.min(samples.length, length);
        Arrays.fill(x, own, length, (float) config.paddingValue);
        if (config.doNormalize) {
            double mean = 0;
            for (int i = 0; i < own; i++) {
                mean += x[i] / own;
            }
            double variance = 0;
            for (int i = 0; i < own; i++) {
                variance += (x[i] - mean) * (x[i] - mean) / own;
            }
            double factor = 1 / Math.sqrt(variance + 1e-7);
            for (int i = 0; i < own; i++) {
                x[i] = (float) ((x[i] - mean) * factor);
            }
        }
        return x;
    }

    private static float[] mirrored(float[] x, int half) {
        float[] y = new float[x.length + 2 * half];
        System.arraycopy(x, 0, y, half, x.length);
        for (int i = 1; i <= half; i++) {
            y[half - i] = x[i];
            y[half + x.length - 1 + i] = x[x.length - 1 - i];
        }
        return y;
    }

    /// Frames `start` to `start + 2 · LANES`, as far as there are.
    private void block(float[] x, int start, int frames, MixedRadixFft.Workspace w, double[] power, float[] values) {
        int lanes = MixedRadixFft.LANES;
        int n = config.nFft;
        for (int lane = 0; lane < lanes; lane++) {
            // Frames past the end repeat the last one; nobody reads them.
            int first = Math.min(start + lane, frames - 1) * config.hopLength;
            int second = Math.min(start + lanes + lane, frames - 1) * config.hopLength;
            for (int t = 0; t < n; t++) {
                w.re[t * lanes + lane] = x[first + t] * window[t];
                w.im[t * lanes + lane] = x[second + t] * window[t];
            }
        }
        fft.transform(w);
        for (int k = 0; k <= n / 2; k++) {
            int mirror = (n - k) % n * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                double sumRe = w.re[k * lanes + lane] + w.re[mirror + lane];
                double sumIm = w.im[k * lanes + lane] + w.im[mirror + lane];
                double differenceRe = w.re[k * lanes + lane] - w.re[mirror + lane];
                double differenceIm = w.im[k * lanes + lane] - w.im[mirror + lane];
                power[k * 2 * lanes + lane] = (sumRe * sumRe + differenceIm * differenceIm) / 4;
                power[k * 2 * lanes + lanes + lane] = (sumIm * sumIm + differenceRe * differenceRe) / 4;
            }
        }
        int count = Math.min(2 * lanes, frames - start);
        double[] sums = new double[2 * lanes];
        for (int band = 0; band < config.featureSize; band++) {
            float[] weights = filters.weights[band];
            Arrays.fill(sums, 0);
            for (int k = 0; k < weights.length; k++) {
                int at = (filters.first[band] + k) * 2 * lanes;
                for (int lane = 0; lane < 2 * lanes; lane++) {
                    sums[lane] += weights[k] * power[at + lane];
                }
            }
            for (int lane = 0; lane < count; lane++) {
                values[band * frames + start + lane] = (float) Math.log10(Math.max(sums[lane], 1e-10));
            }
        }
    }
}
