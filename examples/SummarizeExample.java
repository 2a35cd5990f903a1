import headway.tasks.Headway;
import headway.tasks.Summarize;

/// A text in fewer words:
///
///     examples/run SummarizeExample MODEL "A long text …"
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        IO.println(new Summarize(model).summarize(args[1]));
    }
}
