package headway.cli;

import headway.tasks.FillMask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `headway fill-mask MODEL`: guesses masked words.
@Command(
        name = "fill-mask",
        description = {
            "Guess the words that a text has masks for.",
            "The mask is the model's own, mostly [MASK] or <mask>."
        })
final class FillMaskCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Mixin
    private TextOptions texts;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "5",
            description = "Guesses for each mask (default: 5).")
    private int topK;

    @Option(names = "--target", paramLabel = "WORD", description = "The only words to choose from; repeatable.")
    private List<String> targets = List.of();

    @ParentCommand
    private Headway headway;

    @Override
    public Integer call() throws IOException {
        try (var loaded = model.load(headway.options)) {
            var fill = new FillMask(loaded);
            var options = new FillMask.Options(topK, targets, texts.tooLong());
            texts.run(
                    model.name,
                    "text",
                    chunk -> fill.fillAll(chunk.stream().map(TextLine::text).toList(), options),
                    new TextOptions.Shown<>(
                            (node, masks) -> {
                                var all = node.putArray("masks");
                                for (List<FillMask.Guess> guesses : masks) {
                                    var ofMask = all.addArray();
                                    guesses.forEach(g -> ofMask.addObject()
                                            .put("score", g.score())
                                            .put("token", g.token())
                                            .put("tokenStr", g.tokenStr())
                                            .put("sequence", g.sequence()));
                                }
                            },
                            (_, masks) -> plain(masks)));
        }
        return 0;
    }

    private static String plain(List<List<FillMask.Guess>> masks) {
        var lines = new ArrayList<String>();
        for (int m = 0; m < masks.size(); m++) {
            for (FillMask.Guess g : masks.get(m)) {
                String which = masks.size() == 1 ? "" : "mask %d  ".formatted(m + 1);
                lines.add("%s%.4f  %-14s %s"
                        .formatted(which, g.score(), g.tokenStr().strip(), g.sequence()));
            }
        }
        return String.join("\n", lines);
    }
}
