import headway.tasks.Complete;
import headway.tasks.Headway;
import java.util.Map;

/// Goes on with a text, and shows it as it comes:
///
///     examples/run CompleteExample MODEL "Once upon a time"
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        IO.print(args[1]);
        new Complete(model).complete(args[1], Map.of("max_new_tokens", 40), IO::print);
        IO.println();
    }
}
