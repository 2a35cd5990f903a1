package headway.cli;

import headway.tasks.Translate;
import headway.tasks.Written;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `headway translate MODEL`: texts in another language.
@Command(
        name = "translate",
        description = {
            "Translate texts.",
            "How the languages are told is found in the model's files; settings of generate may be given."
        })
final class TranslateCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Mixin
    private TextOptions texts;

    @Option(names = "--source", paramLabel = "LANGUAGE", description = "Language of the texts, such as en or en_XX.")
    private String source;

    @Option(names = "--target", paramLabel = "LANGUAGE", description = "Language to translate into.")
    private String target;

    @Mixin
    private GenerationOptions settings;

    @ParentCommand
    private Headway headway;

    @Override
    public Integer call() throws IOException {
        try (var loaded = model.load(headway.options)) {
            var translate = new Translate(loaded);
            var options = new Translate.Options(source, target, settings.map(headway.options), texts.tooLong());
            texts.run(
                    model.name,
                    "text",
                    chunk -> translate.translateAll(
                            chunk.stream().map(TextLine::text).toList(), options),
                    new TextOptions.Shown<Written>(
                            (node, written) -> node.put("translation", written.text()),
                            (_, written) -> texts.isFile() ? written.text().replace('\n', ' ') : written.text()));
        }
        return 0;
    }
}
