import headway.tasks.Headway;
import headway.tasks.Tag;

/// Names in a text:
///
///     examples/run TagExample MODEL "Ada Lovelace lived in London."
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        for (var entity : new Tag(model).tag(args[1])) {
            IO.println("%-6s %.3f  %s".formatted(entity.label(), entity.score(), entity.word()));
        }
    }
}
