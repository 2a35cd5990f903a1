package headway.cli;

import headway.tasks.Match;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `headway match MODEL PICTURE … --label TEXT …`: which description fits.
@Command(name = "match", description = "Say which of several descriptions fits a picture.")
final class MatchCommand implements Callable<Integer> {
    @Mixin
    private PictureOptions pictures;

    @Option(
            names = {"--label", "--text"},
            required = true,
            paramLabel = "TEXT",
            description = "A description; repeatable.")
    private List<String> labels;

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            defaultValue = "This is a photo of {}.",
            description = "Sentence that a description is put into (default: This is a photo of {}.).")
    private String template;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var options = new Match.Options(template);
        try (var loaded = pictures.load(headway.options)) {
            var match = new Match(loaded);
            pictures.run(
                    spec.name(),
                    spec.commandLine().getOut(),
                    batch -> match.matchAll(batch, labels, options),
                    new LabelsShown());
        }
        return 0;
    }
}
