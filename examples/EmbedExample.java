import headway.tasks.Embed;
import headway.tasks.Headway;
import java.util.Arrays;

/// Which text is nearest to the first one:
///
///     examples/run EmbedExample MODEL "a cat sleeps" "a dog barks" "the kitten naps"
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        var texts = Arrays.asList(args).subList(1, args.length);
        var vectors = new Embed(model).embedAll(texts);
        for (int i = 1; i < texts.size(); i++) {
            IO.println("%.4f  %s".formatted(Embed.cosine(vectors.getFirst(), vectors.get(i)), texts.get(i)));
        }
    }
}
