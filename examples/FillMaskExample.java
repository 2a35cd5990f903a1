import headway.tasks.FillMask;
import headway.tasks.Headway;

/// Guesses a masked word:
///
///     examples/run FillMaskExample MODEL "The capital of France is [MASK]."
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        for (var guesses : new FillMask(model).fill(args[1])) {
            guesses.forEach(g -> IO.println("%.4f  %s".formatted(g.score(), g.sequence())));
        }
    }
}
