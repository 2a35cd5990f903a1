package headway.train;

import headway.io.AtomicFiles;
import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.io.UnknownKeys;
import headway.io.Yaml;
import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Tokenizers;
import headway.models.Loading;
import headway.models.Presets;
import headway.models.Pretrained;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A run from its YAML to the finished folder: a Hugging Face checkpoint, `run.yaml`, `log.jsonl`, `loss.png` and
/// `checkpoints/`.
public final class TrainingRun implements AutoCloseable {
    private final ObjectNode yaml;
    private final Run run;
    private final Path folder;
    private final Path output;
    private final Arena arena = Arena.ofShared();
    private final Checkpoints checkpoints;
    private Pretrained model;
    private Trainer trainer;
    private RunData data;
    private Checkpoints.State state = Checkpoints.State.START;
    private RunLog log;
    private RunLock lock;

    /// What a run came to.
    ///
    /// @param finished whether it reached its end, rather than being stopped
    public record Result(Path output, int step, double loss, double bestEvalLoss, boolean finished) {}

    /// Prepares a run: reads the data, makes or loads the model, finds the checkpoint to go on from.
    ///
    /// @param yaml the run file's mapping
    /// @param file where it came from
    /// @param output folder of the run
    /// @param resume whether to go on from the last complete checkpoint
    public TrainingRun(ObjectNode yaml, Path file, Path output, boolean resume) {
        this.folder = file.toAbsolutePath().getParent();
        this.yaml = withSteps(yaml, file);
        this.run = Run.read(this.yaml, file.toString());
        this.output = output;
        this.checkpoints =
                new Checkpoints(output.resolve("checkpoints"), run.checkpoint().keep());
        try {
            prepare(resume);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// The mapping with `steps`: a run over stored batches that says nothing takes them all.
    private ObjectNode withSteps(ObjectNode yaml, Path file) {
        UnknownKeys.check(yaml, Run.class, file.toString());
        if (!yaml.path("batches").isString() || yaml.hasNonNull("steps")) {
            return yaml;
        }
        try (var stored = SafetensorsFile.open(Run.path(yaml.path("batches").asString(), folder))) {
            return yaml.deepCopy().put("steps", StoredArguments.steps(stored));
        }
    }

    private void prepare(boolean resume) {
        if (Files.exists(output)) {
            holdFolder();
        }
        Optional<Path> from = resume ? checkpoints.latest() : Optional.empty();
        if (!resume && checkpoints.latest().isPresent()) {
            throw Run.refused(
                    "%s already holds checkpoints of a run; give --resume to go on, or another output:", output);
        }
        if (from.isPresent()) {
            SameRun.check(output.resolve("run.yaml"), run);
        }
        Path known = from.isPresent() && Tokenizers.has(output) ? output : givenTokenizer();
        ObjectNode config = from.isPresent() ? null : asked();
        String head = from.map(checkpoint -> Json.read(checkpoint.resolve("config.json")))
                .orElse(config)
                .path("architectures")
                .path(0)
                .asString("");
        data = new RunData(run, folder, Kind.of(head), known);
        if (from.isPresent()) {
            model = Pretrained.load(from.get().toString(), Loading.TRAIN);
            state = Checkpoints.state(from.get());
        } else if (run.init() != null) {
            boolean same = config.equals(Json.read(initFolder().resolve("config.json")));
            model = same
                    ? Pretrained.load(initFolder().toString(), Loading.TRAIN)
                    : Pretrained.adapted(initFolder().toString(), completed(config), run.seed());
        } else {
            model = Pretrained.create(completed(config), "model", run.seed());
        }
        checkVocabulary();
        trainer = new Trainer(run, model, data.batches(model, arena));
        from.ifPresent(checkpoint -> Checkpoints.restore(checkpoint, trainer.optimizer()));
        // A run that cannot begin leaves no folder.
        if (lock == null) {
            holdFolder();
        }
        saveSetting();
        log = new RunLog(output.resolve("log.jsonl"), state.step());
    }

    private void holdFolder() {
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw Run.refused("%s is a file, not a folder; choose another output:", output);
        }
        Path saved = output.resolve("checkpoints");
        makeFolder(saved);
        lock = new RunLock(saved, output);
        // A process that was killed while it wrote leaves these.
        AtomicFiles.sweep(output);
        AtomicFiles.sweep(saved);
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "[train] cannot make the folder %s: %s; choose another output:"
                            .formatted(folder, AtomicFiles.reason(e)),
                    e);
        }
    }

    private Path initFolder() {
        return headway.io.Checkpoint.locate(Run.path(run.init(), folder).toString());
    }

    /// Where the tokenizer of the checkpoint lies; null for a new one, or where the run names another.
    private Path givenTokenizer() {
        boolean named = !run.tokenizer().isMissingNode() && !run.tokenizer().isNull();
        return run.init() != null && !named && Tokenizers.has(initFolder()) ? initFolder() : null;
    }

    private void checkVocabulary() {
        Tokenizer tokenizer = data.tokenizerOrNull();
        int vocabSize = model.config().path("vocab_size").asInt(Integer.MAX_VALUE);
        if (tokenizer != null && tokenizer.vocabSize() > vocabSize) {
            throw Run.refused(
                    "the tokenizer has %d tokens, the model's vocab_size is %d; leave vocab_size out to take the"
                            + " tokenizer's, or train a smaller tokenizer",
                    tokenizer.vocabSize(), vocabSize);
        }
    }

    /// The config that the run asks for: of `init`, a preset, or sizes under Hugging Face's names; with the head that
    /// the
    /// run names.
    private ObjectNode asked() {
        ObjectNode config;
        if (run.init() != null) {
            config = ((ObjectNode) Json.read(initFolder().resolve("config.json"))).deepCopy();
        } else {
            config = ((ObjectNode) run.model()).deepCopy();
            JsonNode preset = config.remove("preset");
            if (preset != null) {
                ObjectNode base = Presets.config(preset.asString());
                base.remove("vocab_size");
                config.properties().forEach(p -> base.set(p.getKey(), p.getValue()));
                config = base;
            }
            JsonNode family = config.remove("family");
            if (family != null && !config.has("model_type")) {
                config.put("model_type", family.asString());
            }
        }
        if (run.head() != null
                && !run.head().equals(config.path("architectures").path(0).asString(""))) {
            config.putArray("architectures").add(run.head());
        }
        return headway.models.Families.completed(config);
    }

    private ObjectNode completed(ObjectNode config) {
        data.complete(config);
        return config;
    }

    /// Writes what the run is: `run.yaml` as executed, and the tokenizer.
    private void saveSetting() {
        AtomicFiles.writeString(output.resolve("run.yaml"), Yaml.write(yaml));
        if (data.tokenizerOrNull() != null) {
            data.tokenizerOrNull().save(output);
        }
        data.save(output, model.config());
    }

    /// The model in training.
    public Pretrained model() {
        return model;
    }

    /// The tokenizer; null where the batches came as ids.
    public Tokenizer tokenizer() {
        return data.tokenizerOrNull();
    }

    /// Settings as read.
    public Run settings() {
        return run;
    }

    /// Losses so far.
    public RunLog log() {
        return log;
    }

    /// Steps done before this process began.
    public int startStep() {
        return state.step();
    }

    /// Most bytes of activations and gradients at any time.
    public long peakBytes() {
        return trainer.peakBytes();
    }

    /// Asks for an end after the running step, with a checkpoint. May be called from any thread.
    public void stop() {
        trainer.stop();
    }

    /// Trains, and writes the finished folder. Stopped early, it leaves a checkpoint to go on from and writes the
    /// folder all the same.
    public Result train(Progress progress) {
        state = trainer.train(state, checkpoints, log, progress);
        boolean early = run.isPatienceOver(state.worse());
        boolean stopped = !early && state.step() < run.steps();
        if (early) {
            // Patience ran out: the best weights are the result.
            try (var best = Pretrained.load(checkpoints.of(state.bestStep()).toString(), Loading.TRAIN)) {
                best.save(output);
            }
        } else {
            model.save(output);
        }
        saveGeneration();
        plot();
        double loss =
                log.losses().isEmpty() ? Double.NaN : log.losses().getLast().value();
        return new Result(output, state.step(), loss, state.bestLoss(), !stopped);
    }

    /// A run that is stopped gets its picture when it goes on: the JDK's graphics register a shutdown
    /// hook, which a JVM that Ctrl-C is ending refuses.
    private void plot() {
        if (trainer.isStopping()) {
            return;
        }
        try {
            LossPlot.write(output.resolve("loss.png"), run.name(), log);
        } catch (RuntimeException | LinkageError e) {
            if (!trainer.isStopping()) {
                throw e;
            }
        }
    }

    private void saveGeneration() {
        Path from = run.init() == null ? output : initFolder();
        if (!from.equals(output) && Files.exists(from.resolve("generation_config.json"))) {
            AtomicFiles.write(
                    output.resolve("generation_config.json"),
                    out -> Files.copy(from.resolve("generation_config.json"), out));
        }
        Path there = output.resolve("generation_config.json");
        var config = model.config();
        if (!Files.exists(there) && config.has("eos_token_id")) {
            AtomicFiles.writeString(there, "{\n  \"eos_token_id\": %s\n}\n".formatted(config.get("eos_token_id")));
        }
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
        if (trainer != null) {
            trainer.close();
        }
        if (data != null) {
            data.close();
        }
        if (model != null) {
            model.close();
        }
        arena.close();
        if (lock != null) {
            lock.close();
        }
    }
}
