package headway.cli;

import headway.io.ConfigException;
import headway.io.TextFile;
import headway.tasks.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `headway answer MODEL`: answers that a text holds.
@Command(
        name = "answer",
        description = {
            "Find the answer to a question in a text of any length.",
            "The texts are the questions; --context is the file that answers them. Lines of JSON may have their own:",
            "{\"text\": QUESTION, \"context\": TEXT}."
        })
final class AnswerCommand implements Callable<Integer> {
    @Mixin
    private TaskModel model;

    @Mixin
    private TextOptions texts;

    @Option(names = "--context", paramLabel = "FILE", description = "File with the text that answers.")
    private Path context;

    @Option(names = "--top-k", paramLabel = "N", defaultValue = "1", description = "Answers to show (default: 1).")
    private int topK;

    @Option(
            names = "--doc-stride",
            paramLabel = "N",
            defaultValue = "0",
            description = "Tokens that two windows share (default: half a window, at most 128).")
    private int docStride;

    @Option(
            names = "--max-seq-len",
            paramLabel = "N",
            defaultValue = "0",
            description = "Tokens of a window (default: what the model reads, at most 384).")
    private int maxSeqLen;

    @Option(
            names = "--max-answer-len",
            paramLabel = "N",
            defaultValue = "15",
            description = "Tokens of an answer (default: 15).")
    private int maxAnswerLen;

    @Option(names = "--impossible", description = "\"There is no answer\" may be the answer.")
    private boolean impossible;

    @ParentCommand
    private Headway headway;

    @Override
    public Integer call() throws IOException {
        String whole = context == null ? null : TextFile.read(context);
        var options = new Answer.Options(topK, docStride, maxSeqLen, maxAnswerLen, impossible, true);
        try (var loaded = model.load(headway.options)) {
            var answer = new Answer(loaded);
            texts.run(
                    model.name,
                    "text",
                    chunk -> answer.answerAll(
                            chunk.stream().map(l -> question(l, whole)).toList(), options),
                    new TextOptions.Shown<>(
                            (node, answers) -> {
                                var all = node.putArray("answers");
                                answers.forEach(a -> all.addObject()
                                        .put("answer", a.answer())
                                        .put("score", a.score())
                                        .put("start", a.start())
                                        .put("end", a.end()));
                            },
                            this::plain));
        }
        return 0;
    }

    private static Answer.Question question(TextLine line, String whole) {
        String own = line.field("context");
        if (own == null && whole == null) {
            throw new ConfigException(
                    "[answer] question %d has no text to answer it; give --context FILE, or lines of {\"text\": …, \"context\": …}"
                            .formatted(line.number()));
        }
        return new Answer.Question(line.text(), own == null ? whole : own);
    }

    private String plain(TextLine line, List<Answer.Found> answers) {
        String said = answers.stream()
                .map(a -> "%.4f  %s"
                        .formatted(
                                a.score(),
                                a.answer().isEmpty()
                                        ? "(no answer)"
                                        : a.answer().replace('\n', ' ')))
                .collect(Collectors.joining(texts.isFile() ? "; " : "\n"));
        return texts.isFile() ? said + "\t" + line.text() : said;
    }
}
