import headway.tasks.Headway;
import headway.tasks.Score;

/// How probable a text is to a language model, token by token:
///
///     examples/run ScoreExample MODEL "The sun rises in the east."
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var scored = new Score(model).score(args[1]);
        scored.tokens().forEach(t -> IO.println("%8.3f  %s".formatted(t.logProbability(), t.token())));
        IO.println("perplexity %.2f".formatted(scored.perplexity()));
    }
}
