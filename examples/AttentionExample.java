import headway.tasks.AttentionMap;
import headway.tasks.Headway;

/// Which heads matter while a model reads a text:
///
///     examples/run AttentionExample MODEL "You are all resolved."
void main(String[] args) {
    try (var model = Headway.load(args[0])) {
        for (var layer : new AttentionMap(model).look(args[1], null)) {
            layer.heads().forEach(h -> IO.println("layer %d head %d  looks %.1f tokens far, importance %.4f"
                    .formatted(h.layer(), h.head(), h.distance(), h.importance())));
        }
    }
}
