package headway.train;

import headway.io.AtomicFiles;
import headway.io.Json;
import headway.io.SafetensorsFile;
import headway.io.SafetensorsWriter;
import headway.io.StoredTensor;
import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.models.Pretrained;
import headway.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The `checkpoints/` of a run: folders `step-000100`, each of which appears whole, with the model in Hugging Face
/// layout, the optimizer's state, and where the run stood.
///
/// The latest few stay, and the one with the best evaluation.
final class Checkpoints {
    private static final String STATE = "state.json";
    private static final String OPTIMIZER = "optimizer.safetensors";

    /// Where a run stands.
    ///
    /// @param bestLoss of the best evaluation; infinite before the first
    /// @param worse evaluations since the best one
    record State(int step, double bestLoss, int bestStep, int worse) {
        static final State START = new State(0, Double.POSITIVE_INFINITY, 0, 0);
    }

    private final Path folder;
    private final int keep;

    Checkpoints(Path folder, int keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /// The latest complete checkpoint.
    Optional<Path> latest() {
        return steps().stream().reduce((_, later) -> later);
    }

    Path of(int step) {
        return folder.resolve("step-%06d".formatted(step));
    }

    private List<Path> steps() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.filter(
                            p -> p.getFileName().toString().matches("step-\\d{6,}") && Files.exists(p.resolve(STATE)))
                    .sorted(java.util.Comparator.comparingInt(Checkpoints::step))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static int step(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring("step-".length()));
    }

    /// Writes the checkpoint of `state`, then removes those that are not kept.
    Path save(State state, Pretrained model, Optimizer optimizer) {
        Path target = of(state.step);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot make " + folder + ": " + e.getMessage(), e);
        }
        AtomicFiles.writeFolder(target, temporary -> {
            model.save(temporary);
            SafetensorsWriter.write(
                    temporary.resolve(OPTIMIZER),
                    optimizer.state().entrySet().stream()
                            .map(e -> stored(e.getKey(), e.getValue()))
                            .toList());
            AtomicFiles.writeString(temporary.resolve(STATE), json(state));
        });
        List<Path> all = steps();
        for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
            if (step(old) != state.bestStep) {
                AtomicFiles.deleteFolder(old);
            }
        }
        return target;
    }

    private static StoredTensor stored(String name, Tensor t) {
        return new StoredTensor(name, t.dtype(), t.shape().sizes(), t.memory().segment());
    }

    private static String json(State s) {
        return "{\"step\":%d,\"bestLoss\":%s,\"bestStep\":%d,\"worse\":%d}\n"
                .formatted(s.step, Double.isInfinite(s.bestLoss) ? "null" : s.bestLoss, s.bestStep, s.worse);
    }

    /// Where the run of `checkpoint` stood.
    static State state(Path checkpoint) {
        JsonNode s = Json.read(checkpoint.resolve(STATE));
        return new State(
                s.path("step").asInt(),
                s.path("bestLoss").isNumber() ? s.path("bestLoss").asDouble() : Double.POSITIVE_INFINITY,
                s.path("bestStep").asInt(),
                s.path("worse").asInt());
    }

    /// Reads the optimizer's state of `checkpoint` into `optimizer`.
    static void restore(Path checkpoint, Optimizer optimizer) {
        try (var file = SafetensorsFile.open(checkpoint.resolve(OPTIMIZER))) {
            for (Map.Entry<String, Tensor> e : optimizer.state().entrySet()) {
                StoredTensor saved = file.tensor(e.getKey());
                Tensor t = e.getValue();
                if (!Arrays.equals(saved.shape(), t.shape().sizes())) {
                    throw Run.refused(
                            "%s: %s has shape %s, the model asks for %s; the run file's model is not the checkpoint's",
                            file.path(), e.getKey(), Arrays.toString(saved.shape()), t.shape());
                }
                ConvertKernel.run(t.memory(), new Span(saved.data(), saved.dtype()), 0, t.count());
            }
        }
    }
}
