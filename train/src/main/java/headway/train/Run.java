package headway.train;

import headway.io.ConfigException;
import headway.io.ConfigReader;
import headway.io.UnknownKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A training run as its YAML file describes it; the components are the file's keys.
///
/// @param name part of the output folder's name
/// @param model family and sizes under Hugging Face's names, or `{preset: NAME}`; or missing, with `init`
/// @param init checkpoint to start from; null for a new model
/// @param head architecture of the model, such as `BertForSequenceClassification`, where it is not the one that `model`
/// or
///     `init` names; a head that the checkpoint of `init` lacks begins new
/// @param data file or folder of text, or a list of them; for heads with columns files of rows, or one file of lines a
///     column; or missing, with `batches`
/// @param columns names of the columns in the data, where they are not called as the head's [Kind] calls them
/// @param lines expression with named groups that makes columns of plain lines
/// @param batches safetensors file with `input_ids` `[steps, batch, seq]` and optionally `labels`; for other heads all
///     arguments of their `forward`
/// @param tokenizer `bytes`, `characters`, `{train: bpe, vocabSize: N}`, or a tokenizer's file or folder
/// @param sequenceLength tokens of a row
/// @param batchSize rows of a micro-batch
/// @param accumulate micro-batches of a step
/// @param steps length of the run; where it is left out, all that `batches` holds, else 1000
/// @param maxGradNorm norm that gradients are clipped to; 0 for no clipping
/// @param precision storage of the matrices while they are used: `f32`, `bf16` or `f16`; the optimizer always works
///     on `F32` masters
/// @param output folder of the run; null for `runs/NAME-DATE`
public record Run(
        String name,
        JsonNode model,
        String init,
        String head,
        JsonNode data,
        JsonNode columns,
        String lines,
        String batches,
        JsonNode tokenizer,
        int sequenceLength,
        int batchSize,
        int accumulate,
        int steps,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        double maxGradNorm,
        double dropout,
        String precision,
        long seed,
        Evaluation evaluate,
        Checkpointing checkpoint,
        String output) {
    /// AdamW's numbers.
    ///
    /// @param decayOn `matrices`: parameters of two axes and more; `all`: every one
    public record OptimizerSettings(
            String name, double learningRate, List<Double> betas, double eps, double weightDecay, String decayOn) {
        public OptimizerSettings {
            oneOf("optimizer.name", name, "adamw");
            oneOf("optimizer.decayOn", decayOn, "matrices", "all");
            atLeast("optimizer.learningRate", learningRate, 0);
            atLeast("optimizer.weightDecay", weightDecay, 0);
            if (!(eps > 0)) {
                throw new IllegalArgumentException("optimizer.eps is %s; expected more than 0".formatted(eps));
            }
            if (betas.size() != 2 || betas.stream().anyMatch(b -> !(b >= 0 && b < 1))) {
                throw new IllegalArgumentException(
                        "optimizer.betas is %s; expected two numbers in [0, 1)".formatted(betas));
            }
        }
    }

    /// Which [Schedule], and its numbers.
    ///
    /// @param decaySteps length of the fall at the end of `wsd`; 0 for a tenth of the run
    /// @param learningRates of `table`, one a step
    public record ScheduleSettings(
            String name, int warmupSteps, double minLearningRate, int decaySteps, List<Double> learningRates) {
        public ScheduleSettings {
            oneOf("schedule.name", name, "cosine", "linear", "constant", "wsd", "inverse-sqrt", "table");
            atLeast("schedule.warmupSteps", warmupSteps, 0);
            atLeast("schedule.decaySteps", decaySteps, 0);
            atLeast("schedule.minLearningRate", minLearningRate, 0);
        }
    }

    /// When and on what the model is evaluated.
    ///
    /// @param every steps between evaluations; 0 for none
    /// @param data file of rows to evaluate on; null for a part of the data
    /// @param fraction part of the text, at its end, that is held out; of rows, any of them
    /// @param batches most batches that an evaluation reads; 0 for all
    /// @param patience evaluations without a better loss after which the run stops; 0 for never
    public record Evaluation(int every, String data, double fraction, int batches, int patience) {
        public Evaluation {
            atLeast("evaluate.every", every, 0);
            atLeast("evaluate.batches", batches, 0);
            atLeast("evaluate.patience", patience, 0);
            if (!(fraction >= 0 && fraction < 1)) {
                throw new IllegalArgumentException("evaluate.fraction is %s; expected 0 ≤ f < 1".formatted(fraction));
            }
        }
    }

    /// When checkpoints are written.
    ///
    /// @param every steps between checkpoints; 0 for one at the end of an interrupted run only
    /// @param keep how many of the latest stay, beside the best
    public record Checkpointing(int every, int keep) {
        public Checkpointing {
            atLeast("checkpoint.every", every, 0);
            atLeast("checkpoint.keep", keep, 1);
        }
    }

    public Run {
        if (init == null && !model.isObject()) {
            throw new IllegalArgumentException(
                    "neither model nor init is there; give model: {model_type: llama, …} or init: FOLDER");
        }
        if ((batches == null) == (data.isMissingNode() || data.isNull())) {
            throw new IllegalArgumentException("give either data: (text) or batches: (a safetensors file)");
        }
        atLeast("steps", steps, 1);
        atLeast("accumulate", accumulate, 1);
        atLeast("batchSize", batchSize, 1);
        atLeast("sequenceLength", sequenceLength, 2);
        atLeast("maxGradNorm", maxGradNorm, 0);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is %s; expected 0 ≤ p < 1".formatted(dropout));
        }
        oneOf("precision", precision, "f32", "bf16", "f16");
        if (schedule.name.equals("table")
                && (schedule.learningRates == null || schedule.learningRates.size() < steps)) {
            throw new IllegalArgumentException("schedule.learningRates has %d entries; steps is %d"
                    .formatted(schedule.learningRates == null ? 0 : schedule.learningRates.size(), steps));
        }
    }

    /// What a run file leaves out is as PyTorch's AdamW has it: a constant rate of 1e-3, no clipping.
    private static final Map<String, Object> DEFAULTS = defaults();

    private static Map<String, Object> defaults() {
        var d = new HashMap<String, Object>();
        d.put("name", "run");
        d.put("init", null);
        d.put("head", null);
        d.put("lines", null);
        d.put("evaluate.data", null);
        d.put("batches", null);
        d.put("output", null);
        d.put("sequenceLength", 256);
        d.put("batchSize", 8);
        d.put("accumulate", 1);
        d.put("steps", 1000);
        d.put("maxGradNorm", 0.0);
        d.put("dropout", 0.0);
        d.put("precision", "f32");
        d.put("seed", 1L);
        d.put("optimizer.name", "adamw");
        d.put("optimizer.learningRate", 1e-3);
        d.put("optimizer.betas", List.of(0.9, 0.999));
        d.put("optimizer.eps", 1e-8);
        d.put("optimizer.weightDecay", 0.01);
        d.put("optimizer.decayOn", "matrices");
        d.put("schedule.name", "constant");
        d.put("schedule.warmupSteps", 0);
        d.put("schedule.minLearningRate", 0.0);
        d.put("schedule.decaySteps", 0);
        d.put("schedule.learningRates", null);
        d.put("evaluate.every", 0);
        d.put("evaluate.fraction", 0.1);
        d.put("evaluate.batches", 0);
        d.put("evaluate.patience", 0);
        d.put("checkpoint.every", 0);
        d.put("checkpoint.keep", 2);
        return d;
    }

    /// Checks and reads a run file's mapping; nested mappings that are missing take their defaults.
    ///
    /// @param file where it came from, for errors
    public static Run read(tools.jackson.databind.node.ObjectNode yaml, String file) {
        UnknownKeys.check(yaml, Run.class, file);
        var whole = yaml.deepCopy();
        for (String part : List.of("optimizer", "schedule", "evaluate", "checkpoint")) {
            if (whole.path(part).isMissingNode()) {
                whole.putObject(part);
            }
        }
        return ConfigReader.read(whole, Run.class, file, DEFAULTS);
    }

    /// Whether `worse` evaluations without a better loss are as many as `evaluate.patience` allows.
    boolean isPatienceOver(int worse) {
        return evaluate.patience > 0 && worse >= evaluate.patience;
    }

    /// The files and folders that `data` names, beside `folder` or below the working directory.
    List<Path> dataPaths(Path folder) {
        var paths = new ArrayList<Path>();
        if (data.isArray()) {
            data.forEach(item -> paths.add(path(item.asString(), folder)));
        } else {
            paths.add(path(data.asString(), folder));
        }
        return paths;
    }

    /// `name` as a path: beside the run file if it is there, else below the working directory.
    static Path path(String name, Path folder) {
        Path beside = folder.resolve(name);
        return Files.exists(beside) ? beside : Path.of(name);
    }

    private static void oneOf(String key, String value, String... known) {
        if (!List.of(known).contains(value)) {
            throw new IllegalArgumentException(
                    "%s is '%s'; expected %s".formatted(key, value, String.join(", ", known)));
        }
    }

    private static void atLeast(String key, double value, double least) {
        if (!(value >= least)) {
            throw new IllegalArgumentException(
                    "%s is %s; expected at least %s".formatted(key, plain(value), plain(least)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /// The error for something that this run asks for and cannot have.
    static ConfigException refused(String format, Object... arguments) {
        return new ConfigException("[train] " + format.formatted(arguments));
    }
}
