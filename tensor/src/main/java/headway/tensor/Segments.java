package headway.tensor;

import java.util.Arrays;

/// Sequences that lie one behind the other in one row, without padding between them: sequence `i` is rows
/// `starts[i] … starts[i + 1] - 1`.
///
/// @param starts ascending from 0; the last entry is where the row ends
public record Segments(int[] starts) {
    public Segments {
        boolean ascends = starts.length > 0 && starts[0] == 0;
        for (int i = 1; i < starts.length && ascends; i++) {
            ascends = starts[i] > starts[i - 1];
        }
        if (!ascends) {
            throw new ShapeException(
                    "[segments] starts %s; expected 0 and then ever larger numbers".formatted(Arrays.toString(starts)));
        }
    }

    /// Sequences of these lengths.
    public static Segments ofLengths(int... lengths) {
        int[] starts = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            starts[i + 1] = Math.addExact(starts[i], lengths[i]);
        }
        return new Segments(starts);
    }

    /// `count` sequences of `length` each: what a batch is.
    public static Segments even(int count, int length) {
        int[] starts = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            starts[i] = i * length;
        }
        return new Segments(starts);
    }

    /// Number of sequences.
    public int count() {
        return starts.length - 1;
    }

    /// Rows of all sequences together.
    public int rows() {
        return starts[count()];
    }

    /// First row of sequence `i`; for `i = count` the end.
    public int start(int i) {
        return starts[i];
    }

    /// Rows of sequence `i`.
    public int length(int i) {
        return starts[i + 1] - starts[i];
    }

    /// For each row its place in its own sequence, from `first` on: `(1, seq)`.
    public Tensor places(int first) {
        int[] places = new int[rows()];
        for (int i = 0; i < count(); i++) {
            for (int t = 0; t < length(i); t++) {
                places[starts[i] + t] = first + t;
            }
        }
        return Tensor.of(Shape.of("batch", 1, "seq", rows()), places);
    }
}
