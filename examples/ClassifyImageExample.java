import headway.io.image.Picture;
import headway.tasks.ClassifyImage;
import headway.tasks.Headway;
import java.nio.file.Path;

/// What a picture shows:
///
///     examples/run ClassifyImageExample MODEL photo.jpg
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var labels = new ClassifyImage(model).classify(Picture.read(Path.of(args[1])));
        labels.forEach(l -> IO.println("%.4f  %s".formatted(l.score(), l.label())));
    }
}
