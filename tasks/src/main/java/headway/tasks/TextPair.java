package headway.tasks;

/// A text, or two that a model reads together: a question and a passage, a premise and a hypothesis.
///
/// @param second null where there is only one
public record TextPair(String first, String second) {
    /// A text alone.
    public static TextPair of(String text) {
        return new TextPair(text, null);
    }
}
