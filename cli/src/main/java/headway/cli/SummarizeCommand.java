package headway.cli;

import headway.tasks.Summarize;
import headway.tasks.Written;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/// `headway summarize MODEL`: texts in fewer words.
@Command(
        name = "summarize",
        description = {
            "Say in fewer words what texts say.",
            "Settings of generate may be given: --max-new-tokens, --num-beams …"
        })
final class SummarizeCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Mixin
    private TextOptions texts;

    @Mixin
    private GenerationOptions settings;

    @ParentCommand
    private Headway headway;

    @Override
    public Integer call() throws IOException {
        try (var loaded = model.load(headway.options)) {
            var summarize = new Summarize(loaded);
            var options = new Summarize.Options(settings.map(headway.options), texts.tooLong());
            texts.run(
                    model.name,
                    "text",
                    chunk -> summarize.summarizeAll(
                            chunk.stream().map(TextLine::text).toList(), options),
                    new TextOptions.Shown<Written>(
                            (node, written) -> node.put("summary", written.text()),
                            (_, written) -> texts.isFile() ? written.text().replace('\n', ' ') : written.text()));
        }
        return 0;
    }
}
