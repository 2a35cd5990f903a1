package headway.cli;

import headway.tasks.TaskException;
import headway.tasks.TooLong;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What commands over texts share: where texts come from, where answers go, and how a long job goes on.
final class TextOptions {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    private static final class Input {
        @Option(names = "--text", paramLabel = "TEXT", description = "A text; repeatable.")
        private List<String> texts;

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description =
                        "A text a line, .jsonl with {\"text\": …} a line, or .parquet with such rows; - for standard input.")
        private String file;
    }

    @Option(names = "--json", description = "One JSON object a text, one a line.")
    boolean json;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File for the answers, which appears when it is whole.")
    private Path output;

    @Option(names = "--resume", description = "Go on where an interrupted call with the same --output stopped.")
    private boolean resume;

    @Option(
            names = "--truncate",
            description = "Cut texts that are longer than the model reads, instead of refusing them.")
    private boolean truncate;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /// Answers to a few texts, in their order.
    interface Work<R> {
        List<R> answers(List<TextLine> texts);
    }

    /// How an answer is shown.
    ///
    /// @param json adds the answer's fields to the object of its text
    /// @param plain the answer for people; may have several lines
    record Shown<R>(Filler<R> json, Plain<R> plain) {
        interface Filler<R> {
            void fill(ObjectNode node, R answer);
        }

        interface Plain<R> {
            String of(TextLine text, R answer);
        }
    }

    TooLong tooLong() {
        return truncate ? TooLong.TRUNCATE : TooLong.REFUSE;
    }

    /// Whether texts come from a file: then a person wants a line a text.
    boolean isFile() {
        return input.file != null || input.texts.size() > 1;
    }

    /// Runs `work` over all texts, piece by piece.
    ///
    /// @param key of the text in lines of JSON
    <R> void run(String model, String key, Work<R> work, Shown<R> shown) throws IOException {
        if (resume && (output == null || input.file == null || input.file.equals("-"))) {
            throw new ParameterException(spec.commandLine(), "--resume needs --file FILE and --output FILE");
        }
        String task = spec.name();
        try (var source = input.file == null ? TextSource.of(input.texts) : TextSource.of(input.file, key);
                var sink = output == null
                        ? ResultSink.to(spec.commandLine().getOut())
                        : ResultSink.to(output, job(model), resume);
                var progress = new InputProgress(task, "texts");
                var interruption = new JobInterruption(sink)) {
            source.skip(sink.done());
            while (true) {
                List<TextLine> chunk = source.next();
                if (chunk.isEmpty()) {
                    break;
                }
                List<R> answers = answers(work, chunk);
                var lines = new ArrayList<String>();
                for (int i = 0; i < chunk.size(); i++) {
                    lines.add(
                            json
                                    ? object(chunk.get(i), key, answers.get(i), shown)
                                    : shown.plain.of(chunk.get(i), answers.get(i)));
                }
                interruption.undisturbed(() -> sink.write(lines, chunk.size()));
                progress.step(sink.done(), source.share());
            }
            sink.finish();
        }
    }

    private static <R> List<R> answers(Work<R> work, List<TextLine> chunk) {
        try {
            return work.answers(chunk);
        } catch (TaskException e) {
            if (chunk.getFirst().number() == 1) {
                throw e;
            }
            throw new TaskException(
                    "%s (texts are counted from line %d on)"
                            .formatted(e.getMessage(), chunk.getFirst().number()),
                    e);
        }
    }

    private static <R> String object(TextLine line, String key, R answer, Shown<R> shown) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        JsonNode id = line.fields() == null ? null : line.fields().get("id");
        if (id != null) {
            node.set("id", id);
        }
        node.put(key, line.text());
        shown.json.fill(node, answer);
        return node.toString();
    }

    /// What makes a call the same as another: command, options, and the size of the input.
    private String job(String model) throws IOException {
        Function<Object, String> quiet = v -> v == null ? "" : v.toString();
        var words = new ArrayList<String>(List.of(spec.name(), model));
        spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(o -> !List.of("--resume", "--output", "--threads", "--stacktrace")
                        .contains(o.longestName()))
                .forEach(o -> words.add(o.longestName() + " " + quiet.apply(o.getValue())));
        if (input.file != null && !input.file.equals("-")) {
            words.add("(%d bytes)".formatted(Files.size(Path.of(input.file))));
        }
        return String.join(" ", words);
    }
}
