package headway.cli;

import headway.io.TextFile;
import headway.tasks.Score;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway score MODEL`: how probable texts are.
@Command(
        name = "score",
        description = {
            "Say how probable a text is to a language model.",
            "--text: the logarithm of each token's probability; --file: the perplexity of a whole file, in windows that",
            "overlap where it is longer than the model reads."
        })
final class ScoreCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    private static final class Input {
        @Option(names = "--text", paramLabel = "TEXT", description = "A text; repeatable.")
        private List<String> texts;

        @Option(names = "--file", paramLabel = "FILE", description = "A file of text, scored as a whole.")
        private Path file;
    }

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "0",
            description = "Tokens of a pass (default: what the model reads, at most 2048).")
    private int window;

    @Option(
            names = "--stride",
            paramLabel = "N",
            defaultValue = "0",
            description = "Tokens from one window to the next (default: half a window).")
    private int stride;

    @Option(names = "--json", description = "One JSON object a text.")
    private boolean json;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (var loaded = model.load(headway.options)) {
            var score = new Score(loaded);
            if (input.file != null) {
                file(score);
            } else {
                input.texts.forEach(text -> show(text, score.score(text)));
            }
        }
        return 0;
    }

    private void file(Score score) throws IOException {
        String text = TextFile.read(input.file);
        try (var progress = new InputProgress("score", "tokens")) {
            var p = score.perplexity(text, new Score.Windows(window, stride), done -> progress.step(done, 0));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(JsonNodeFactory.instance
                        .objectNode()
                        .put("file", input.file.toString())
                        .put("perplexity", p.perplexity())
                        .put("logProbability", p.logProbability())
                        .put("tokens", p.tokens()));
            } else {
                out.println("perplexity %.3f over %,d tokens (%.4f bits a token)"
                        .formatted(p.perplexity(), p.tokens(), -p.logProbability() / p.tokens() / Math.log(2)));
            }
        }
    }

    private void show(String text, Score.Scored scored) {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            scored.tokens()
                    .forEach(t -> out.println("%9s  %s"
                            .formatted(
                                    Double.isNaN(t.logProbability()) ? "–" : "%.4f".formatted(t.logProbability()),
                                    t.token())));
            out.println(
                    "log-probability %.4f, perplexity %.3f".formatted(scored.logProbability(), scored.perplexity()));
            return;
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("text", text).put("logProbability", scored.logProbability()).put("perplexity", scored.perplexity());
        var tokens = node.putArray("tokens");
        scored.tokens().forEach(t -> {
            ObjectNode one = tokens.addObject().put("id", t.id()).put("token", t.token());
            if (Double.isNaN(t.logProbability())) {
                one.putNull("logProbability");
            } else {
                one.put("logProbability", t.logProbability());
            }
        });
        out.println(node);
    }
}
