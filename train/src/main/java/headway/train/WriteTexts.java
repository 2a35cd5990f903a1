package headway.train;

import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Truncation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A text about a text: translations, summaries, answers. The decoder's input is what it shall write, moved by one.
///
/// @param columns `source` and `target`
/// @param start token that the decoder begins with: no label of its own
record WriteTexts(Tokenizer tokenizer, Map<String, String> columns, int most, int pad, int start)
        implements Objective<WriteTexts.Example> {
    /// A row.
    record Example(int[] source, int[] target) {}

    @Override
    public Example example(DataRows.Row row) {
        int[] source = tokenizer
                .encodeWindows(row.text(columns.get("source")), true, Truncation.to(most))
                .getFirst()
                .ids();
        return new Example(source, target(tokenizer, row.text(columns.get("target")), most, start));
    }

    /// Tokens of what is to be written: without the start token, with the one that ends a text.
    static int[] target(Tokenizer tokenizer, String text, int most, int start) {
        int[] ids = tokenizer
                .encodeWindows(text, true, Truncation.to(most))
                .getFirst()
                .ids();
        if (ids.length > 0 && ids[0] == start) {
            ids = Arrays.copyOfRange(ids, 1, ids.length);
        }
        if (tokenizer.eosId().isPresent()) {
            int eos = tokenizer.eosId().getAsInt();
            if (ids.length == 0 || ids[ids.length - 1] != eos) {
                ids = Arrays.copyOf(ids, ids.length + 1);
                ids[ids.length - 1] = eos;
            }
        }
        return ids;
    }

    @Override
    public Batches.Batch.Arguments batch(List<Example> examples, long draw) {
        return Objective.of(
                Objective.padded(examples.stream().map(Example::source).toList(), pad),
                Objective.labels(examples.stream().map(Example::target).toList()));
    }
}
