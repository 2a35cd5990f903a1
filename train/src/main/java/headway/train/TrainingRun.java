package headway.train;

import headway.io.AtomicFiles;
import headway.io.SafetensorsFile;
import headway.io.UnknownKeys;
import headway.io.Yaml;
import headway.io.tokenizer.BpeTrainer;
import headway.io.tokenizer.ByteTokenizer;
import headway.io.tokenizer.CharTokenizer;
import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Tokenizers;
import headway.kernels.Span;
import headway.models.Loading;
import headway.models.Presets;
import headway.models.Pretrained;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    private Tokenizer tokenizer;
    private Trainer trainer;
    private AutoCloseable data = () -> {};
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
            return yaml.deepCopy().put("steps", StoredBatches.steps(stored));
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
        Span tokens = null;
        if (run.batches() == null) {
            Corpus corpus = Corpus.read(run.dataPaths(folder));
            tokenizer = from.isPresent() ? Tokenizers.of(output) : tokenizer(corpus);
            tokens = corpus.tokens(tokenizer, arena);
        } else if (run.init() != null && Files.exists(initFolder().resolve("tokenizer.json"))) {
            tokenizer = Tokenizers.of(initFolder());
        }
        if (from.isPresent()) {
            model = Pretrained.load(from.get().toString(), Loading.TRAIN);
            state = Checkpoints.state(from.get());
        } else if (run.init() != null) {
            model = Pretrained.load(initFolder().toString(), Loading.TRAIN);
        } else {
            model = Pretrained.create(config(), "model", run.seed());
        }
        checkVocabulary();
        trainer = new Trainer(run, model, batches(tokens));
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

    private Batches batches(Span tokens) {
        int vocabSize = model.decoder().sizes().vocabSize();
        int most = model.decoder().sizes().maxPositions();
        if (run.batches() != null) {
            var stored = new StoredBatches(
                    SafetensorsFile.open(Run.path(run.batches(), folder)), run.steps(), run.accumulate(), vocabSize);
            data = stored;
            if (stored.sequenceLength() > most) {
                throw Run.refused(
                        "%s: input_ids has rows of %d tokens; the model has %d positions",
                        run.batches(), stored.sequenceLength(), most);
            }
            return stored;
        }
        int T = run.sequenceLength();
        if (T > most) {
            throw Run.refused("sequenceLength: %d is more than the model's %d positions", T, most);
        }
        boolean evaluates = run.evaluate().every() > 0;
        long held = evaluates ? (long) (tokens.count() * run.evaluate().fraction()) : 0;
        return new TextBatches(tokens, held, run.batchSize(), T, run.accumulate(), run.seed());
    }

    private void checkVocabulary() {
        int vocabSize = model.decoder().sizes().vocabSize();
        if (tokenizer != null && tokenizer.vocabSize() > vocabSize) {
            throw Run.refused(
                    "the tokenizer has %d tokens, the model's vocab_size is %d; leave vocab_size out to take the"
                            + " tokenizer's, or train a smaller tokenizer",
                    tokenizer.vocabSize(), vocabSize);
        }
    }

    /// The model's config: a preset or sizes under Hugging Face's names, with the vocabulary of the tokenizer.
    private ObjectNode config() {
        ObjectNode config = ((ObjectNode) run.model()).deepCopy();
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
        if (!config.has("vocab_size") && tokenizer != null) {
            config.put("vocab_size", tokenizer.vocabSize());
        }
        if (tokenizer != null && tokenizer.eosId().isPresent() && !config.has("eos_token_id")) {
            config.put("eos_token_id", tokenizer.eosId().getAsInt());
        }
        if (tokenizer != null && tokenizer.bosId().isPresent() && !config.has("bos_token_id")) {
            config.put("bos_token_id", tokenizer.bosId().getAsInt());
        }
        return headway.models.Families.completed(config);
    }

    private Tokenizer tokenizer(Corpus corpus) {
        JsonNode t = run.tokenizer();
        if (t.isMissingNode() || t.isNull()) {
            if (run.init() != null) {
                return Tokenizers.of(initFolder());
            }
            return trained(corpus, 4096);
        }
        if (t.isObject()) {
            String kind = t.path("train").asString("bpe");
            if (!kind.equals("bpe")) {
                throw Run.refused("tokenizer.train is '%s'; this version trains bpe", kind);
            }
            return trained(corpus, t.path("vocabSize").asInt(4096));
        }
        return switch (t.asString()) {
            case "bytes" -> new ByteTokenizer();
            case "characters" -> CharTokenizer.of(corpus.documents());
            case "bpe" -> trained(corpus, 4096);
            default -> Tokenizers.of(Run.path(t.asString(), folder));
        };
    }

    private static Tokenizer trained(Corpus corpus, int vocabSize) {
        var bpe = new BpeTrainer(vocabSize, List.of("<|endoftext|>"));
        corpus.documents().forEach(bpe::add);
        return bpe.train();
    }

    /// Writes what the run is: `run.yaml` as executed, and the tokenizer.
    private void saveSetting() {
        AtomicFiles.writeString(output.resolve("run.yaml"), Yaml.write(yaml));
        if (tokenizer != null) {
            tokenizer.save(output);
        }
    }

    /// The model in training.
    public Pretrained model() {
        return model;
    }

    /// The tokenizer; null where the batches came as ids.
    public Tokenizer tokenizer() {
        return tokenizer;
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
        try {
            data.close();
        } catch (Exception e) {
            throw new IllegalStateException("[train] closing the data failed: " + e.getMessage(), e);
        }
        if (model != null) {
            model.close();
        }
        if (tokenizer != null) {
            tokenizer.close();
        }
        arena.close();
        if (lock != null) {
            lock.close();
        }
    }
}
