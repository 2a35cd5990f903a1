package headway.tasks;

import headway.io.tokenizer.Encoding;
import headway.io.tokenizer.Truncation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The answer to a question, found in a text of any length, as Hugging Face's `question-answering` has
/// it: the text in windows that overlap, the likeliest beginning and end of an answer in each, the
/// likeliest of all.
///
/// `score(s, e) = softmax(start)[s] · softmax(end)[e]` over the tokens of the text, for `s ≤ e < s +
/// maxAnswerLen`; scores of the same words found more than once are added, as the reference does.
public final class Answer {
    private final LoadedModel model;
    private final TextReader reader;

    /// @param answer words of the text; empty for "there is none"
    /// @param start first code point of the answer in the text
    /// @param end code point behind the last
    public record Found(String answer, double score, int start, int end) {}

    /// A question and the text that answers it.
    public record Question(String question, String context) {}

    /// @param topK answers to return, the best first
    /// @param docStride tokens that two windows share; 0 for the reference's own, a half of a window but
    ///     at most 128
    /// @param maxSeqLen tokens of a window with its question; 0 for what the model reads, at most 384
    /// @param maxAnswerLen tokens of an answer
    /// @param impossible whether "there is no answer" is one
    /// @param wholeWords whether an answer begins and ends where words do
    public record Options(
            int topK, int docStride, int maxSeqLen, int maxAnswerLen, boolean impossible, boolean wholeWords) {
        /// The best answer, of whole words, at most 15 tokens long.
        public static final Options DEFAULTS = new Options(1, 0, 0, 15, false, true);

        public Options {
            if (topK < 1 || maxAnswerLen < 1 || docStride < 0 || maxSeqLen < 0) {
                throw new TaskException(
                        "[answer] topK=%d, maxAnswerLen=%d, docStride=%d, maxSeqLen=%d; expected at least 1, 1, 0, 0"
                                .formatted(topK, maxAnswerLen, docStride, maxSeqLen));
            }
        }

        /// The same with `count` answers.
        public Options withTopK(int count) {
            return new Options(count, docStride, maxSeqLen, maxAnswerLen, impossible, wholeWords);
        }

        /// The same with windows of `tokens` that share `shared`.
        public Options withWindows(int tokens, int shared) {
            return new Options(topK, shared, tokens, maxAnswerLen, impossible, wholeWords);
        }
    }

    /// @throws TaskException when the checkpoint has no head for it
    public Answer(LoadedModel model) {
        Task.ANSWER.require(model);
        this.model = model;
        this.reader = TextReader.of(Task.ANSWER, model);
    }

    /// The best answer to `question` in `context`.
    public Found answer(String question, String context) {
        return answer(question, context, Options.DEFAULTS).getFirst();
    }

    /// The best answers, the best first.
    public List<Found> answer(String question, String context, Options options) {
        return answerAll(List.of(new Question(question, context)), options).getFirst();
    }

    /// The same for each of `questions`.
    public List<List<Found>> answerAll(List<Question> questions, Options options) {
        var windows = new ArrayList<Encoding>();
        int[] ends = new int[questions.size()];
        for (int i = 0; i < ends.length; i++) {
            windows.addAll(windows(i + 1, questions.get(i), options));
            ends[i] = windows.size();
        }
        List<float[][]> logits = EncoderPass.outputs(model, windows, reader.padId(), outputs ->
                new float[][] {outputs.of("start_logits"), outputs.of("end_logits")});
        var all = new ArrayList<List<Found>>();
        for (int i = 0; i < ends.length; i++) {
            int from = i == 0 ? 0 : ends[i - 1];
            all.add(best(questions.get(i), windows.subList(from, ends[i]), logits.subList(from, ends[i]), options));
        }
        return all;
    }

    private List<Encoding> windows(int number, Question question, Options options) {
        if (question.question.isBlank() || question.context.isBlank()) {
            throw new TaskException("[answer] %s %d is empty; give both a question and a text"
                    .formatted(question.question.isBlank() ? "question" : "the text of question", number));
        }
        int length = options.maxSeqLen == 0 ? Math.min(reader.length().window(), 384) : options.maxSeqLen;
        int stride = options.docStride == 0 ? Math.min(length / 2, 128) : options.docStride;
        if (stride > length) {
            throw new TaskException("[answer] docStride=%d is more than maxSeqLen=%d".formatted(stride, length));
        }
        if (length > reader.length().positions()) {
            throw new TaskException("[answer] maxSeqLen=%d, but the model reads at most %d tokens"
                    .formatted(length, reader.length().positions()));
        }
        return reader.tokenizer()
                .encodePairWindows(question.question, question.context, true, Truncation.secondOnly(length, stride));
    }

    private List<Found> best(Question question, List<Encoding> windows, List<float[][]> logits, Options options) {
        var found = new ArrayList<Found>();
        double none = 1_000_000;
        int[] points = question.context.codePoints().toArray();
        // Some candidates are dropped or fall together once they are made to begin and end with words.
        int candidates = options.wholeWords ? 2 * options.topK + 10 : options.topK;
        for (int w = 0; w < windows.size(); w++) {
            var spans = AnswerSpans.of(windows.get(w), reader.tokenizer().clsId(), logits.get(w)[0], logits.get(w)[1]);
            none = Math.min(none, spans.none());
            for (AnswerSpans.Span span : spans.best(candidates, options.maxAnswerLen)) {
                add(found, points, place(windows.get(w), span, options.wholeWords));
            }
        }
        if (options.impossible) {
            found.add(new Found("", none, 0, 0));
        }
        found.sort(Comparator.comparingDouble(Found::score).reversed());
        return List.copyOf(found.subList(0, Math.min(options.topK, found.size())));
    }

    private static Found place(Encoding window, AnswerSpans.Span span, boolean wholeWords) {
        int start = window.offsets()[span.start()][0];
        int end = window.offsets()[span.end()][1];
        int first = window.wordIds()[span.start()];
        int last = window.wordIds()[span.end()];
        for (int t = 0; wholeWords && first >= 0 && last >= 0 && t < window.length(); t++) {
            if (window.sequenceIds()[t] == 1 && window.wordIds()[t] == first) {
                start = Math.min(start, window.offsets()[t][0]);
            }
            if (window.sequenceIds()[t] == 1 && window.wordIds()[t] == last) {
                end = Math.max(end, window.offsets()[t][1]);
            }
        }
        return new Found(null, span.score(), start, end);
    }

    private static void add(List<Found> found, int[] points, Found at) {
        String words = new String(points, at.start, Math.max(0, at.end - at.start));
        for (int i = 0; i < found.size(); i++) {
            Found same = found.get(i);
            if (same.answer.equalsIgnoreCase(words)) {
                found.set(i, new Found(same.answer, same.score + at.score, same.start, same.end));
                return;
            }
        }
        found.add(new Found(words, at.score, at.start, at.end));
    }
}
