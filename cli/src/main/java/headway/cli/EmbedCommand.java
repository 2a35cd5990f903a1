package headway.cli;

import headway.tasks.Embed;
import headway.tasks.TooLong;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `headway embed MODEL`: vectors of texts.
@Command(
        name = "embed",
        description = {
            "Turn texts into vectors.",
            "Pooling, normalization and length come from the folder's modules.json; a bare encoder gets the mean.",
            "What is longer than the folder's max_seq_length is cut, as in sentence-transformers."
        })
final class EmbedCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Mixin
    private TextOptions texts;

    @Option(
            names = "--prompt",
            paramLabel = "NAME",
            description = "The folder's prompt to put before each text, such as query.")
    private String prompt;

    @Option(names = "--normalize", description = "Vectors of length 1, also where the folder does not ask for it.")
    private boolean normalize;

    @ParentCommand
    private Headway headway;

    @Override
    public Integer call() throws IOException {
        try (var loaded = model.load(headway.options)) {
            var embed = new Embed(loaded);
            var options = new Embed.Options(prompt, normalize, TooLong.TRUNCATE);
            texts.run(
                    model.name,
                    "text",
                    chunk -> embed.embedAll(chunk.stream().map(TextLine::text).toList(), options),
                    new TextOptions.Shown<>(
                            (node, vector) -> {
                                var all = node.putArray("embedding");
                                for (float v : vector) {
                                    all.add(v);
                                }
                            },
                            (line, vector) -> plain(vector)));
        }
        return 0;
    }

    /// The numbers of a vector, with spaces between them.
    private static String plain(float[] vector) {
        var text = new StringBuilder();
        for (float v : vector) {
            text.append(text.isEmpty() ? "" : " ").append(v);
        }
        return text.toString();
    }
}
