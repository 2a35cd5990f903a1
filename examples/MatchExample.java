import headway.io.image.Picture;
import headway.tasks.Headway;
import headway.tasks.Match;
import java.nio.file.Path;
import java.util.Arrays;

/// Which description fits a picture:
///
///     examples/run MatchExample MODEL photo.jpg "a cat" "a dog"
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var descriptions = Arrays.asList(args).subList(2, args.length);
        var labels = new Match(model).match(Picture.read(Path.of(args[1])), descriptions);
        labels.forEach(l -> IO.println("%.4f  %s".formatted(l.score(), l.label())));
    }
}
