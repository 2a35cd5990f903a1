import headway.io.image.Picture;
import headway.tasks.Caption;
import headway.tasks.Headway;
import java.nio.file.Path;

/// A picture in words:
///
///     examples/run CaptionExample MODEL photo.jpg
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        IO.println(new Caption(model).caption(Picture.read(Path.of(args[1]))));
    }
}
