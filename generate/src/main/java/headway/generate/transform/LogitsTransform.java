package headway.generate.transform;

/// Changes the scores of the next token before one is chosen: the seam for everything between logits and sampling.
///
/// - scores `(vocab)`, changed in place; `-∞` forbids a token
///
/// A transform is called for all sequences of a batch, possibly by several threads at once, and must keep nothing
/// from one call to the next.
@FunctionalInterface
public interface LogitsTransform {
    /// Changes `scores`, given the sequence that the next token will continue.
    void apply(float[] scores, TokenSequence tokens);
}
