package headway.train;

import headway.io.tokenizer.Encoding;
import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Truncation;
import headway.kernels.DType;
import headway.models.Inputs;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Where in a text the answer to a question begins and ends: the tokens of its first and last character, as in Hugging
/// Face's recipe. A text that is too long is cut into windows, of which the one with the answer counts; where none has
/// it, and where there is no answer, both places are the first token.
///
/// @param columns `question`, `context`, and `answers`: `{"text": […], "answer_start": […]}` as in SQuAD, of
///     which the first counts, or the answer's text, whose first place counts, empty for none
/// @param most tokens of a row
record FindAnswers(Tokenizer tokenizer, Map<String, String> columns, int most, int pad, boolean types)
        implements Objective<FindAnswers.Example> {
    /// A row.
    record Example(int[] ids, int[] typeIds, int start, int end) {}

    @Override
    public Example example(DataRows.Row row) {
        String context = row.text(columns.get("context"));
        int[] place = place(row, context);
        List<Encoding> windows = tokenizer.encodePairWindows(
                row.text(columns.get("question")), context, true, Truncation.secondOnly(most, most / 4));
        for (Encoding window : windows) {
            int[] found = place == null ? null : tokens(window, place[0], place[1]);
            if (found != null) {
                return new Example(window.ids(), window.typeIds(), found[0], found[1]);
            }
        }
        return new Example(windows.getFirst().ids(), windows.getFirst().typeIds(), 0, 0);
    }

    /// First code point of the answer and the one behind its last; null where there is none.
    private int[] place(DataRows.Row row, String context) {
        JsonNode said = row.value(columns.get("answers"));
        String text = said.isObject() ? said.path("text").path(0).asString("") : said.asString("");
        if (text.isEmpty()) {
            return null;
        }
        int start = said.isObject() ? said.path("answer_start").path(0).asInt(-1) : start(context, text);
        int end = start + text.codePointCount(0, text.length());
        int[] points = context.codePoints().toArray();
        if (start < 0 || end > points.length || !new String(points, start, end - start).equals(text)) {
            throw Run.refused(
                    "data: %s: the answer '%s' does not stand in the context%s",
                    row.place(), text, start < 0 ? "" : " at character " + start);
        }
        return new int[] {start, end};
    }

    private static int start(String context, String text) {
        int at = context.indexOf(text);
        return at < 0 ? -1 : context.codePointCount(0, at);
    }

    /// First and last token of the characters `start … end - 1`; null where the window does not have them all.
    private static int[] tokens(Encoding window, int start, int end) {
        int first = -1;
        int last = -1;
        int from = Integer.MAX_VALUE;
        int to = 0;
        for (int t = 0; t < window.length(); t++) {
            if (window.sequenceIds()[t] != 1) {
                continue;
            }
            int[] offsets = window.offsets()[t];
            from = Math.min(from, offsets[0]);
            to = Math.max(to, offsets[1]);
            first = offsets[0] <= start ? t : first;
            last = last < 0 && offsets[1] >= end ? t : last;
        }
        return from <= start && to >= end ? new int[] {first, last} : null;
    }

    @Override
    public Batches.Batch.Arguments batch(List<Example> examples, long draw) {
        Map<String, Tensor> values =
                Objective.padded(examples.stream().map(Example::ids).toList(), pad);
        int T = values.get("input_ids").shape().size(1);
        if (types) {
            values.put(
                    "token_type_ids",
                    Objective.filled(examples.stream().map(Example::typeIds).toList(), T, 0));
        }
        int B = examples.size();
        Tensor start = Tensor.allocate(Shape.of("batch", B), DType.I32);
        Tensor end = Tensor.allocate(Shape.of("batch", B), DType.I32);
        for (int b = 0; b < B; b++) {
            start.memory().set(b, examples.get(b).start());
            end.memory().set(b, examples.get(b).end());
        }
        values.put("start_positions", start);
        values.put("end_positions", end);
        return new Batches.Batch.Arguments(
                new Inputs(values, null), B, values.get("input_ids").count());
    }
}
