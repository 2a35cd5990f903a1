package headway.train;

import headway.io.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// A run over a little text that takes a second: dropout, two micro-batches a step, evaluations, checkpoints.
final class SmallRun {
    static final int STEPS = 12;

    private SmallRun() {}

    /// Text in which the next word can be guessed sometimes.
    static String text(int characters) {
        String[] words = {
            "the", "cat", "sat", "on", "a", "mat", "and", "saw", "two", "rats;", "né,", "then", "it", "ran."
        };
        var text = new StringBuilder();
        long state = 12345;
        int word = 0;
        while (text.length() < characters) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            word = (state >>> 60) < 11 ? (word + 1) % words.length : (int) ((state >>> 33) % words.length);
            text.append(words[word]).append((state >>> 40) % 9 == 0 ? '\n' : ' ');
        }
        return text.toString();
    }

    /// The run file's mapping, with `assignments` on top; its text lies in `folder`.
    static ObjectNode yaml(Path folder, String... assignments) {
        Path text = folder.resolve("text.txt");
        try {
            if (!Files.exists(text)) {
                Files.writeString(text, text(6000));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Yaml.with(Yaml.parse("""
                        data: text.txt
                        model: {model_type: llama, hidden_size: 16, intermediate_size: 24, num_hidden_layers: 2,
                                num_attention_heads: 2, num_key_value_heads: 1, max_position_embeddings: 32,
                                rms_norm_eps: 1.0e-5, tie_word_embeddings: true}
                        tokenizer: bytes
                        sequenceLength: 16
                        batchSize: 3
                        accumulate: 2
                        steps: %d
                        dropout: 0.1
                        maxGradNorm: 1.0
                        optimizer: {learningRate: 0.01}
                        schedule: {name: cosine, warmupSteps: 3}
                        evaluate: {every: 4, fraction: 0.1}
                        checkpoint: {every: 3, keep: 2}
                        """.formatted(STEPS), "test"), List.of(assignments));
    }

    static TrainingRun open(Path folder, Path output, boolean resume, String... assignments) {
        return new TrainingRun(yaml(folder, assignments), folder.resolve("run.yaml"), output, resume);
    }

    static TrainingRun.Result train(Path folder, Path output, boolean resume, String... assignments) {
        try (var run = open(folder, output, resume, assignments)) {
            return run.train(Progress.SILENT);
        }
    }

    /// Trains until `step` has been made, and stops as Ctrl-C does.
    static TrainingRun.Result trainUntil(int step, Path folder, Path output, boolean resume, String... assignments) {
        try (var run = open(folder, output, resume, assignments)) {
            return run.train(new EachStep(report -> {
                if (report.step() == step) {
                    run.stop();
                }
            }));
        }
    }

    /// Listens to steps alone.
    record EachStep(Consumer<Progress.StepReport> listener) implements Progress {
        @Override
        public void step(StepReport report) {
            listener.accept(report);
        }

        @Override
        public void evaluation(int step, double evalLoss, double accuracy, boolean best) {}

        @Override
        public void saved(int step, Path folder) {}
    }
}
