package headway.cli;

import headway.tasks.ClassifyImage;
import headway.tasks.Scoring;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `headway classify-image MODEL PICTURE …`: what pictures show.
@Command(name = "classify-image", description = "Say what pictures show.")
final class ClassifyImageCommand implements Callable<Integer> {
    @Mixin
    private PictureOptions pictures;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "5",
            description = "Classes to show; 0 for all (default: 5).")
    private int topK;

    @Option(
            names = "--function",
            paramLabel = "NAME",
            defaultValue = "automatic",
            description = "automatic, softmax, sigmoid or none.")
    private String function;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var options = new ClassifyImage.Options(topK, Choices.of(Scoring.class, "--function", function));
        try (var loaded = pictures.load(headway.options)) {
            var classify = new ClassifyImage(loaded);
            pictures.run(
                    spec.name(),
                    spec.commandLine().getOut(),
                    batch -> classify.classifyAll(batch, options),
                    new LabelsShown());
        }
        return 0;
    }
}
