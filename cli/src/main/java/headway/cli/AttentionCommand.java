package headway.cli;

import headway.io.AtomicFiles;
import headway.io.ConfigException;
import headway.tasks.AttentionMap;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/// `headway attention MODEL --text …`: a picture of what heads look at.
@Command(
        name = "attention",
        description = {
            "Draw what each head looks at while a model reads a text, and list the heads: how far and how widely they look,",
            "and how much the loss depends on them. The page needs no network."
        })
final class AttentionCommand implements Callable<Integer> {
    /// Tokens beyond which a page takes too long to open.
    private static final int MOST_TOKENS = 256;

    @Mixin
    private TaskModel model;

    @Option(names = "--text", required = true, paramLabel = "TEXT", description = "What the model reads.")
    private String text;

    @Option(
            names = "--target",
            paramLabel = "TEXT",
            description = "What an encoder-decoder writes about it (default: the same).")
    private String target;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = "attention.html",
            description = "The page (default: attention.html).")
    private Path out;

    @Option(names = "--json", description = "The heads as JSON, one object a head; no page.")
    private boolean json;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (var loaded = model.load(headway.options)) {
            List<AttentionMap.Layer> layers = new AttentionMap(loaded).look(text, target);
            List<AttentionMap.Head> heads =
                    layers.stream().flatMap(l -> l.heads().stream()).toList();
            PrintWriter print = spec.commandLine().getOut();
            if (json) {
                heads.forEach(h -> print.println(json(h)));
                return 0;
            }
            int longest = layers.stream()
                    .mapToInt(l -> Math.max(l.queries().size(), l.keys().size()))
                    .max()
                    .orElseThrow();
            if (longest > MOST_TOKENS) {
                throw new ConfigException(
                        "[attention] %d tokens; a page shows at most %d: take a shorter text, or --json for the figures"
                                .formatted(longest, MOST_TOKENS));
            }
            AtomicFiles.writeString(out, AttentionPage.of(model.name, layers));
            table(print, heads);
            print.println("%n%d heads over %d tokens; the picture: %s".formatted(heads.size(), longest, out));
        }
        return 0;
    }

    private static String json(AttentionMap.Head h) {
        var node = JsonNodeFactory.instance.objectNode();
        if (!h.part().isEmpty()) {
            node.put("part", h.part());
        }
        node.put("layer", h.layer())
                .put("head", h.head())
                .put("distance", h.distance())
                .put("entropy", h.entropy());
        if (Double.isNaN(h.importance())) {
            node.putNull("importance");
        } else {
            node.put("importance", h.importance());
        }
        return node.toString();
    }

    /// The heads, those first that matter most.
    private static void table(PrintWriter print, List<AttentionMap.Head> heads) {
        print.println(
                "%-8s %5s %4s %9s %8s %11s".formatted("part", "layer", "head", "distance", "entropy", "importance"));
        heads.stream()
                .sorted(Comparator.comparingDouble(
                        (AttentionMap.Head h) -> Double.isNaN(h.importance()) ? 0 : -h.importance()))
                .limit(24)
                .forEach(h -> print.println("%-8s %5d %4d %9.2f %8.3f %11s"
                        .formatted(
                                h.part().isEmpty() ? "self" : h.part(),
                                h.layer(),
                                h.head(),
                                h.distance(),
                                h.entropy(),
                                Double.isNaN(h.importance()) ? "–" : "%.5f".formatted(h.importance()))));
        if (heads.size() > 24) {
            print.println("… and %d more: in the page, or with --json".formatted(heads.size() - 24));
        }
    }
}
