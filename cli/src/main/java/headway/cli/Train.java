package headway.cli;

import headway.io.Yaml;
import headway.train.LossPlot;
import headway.train.TrainingRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway train RUN.yaml`.
@Command(
        name = "train",
        description = {
            "Train a model as a YAML file describes it.",
            "The run's folder becomes a Hugging Face checkpoint with log.jsonl, loss.png and checkpoints/."
        })
final class Train implements Callable<Integer> {
    @Parameters(paramLabel = "RUN.yaml", description = "The run.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a key of the run, such as optimizer.learningRate=3e-4. Repeatable.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--resume", description = "Go on from the last complete checkpoint in the run's folder.")
    private boolean resume;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ObjectNode yaml = Yaml.with(Yaml.read(file), assignments);
        if (headway.options.isSeedGiven()) {
            yaml.put("seed", headway.options.seed(1));
        }
        Path output = output(yaml);
        try (var run = new TrainingRun(yaml, file, output, resume);
                var interruption = new Interruption(run, "--resume")) {
            announce(run);
            TrainingRun.Result result;
            try (var progress =
                    new TrainingProgress(run.startStep(), run.settings().steps())) {
                result = run.train(progress);
            } catch (RuntimeException e) {
                if (interruption.failed(e)) {
                    return 1;
                }
                throw e;
            }
            report(run, result);
            if (interruption.saved(result)) {
                return 130;
            }
        }
        return 0;
    }

    private Path output(ObjectNode yaml) {
        if (yaml.path("output").isString()) {
            return Path.of(yaml.path("output").asString());
        }
        String name = yaml.path("name").asString(file.getFileName().toString().replaceFirst("\\.ya?ml$", ""));
        if (resume) {
            return latest(name);
        }
        return Path.of("runs", name + "-" + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
    }

    private Path latest(String name) {
        try (var folders = Files.list(Path.of("runs"))) {
            return folders.filter(f ->
                            f.getFileName().toString().matches(java.util.regex.Pattern.quote(name) + "-\\d{8}-\\d{6}"))
                    .max(java.util.Comparator.comparing(Path::getFileName))
                    .orElseThrow();
        } catch (java.io.IOException | java.util.NoSuchElementException e) {
            throw new headway.io.ConfigException(
                    "[train] --resume: there is no run of the name '%s' under runs/; give its folder with --set output=FOLDER"
                            .formatted(name));
        }
    }

    private static void announce(TrainingRun run) {
        System.err.println("%s parameters, %d steps%s"
                .formatted(
                        Terminal.count(run.model().parameterCount()),
                        run.settings().steps(),
                        run.startStep() > 0 ? ", going on after step " + run.startStep() : ""));
    }

    private void report(TrainingRun run, TrainingRun.Result result) {
        var out = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("output", result.output().toString());
            node.put("step", result.step());
            node.put("loss", result.loss());
            if (Double.isFinite(result.bestEvalLoss())) {
                node.put("bestEvalLoss", result.bestEvalLoss());
            }
            node.put("finished", result.finished());
            out.println(node);
            return;
        }
        System.err.print(LossPlot.terminal(run.log().losses(), 80, 10));
        System.err.println("done: step %d, loss %.4f%s"
                .formatted(
                        result.step(),
                        result.loss(),
                        Double.isFinite(result.bestEvalLoss())
                                ? ", best held-out loss %.4f".formatted(result.bestEvalLoss())
                                : ""));
        out.println(result.output());
    }
}
