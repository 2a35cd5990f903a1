import headway.tasks.Headway;
import headway.tasks.Rerank;
import java.util.Arrays;

/// Texts in the order in which they answer a question:
///
///     examples/run RerankExample MODEL "Who is the enemy?" "Speak." "Marcius is the enemy."
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var texts = Arrays.asList(args).subList(2, args.length);
        for (var ranked : new Rerank(model).rank(args[1], texts)) {
            IO.println("%.4f  %s".formatted(ranked.score(), ranked.text()));
        }
    }
}
