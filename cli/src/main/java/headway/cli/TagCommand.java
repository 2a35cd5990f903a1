package headway.cli;

import headway.tasks.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `headway tag MODEL`: names in texts.
@Command(
        name = "tag",
        description = {"Find names of persons, places and other things in texts.", "Places are counted in code points."
        })
final class TagCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Mixin
    private TextOptions texts;

    @Option(
            names = "--aggregation",
            paramLabel = "NAME",
            defaultValue = "simple",
            description = "How tokens become names: none, simple, first, average or max (default: simple).")
    private String aggregation;

    @Option(
            names = "--stride",
            paramLabel = "N",
            defaultValue = "0",
            description = "Cut long texts into windows that share N tokens.")
    private int stride;

    @Option(names = "--ignore", paramLabel = "LABEL", description = "Classes to leave out; repeatable (default: O).")
    private List<String> ignored = List.of("O");

    @ParentCommand
    private Headway headway;

    @Override
    public Integer call() throws IOException {
        var options = new Tag.Options(
                Choices.of(Tag.Aggregation.class, "--aggregation", aggregation),
                Set.copyOf(ignored),
                stride,
                texts.tooLong());
        try (var loaded = model.load(headway.options)) {
            var tag = new Tag(loaded);
            texts.run(
                    model.name,
                    "text",
                    chunk -> tag.tagAll(chunk.stream().map(TextLine::text).toList(), options),
                    new TextOptions.Shown<>(
                            (node, entities) -> {
                                var all = node.putArray("entities");
                                entities.forEach(e -> all.addObject()
                                        .put("label", e.label())
                                        .put("score", e.score())
                                        .put("word", e.word())
                                        .put("start", e.start())
                                        .put("end", e.end()));
                            },
                            this::plain));
        }
        return 0;
    }

    private String plain(TextLine line, List<Tag.Entity> entities) {
        if (texts.isFile()) {
            return entities.stream().map(e -> e.label() + "=" + e.word()).collect(Collectors.joining("; ")) + "\t"
                    + line.text();
        }
        return entities.isEmpty()
                ? "nothing found"
                : entities.stream()
                        .map(e ->
                                "%-8s %.4f  %4d–%-4d %s".formatted(e.label(), e.score(), e.start(), e.end(), e.word()))
                        .collect(Collectors.joining("\n"));
    }
}
