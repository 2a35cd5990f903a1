package headway.cli;

import headway.generate.FinishReason;
import headway.generate.Generation;
import headway.generate.Generator;
import headway.generate.Prompt;
import headway.generate.Sampling;
import headway.generate.TokenListener;
import headway.io.AtomicFiles;
import headway.io.TextFile;
import headway.io.Yaml;
import headway.train.LossPlot;
import headway.train.Progress;
import headway.train.TrainingRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.node.ObjectNode;

/// `headway demo`: trains a decoder on the spot and writes with it.
@Command(
        name = "demo",
        description = {
            "Train a small language model from nothing, on this machine, in a few minutes, and write text with it.",
            "It reads the Java sources that come with the JDK, or your own text."
        })
final class Demo implements Callable<Integer> {
    /// Sizes to choose from; which one writes best depends on the time there is.
    enum Preset {
        SMALL(128, 352, 4, 4, 2048, 128, 8),
        MEDIUM(192, 512, 5, 6, 2048, 128, 16),
        LARGE(320, 864, 6, 5, 4096, 192, 12);

        final int hidden;
        final int intermediate;
        final int layers;
        final int heads;
        final int vocabulary;
        final int sequence;
        final int batch;

        Preset(int hidden, int intermediate, int layers, int heads, int vocabulary, int sequence, int batch) {
            this.hidden = hidden;
            this.intermediate = intermediate;
            this.layers = layers;
            this.heads = heads;
            this.vocabulary = vocabulary;
            this.sequence = sequence;
            this.batch = batch;
        }
    }

    private static final int CORPUS_CHARACTERS = 12_000_000;
    private static final int PROBE_STEPS = 60;
    private static final int SAMPLE_TOKENS = 160;

    @Option(names = "--data", paramLabel = "FILE", description = "Your own text.")
    private Path data;

    @Option(names = "--minutes", paramLabel = "M", defaultValue = "2", description = "Minutes to train (default: 2).")
    private double minutes;

    @Option(
            names = "--preset",
            paramLabel = "small|medium|large",
            description = "Size of the model (default: small, which writes best in few minutes on two cores).")
    private String preset = "small";

    @Option(names = "--output", paramLabel = "FOLDER", description = "Where the run lies (default: runs/demo-DATE).")
    private Path output;

    @ParentCommand
    private Headway headway;

    private final PrintStream out = System.err;

