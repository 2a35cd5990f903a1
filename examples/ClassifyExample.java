import headway.tasks.Classify;
import headway.tasks.Headway;
import headway.tasks.TextPair;
import java.util.Arrays;

/// Classes of texts, all in one call:
///
///     examples/run ClassifyExample MODEL "A fine film." "A dull one."
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var texts = Arrays.stream(args).skip(1).map(TextPair::of).toList();
        var labels = new Classify(model).classifyAll(texts, Classify.Options.DEFAULTS);
        for (int i = 0; i < texts.size(); i++) {
            IO.println(labels.get(i).getFirst() + "  " + texts.get(i).first());
        }
    }
}
