package headway.cli;

import headway.tasks.Caption;
import headway.tasks.Written;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/// `headway caption MODEL PICTURE …`: pictures in words.
@Command(
        name = "caption",
        description = {
            "Say in words what pictures show, or answer a question about each.",
            "Settings of generate may be given."
        })
final class CaptionCommand implements Callable<Integer> {
    @Mixin
    private PictureOptions pictures;

    @Mixin
    private GenerationOptions settings;

    @Option(
            names = "--question",
            paramLabel = "TEXT",
            description = "What to ask about each picture, of models that take a question (LLaVA, Qwen2-VL).")
    private String question;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    private static final class Shown implements PictureOptions.Shown<Written> {
        @Override
        public void json(ObjectNode node, Written written) {
            node.put("caption", written.text().strip());
        }

        @Override
        public String plain(Written written) {
            return written.text().strip();
        }
    }

    @Override
    public Integer call() {
        try (var loaded = pictures.load(headway.options)) {
            var caption = new Caption(loaded, question);
            var given = settings.map(headway.options);
            pictures.run(
                    spec.name(), spec.commandLine().getOut(), batch -> caption.captionAll(batch, given), new Shown());
        }
        return 0;
    }
}
