package headway.generate.transform;

import java.util.List;

/// Adds to the score of a token that would complete one of some sequences; single tokens always.
public record SequenceBias(List<Bias> biases) implements LogitsTransform {
    /// What completing `ids` is worth.
    public record Bias(List<Integer> ids, double value) {
        public Bias {
            ids = List.copyOf(ids);
            if (ids.isEmpty() || ids.stream().anyMatch(id -> id < 0)) {
                throw new IllegalArgumentException(
                        "[generate] sequenceBias holds %s; expected lists of token ids, none of them empty"
                                .formatted(ids));
            }
        }
    }

    public SequenceBias {
        biases = List.copyOf(biases);
    }

    @Override
    public void apply(float[] scores, TokenSequence tokens) {
        float[] added = new float[scores.length];
        for (Bias bias : biases) {
            for (int id : bias.ids) {
                if (id >= scores.length) {
                    throw new IllegalArgumentException("[generate] sequenceBias holds %s; the vocabulary ends at %d"
                            .formatted(bias.ids, scores.length - 1));
                }
            }
            if (tokens.endsWithBeginningOf(bias.ids)) {
                added[bias.ids.getLast()] += (float) bias.value;
            }
        }
        for (int v = 0; v < scores.length; v++) {
            scores[v] += added[v];
        }
    }
}
