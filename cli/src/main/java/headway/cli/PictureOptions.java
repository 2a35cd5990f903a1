package headway.cli;

import headway.io.image.Picture;
import headway.kernels.DType;
import headway.tasks.LoadOptions;
import headway.tasks.LoadedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What commands over pictures share: the files, a few at a time, so that any number of them takes the
/// same memory.
final class PictureOptions {
    private static final int PIECE = 8;

    // Here and not in a mixin of its own: the parser wants places without a gap in each of them.
    @Parameters(index = "0", paramLabel = "MODEL", description = "Folder in Hugging Face layout, or hub name.")
    private String model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PICTURE",
            description = "JPEG, PNG, GIF, BMP, TIFF or WebP files.")
    private List<Path> files;

    @Option(names = "--json", description = "One JSON object a picture, one a line.")
    boolean json;

    /// The model in memory, in the type that the global options ask for.
    LoadedModel load(GlobalOptions options) {
        return headway.tasks.Headway.load(model, new LoadOptions(options.dtype((DType) null)));
    }

    /// How an answer is shown.
    interface Shown<R> {
        void json(ObjectNode node, R answer);

        String plain(R answer);
    }

    <R> void run(String task, PrintWriter out, Function<List<Picture>, List<R>> work, Shown<R> shown) {
        try (var progress = new InputProgress(task, "pictures")) {
            for (int from = 0; from < files.size(); from += PIECE) {
                List<Path> piece = files.subList(from, Math.min(files.size(), from + PIECE));
                List<R> answers = work.apply(piece.stream().map(Picture::read).toList());
                for (int i = 0; i < piece.size(); i++) {
                    out.println(line(piece.get(i), answers.get(i), shown));
                }
                out.flush();
                int done = from + piece.size();
                progress.step(done, (double) done / files.size());
            }
        }
    }

    private <R> String line(Path file, R answer, Shown<R> shown) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("file", file.toString());
            shown.json(node, answer);
            return node.toString();
        }
        String plain = shown.plain(answer);
        if (files.size() == 1) {
            return plain;
        }
        return file + (plain.contains("\n") ? "\n" + plain.indent(2).stripTrailing() : ": " + plain);
    }
}