    @Override
    public Integer call() throws IOException {
        Preset size = size();
        if (!(minutes > 0)) {
            throw new headway.io.ConfigException("[demo] --minutes %s; expected more than 0".formatted(minutes));
        }
        Path folder = output != null
                ? output
                : Path.of("runs", "demo-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
        out.println(Style.bold("Headway demo") + ": a language model from nothing, on this machine, in Java.\n");
        DemoCorpus corpus = data != null ? DemoCorpus.file(data) : DemoCorpus.javaSources(CORPUS_CHARACTERS);
        Files.createDirectories(folder);
        Path text = folder.resolve("corpus.txt");
        AtomicFiles.writeString(text, corpus.text());
        out.println(Style.dim("text       ") + corpus.origin() + ", "
                + Terminal.bytes(corpus.text().length()));
        long start = System.nanoTime();
        int steps = steps(size, text);
        ObjectNode yaml = yaml(size, text.toAbsolutePath(), steps);
        try (var run = new TrainingRun(yaml, folder.resolve("run.yaml"), folder, false)) {
            announce(run, size);
            String prompt = prompt(corpus.text());
            sample(run, "Before training, it writes:", prompt, 40);
            TrainingRun.Result result = train(run, folder);
            if (result == null) {
                return 130;
            }
            out.println();
            out.print(LossPlot.terminal(run.log().losses(), 72, 9));
            out.println("\nAfter %s and %s tokens, it writes:\n"
                    .formatted(
                            Terminal.duration((System.nanoTime() - start) * 1e-9),
                            Terminal.count((long) steps * size.batch * size.sequence)));
            sample(run, null, prompt, SAMPLE_TOKENS);
            farewell(folder, result);
        }
        return 0;
    }

    /// What the run came to; null where somebody interrupted it.
    private static TrainingRun.Result train(TrainingRun run, Path folder) {
        String goOn = "./headway train %s --set output=%s --resume".formatted(folder.resolve("run.yaml"), folder);
        try (var interruption = new Interruption(run, goOn)) {
            TrainingRun.Result result;
            try (var progress = new TrainingProgress(0, run.settings().steps())) {
                result = run.train(progress);
            } catch (RuntimeException e) {
                if (interruption.failed(e)) {
                    return null;
                }
                throw e;
            }
            return interruption.saved(result) ? null : result;
        }
    }

    private Preset size() {
        for (Preset p : Preset.values()) {
            if (p.name().equalsIgnoreCase(preset)) {
                return p;
            }
        }
        throw new headway.io.ConfigException("[demo] --preset %s; expected small, medium or large".formatted(preset));
    }

    /// How many steps fit into the time, by doing some: these also let the compiler see the loops.
    private int steps(Preset size, Path text) throws IOException {
        out.print(Style.dim("measuring  ") + "how fast this machine learns … ");
        out.flush();
        long start = System.nanoTime();
        Path probe = Files.createTempDirectory("headway-demo");
        var speeds = new ArrayList<Double>();
        Path excerpt = probe.resolve("text.txt");
        String all = TextFile.read(text);
        Files.writeString(excerpt, all.substring(0, Math.min(all.length(), 400_000)));
        ObjectNode yaml = yaml(size, excerpt, PROBE_STEPS);
        yaml.putObject("evaluate").put("every", 0);
        try (var run = new TrainingRun(yaml, probe.resolve("run.yaml"), probe, false)) {
            double limit = Math.min(25, minutes * 15) * 1e9;
            run.train(new Progress() {
                @Override
                public void step(StepReport report) {
                    speeds.add(report.tokensPerSecond());
                    if (System.nanoTime() - start > limit) {
                        run.stop();
                    }
                }

                @Override
                public void evaluation(int step, double evalLoss, double accuracy, boolean best) {}

                @Override
                public void saved(int step, Path folder) {}
            });
        } finally {
            AtomicFiles.deleteFolder(probe);
        }
        List<Double> last = speeds.subList(speeds.size() * 2 / 3, speeds.size());
        double speed = last.stream().sorted().toList().get(last.size() / 2);
        out.println("%,d tokens a second".formatted(Math.round(speed)));
        double seconds = minutes * 60 - (System.nanoTime() - start) * 1e-9;
        // Evaluations and the two samples take their part.
        return (int) Math.max(50, 0.93 * Math.max(seconds, 5) * speed / (size.batch * size.sequence));
    }

    private ObjectNode yaml(Preset size, Path text, int steps) {
        ObjectNode yaml = Yaml.parse(
                """
                name: demo
                model: {model_type: llama, hidden_size: %d, intermediate_size: %d, num_hidden_layers: %d,
                        num_attention_heads: %d, num_key_value_heads: %d, max_position_embeddings: %d,
                        rms_norm_eps: 1.0e-5, tie_word_embeddings: true}
                tokenizer: {train: bpe, vocabSize: %d}
                sequenceLength: %d
                batchSize: %d
                steps: %d
                optimizer: {learningRate: 3.0e-3, betas: [0.9, 0.95], weightDecay: 0.1}
                schedule: {name: cosine, warmupSteps: %d, minLearningRate: 1.0e-4}
                maxGradNorm: 1.0
                seed: %d
                evaluate: {every: %d, fraction: 0.02, batches: 8}
                """.formatted(
                                size.hidden,
                                size.intermediate,
                                size.layers,
                                size.heads,
                                size.heads,
                                2 * size.sequence,
                                size.vocabulary,
                                size.sequence,
                                size.batch,
                                steps,
                                Math.max(5, steps / 20),
                                headway.options.seed(1),
                                Math.max(25, steps / 8)),
                "demo");
        yaml.put("data", text.toString());
        return yaml;
    }

    private void announce(TrainingRun run, Preset size) {
        out.println(Style.dim("tokens     ")
                + "a vocabulary of %,d, learnt from the text just now"
                        .formatted(run.tokenizer().vocabSize()));
        out.println(Style.dim("model      ")
                + "Llama-shaped, %s parameters: %d blocks, %d wide, %d heads"
                        .formatted(Terminal.count(run.model().parameterCount()), size.layers, size.hidden, size.heads));
        out.println(Style.dim("training   ")
                + "%,d steps of %,d tokens\n".formatted(run.settings().steps(), size.batch * size.sequence));
    }

    private static String prompt(String text) {
        return text.contains("public class") ? "public class" : text.substring(0, Math.min(12, text.indexOf(' ') + 1));
    }

    private void sample(TrainingRun run, String title, String prompt, int tokens) {
        if (title != null) {
            out.println(title + "\n");
        }
        var settings = Generation.DEFAULTS
                .withMaxNewTokens(Math.min(tokens, 2 * run.settings().sequenceLength() - 16))
                .withSampling(new Sampling.Categorical(0.7, 40, 0.95, 0, 1))
                .withSeed(headway.options.seed(1));
        out.print(Style.bold(prompt));
        // The model belongs to the run, so the generator is not closed here with it.
        var generator = new Generator(run.model().decoder(), run.tokenizer());
        int[] ids = run.tokenizer().encodeIds(prompt, false);
        generator.generate(List.of(Prompt.of(ids)), settings, new TokenListener() {
            @Override
            public void token(int sequence, int id, String text) {
                out.print(text);
                out.flush();
            }

            @Override
            public void finished(int sequence, FinishReason reason, String text) {
                out.print(text);
            }
        });
        out.println("\n");
    }

    private void farewell(Path folder, TrainingRun.Result result) {
        out.println("held-out loss %.3f; everything lies in %s: the model in Hugging Face form, log.jsonl and loss.png."
                .formatted(result.bestEvalLoss(), folder));
        out.println("\nGo on with");
        out.println("  ./headway generate %s --prompt \"public static int\" --temperature 0.7 --max-new-tokens 100"
                .formatted(folder));
        out.println("  ./headway inspect %s".formatted(folder));
        out.println("  ./headway demo --data YOUR.txt --minutes 3");
    }
}
