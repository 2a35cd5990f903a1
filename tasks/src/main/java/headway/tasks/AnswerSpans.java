package headway.tasks;

import headway.io.tokenizer.Encoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/// Where an answer may begin and end in one window: `p(s)·p(e)` of its tokens, those of the question left
/// out.
///
/// The token for a whole text (`[CLS]`) takes part in both sums, as the reference has it: its share is
/// "there is no answer here", and itself no answer.
final class AnswerSpans {
    private final double[] start;
    private final double[] end;
    private final boolean[] allowed;
    private final double none;

    /// Tokens `start` to `end`, both included.
    record Span(int start, int end, double score) {}

    private AnswerSpans(double[] start, double[] end, boolean[] allowed) {
        this.start = start;
        this.end = end;
        this.allowed = allowed;
        this.none = start[0] * end[0];
        start[0] = 0;
        end[0] = 0;
    }

    static AnswerSpans of(Encoding window, OptionalInt cls, float[] start, float[] end) {
        int T = window.length();
        var allowed = new boolean[T];
        float[] s = new float[T];
        float[] e = new float[T];
        for (int t = 0; t < T; t++) {
            allowed[t] = window.sequenceIds()[t] == 1 || cls.isPresent() && window.ids()[t] == cls.getAsInt();
            s[t] = allowed[t] ? start[t] : -10_000;
            e[t] = allowed[t] ? end[t] : -10_000;
        }
        return new AnswerSpans(Probabilities.softmax(s), Probabilities.softmax(e), allowed);
    }

    /// How likely it is that there is no answer.
    double none() {
        return none;
    }

    /// The `count` best spans of at most `longest` tokens, the best first; fewer where some of them hold
    /// other tokens.
    List<Span> best(int count, int longest) {
        var spans = new ArrayList<Span>();
        for (int s = 0; s < start.length; s++) {
            for (int e = s; e < Math.min(start.length, s + longest); e++) {
                spans.add(new Span(s, e, start[s] * end[e]));
            }
        }
        spans.sort(Comparator.comparingDouble(Span::score).reversed());
        return spans.subList(0, Math.min(count, spans.size())).stream()
                .filter(span -> allowed[span.start] && allowed[span.end])
                .toList();
    }
}
