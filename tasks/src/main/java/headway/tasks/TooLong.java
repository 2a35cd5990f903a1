package headway.tasks;

/// What happens to a text that is longer than its model reads.
public enum TooLong {
    /// It is an error that says by how much.
    REFUSE,
    /// The model reads as much of it as it can, from the side that the tokenizer's files name.
    TRUNCATE
}
