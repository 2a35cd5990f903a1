package headway.train;

import headway.io.tokenizer.Tokenizer;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A class for each word: a row has a list of words and one of their labels. The first token of a word bears its label,
/// as in Hugging Face's recipe.
///
/// @param columns `tokens` and `labels`
record TagTokens(
        Tokenizer tokenizer, SpecialEnds ends, Map<String, String> columns, List<String> labels, int most, int pad)
        implements Objective<TagTokens.Example> {
    /// A row.
    record Example(int[] ids, int[] labels) {}

    @Override
    public Example example(DataRows.Row row) {
        JsonNode words = row.value(columns.get("tokens"));
        JsonNode tags = row.value(columns.get("labels"));
        if (!words.isArray() || !tags.isArray() || words.size() != tags.size()) {
            throw Run.refused("data: %s: expected two lists of one length, tokens and their labels", row.place());
        }
        int behind = ends.behind().length;
        int[] ids = Arrays.copyOf(ends.before(), most);
        int[] marks = new int[most];
        Arrays.fill(marks, NextTokenLoss.IGNORE);
        int at = ends.before().length;
        for (int w = 0; w < words.size(); w++) {
            int[] word = tokenizer.encodeIds((w == 0 ? "" : " ") + words.get(w).asString(), false);
            if (at + word.length + behind > most) {
                break;
            }
            for (int i = 0; i < word.length; i++) {
                ids[at] = word[i];
                marks[at++] = i == 0 ? row.number(tags.get(w), labels) : NextTokenLoss.IGNORE;
            }
        }
        System.arraycopy(ends.behind(), 0, ids, at, behind);
        return new Example(Arrays.copyOf(ids, at + behind), Arrays.copyOf(marks, at + behind));
    }

    @Override
    public Batches.Batch.Arguments batch(List<Example> examples, long draw) {
        return Objective.of(
                Objective.padded(examples.stream().map(Example::ids).toList(), pad),
                Objective.labels(examples.stream().map(Example::labels).toList()));
    }

    @Override
    public long right(Batches.Batch.Arguments batch, Tensor logits) {
        return Objective.hits(logits, batch.inputs().values().get("labels"));
    }
}
