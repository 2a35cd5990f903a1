import headway.tasks.Headway;
import headway.tasks.Translate;

/// A text in another language:
///
///     examples/run TranslateExample MODEL en de "The people know it."
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        IO.println(new Translate(model).translate(args[3], args[1], args[2]));
    }
}
