package headway.cli;

import headway.tasks.Rerank;
import headway.tasks.Scoring;
import headway.tasks.TooLong;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
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

/// `headway rerank MODEL`: texts in the order of their relevance.
@Command(
        name = "rerank",
        description = {
            "Order texts by how well they answer a question, with a cross-encoder.",
            "A text longer than the model reads is cut."
        })
final class RerankCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Option(names = "--query", required = true, paramLabel = "TEXT", description = "The question.")
    private String query;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    private static final class Input {
        @Option(names = "--text", paramLabel = "TEXT", description = "A text; repeatable.")
        private List<String> texts;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description =
                        "A text a line, .jsonl with {\"text\": …}, or .parquet with such rows; - for standard input.")
        private String file;
    }

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "10",
            description = "Texts to show; 0 for all (default: 10).")
    private int topK;

    @Option(
            names = "--function",
            paramLabel = "NAME",
            defaultValue = "automatic",
            description = "automatic, softmax, sigmoid or none.")
    private String function;

    @Option(names = "--json", description = "One JSON object a text, one a line, the best first.")
    private boolean json;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var options = new Rerank.Options(0, Choices.of(Scoring.class, "--function", function), TooLong.TRUNCATE);
        var best = new ArrayList<Rerank.Ranked>();
        try (var loaded = model.load(headway.options);
                var source = input.file == null ? TextSource.of(input.texts) : TextSource.of(input.file, "text");
                var progress = new InputProgress("rerank", "texts")) {
            var rerank = new Rerank(loaded);
            int before = 0;
            for (List<TextLine> chunk = source.next(); !chunk.isEmpty(); chunk = source.next()) {
                for (Rerank.Ranked r :
                        rerank.rank(query, chunk.stream().map(TextLine::text).toList(), options)) {
                    best.add(new Rerank.Ranked(before + r.index(), r.text(), r.logit(), r.score()));
                }
                before += chunk.size();
                best.sort(Comparator.comparingDouble(Rerank.Ranked::score).reversed());
                // Only the best are kept: any number of texts takes the same memory.
                if (topK > 0 && best.size() > topK) {
                    best.subList(topK, best.size()).clear();
                }
                progress.step(before, source.share());
            }
        }
        show(best);
        return 0;
    }

    private void show(List<Rerank.Ranked> best) {
        PrintWriter out = spec.commandLine().getOut();
        for (Rerank.Ranked r : best) {
            out.println(
                    json
                            ? JsonNodeFactory.instance
                                    .objectNode()
                                    .put("index", r.index())
                                    .put("score", r.score())
                                    .put("logit", r.logit())
                                    .put("text", r.text())
                                    .toString()
                            : "%.4f  %s".formatted(r.score(), r.text()));
        }
    }
}
