package headway.cli;

import headway.tasks.Classify;
import headway.tasks.Scoring;
import headway.tasks.TextPair;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `headway classify MODEL`: classes of texts.
@Command(
        name = "classify",
        description = {
            "Say which class a text belongs to.",
            "Lines of JSON may have a second text: {\"text\": …, \"textPair\": …}."
        })
final class ClassifyCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Mixin
    private TextOptions texts;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "1",
            description = "Classes to show; 0 for all (default: 1).")
    private int topK;

    @Option(
            names = "--function",
            paramLabel = "NAME",
            defaultValue = "automatic",
            description = "automatic, softmax, sigmoid or none (default: what the checkpoint asks for).")
    private String function;

    @ParentCommand
    private Headway headway;

    @Override
    public Integer call() throws IOException {
        Scoring scoring = Choices.of(Scoring.class, "--function", function);
        try (var loaded = model.load(headway.options)) {
            var classify = new Classify(loaded);
            var options = new Classify.Options(topK, scoring, texts.tooLong());
            texts.run(
                    model.name,
                    "text",
                    chunk -> classify.classifyAll(
                            chunk.stream()
                                    .map(l -> new TextPair(l.text(), l.field("textPair")))
                                    .toList(),
                            options),
                    new TextOptions.Shown<>(
                            (node, labels) -> {
                                var all = node.putArray("labels");
                                labels.forEach(l ->
                                        all.addObject().put("label", l.label()).put("score", l.score()));
                            },
                            (line, labels) -> plain(line, labels)));
        }
        return 0;
    }

    private String plain(TextLine line, List<Classify.Label> labels) {
        String said = labels.stream()
                .map(l -> "%s %.4f".formatted(l.label(), l.score()))
                .collect(Collectors.joining("  "));
        return texts.isFile() ? said + "\t" + line.text() : said.replace("  ", "\n");
    }
}
