package headway.generate;

import headway.generate.transform.LogitsTransform;
import headway.generate.transform.TokenSequence;
import headway.kernels.Span;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Takes of the `topK` most probable tokens the one whose vector is least like those of the text so far, weighed
/// against how probable it is. [Su et al. 2022](https://arxiv.org/abs/2202.06417).
///
///     argmax_v (1 - alpha) · p[v] - alpha · max_j cos(h[v], h[j])      over the topK most probable v
///
/// `h[v]` is the last hidden state of the model at `v`, so all of them are run, as rows that share what came before.
/// The numbers are those of Hugging Face 4.48; padding of a prompt is not looked at.
final class ContrastiveSearch {
    private final List<Row> texts;
    private final List<Row> rows;
    private final List<LogitsTransform> transforms;
    private final double alpha;
    private final int k;
    private final int V;
    private final TokenListener listener;
    private final int pad;

    /// For each text the unit vectors of its tokens, and the logits of what may follow.
    private final List<List<float[]>> context = new ArrayList<>();

    private final float[][] logits;

    /// For each text its candidates, most probable first, and their probabilities.
    private final int[][] ids;

    private final double[][] probabilities;

    /// Columns of the prompts that were seen.
    private int columns;

    /// Vectors of the candidates of the pass before.
    private float[][] vectors;

    /// @param texts a row a prompt: the result
    /// @param rows the rows that run, `k` for each prompt
    ContrastiveSearch(
            List<Row> texts,
            List<Row> rows,
            List<LogitsTransform> transforms,
            Sampling.Contrastive how,
            int V,
            int pad,
            TokenListener listener) {
        this.texts = texts;
        this.rows = rows;
        this.transforms = transforms;
        this.alpha = how.penaltyAlpha();
        this.k = rows.size() / texts.size();
        this.V = V;
        this.pad = pad;
        this.listener = listener;
        this.logits = new float[texts.size()][V];
        this.ids = new int[texts.size()][k];
        this.probabilities = new double[texts.size()][k];
        texts.forEach(_ -> context.add(new ArrayList<>()));
    }

    boolean done() {
        return texts.stream().allMatch(Row::finished);
    }

    /// Looks at hidden states `(prompts, seq, hidden)` of the prompts, and then at `(rows, 1, hidden)` of candidates.
    void look(Tensor hidden) {
        int B = hidden.shape().size(0);
        int T = hidden.shape().size(1);
        int D = hidden.shape().size(2);
        Span memory = hidden.contiguousMemory("contrastive search");
        var found = new float[B * T][];
        for (int i = 0; i < found.length; i++) {
            found[i] = unit(memory, (long) i * D, D);
        }
        if (columns < width()) {
            for (int b = 0; b < B; b++) {
                Prompt prompt = texts.get(b).prompt();
                int lead = width() - prompt.ids().length;
                for (int t = 0; t < T; t++) {
                    int at = columns + t - lead;
                    if (at >= 0 && !prompt.pads(at)) {
                        context.get(b).add(found[b * T + t]);
                    }
                }
            }
            columns += T;
        } else {
            vectors = found;
        }
    }

    private int width() {
        return texts.stream().mapToInt(t -> t.prompt().ids().length).max().orElseThrow();
    }

    private static float[] unit(Span memory, long at, int D) {
        double square = 0;
        float[] values = new float[D];
        for (int d = 0; d < D; d++) {
            values[d] = (float) memory.get(at + d);
            square += (double) values[d] * values[d];
        }
        float norm = (float) Math.sqrt(square);
        for (int d = 0; d < D; d++) {
            values[d] /= norm;
        }
        return values;
    }

    /// Takes the logits `(rows, vocab)` that follow the prompts.
    void begin(Tensor after) {
        Span memory = after.contiguousMemory("contrastive search");
        for (int p = 0; p < texts.size(); p++) {
            copy(memory, p * k, logits[p]);
        }
        propose();
    }

    /// Takes the logits `(rows, vocab)` after each candidate; returns for each row the one it goes on from.
    int[] step(Tensor after) {
        Span memory = after.contiguousMemory("contrastive search");
        int[] from = new int[rows.size()];
        for (int p = 0; p < texts.size(); p++) {
            int best = best(p);
            for (int j = 0; j < k; j++) {
                from[p * k + j] = p * k + best;
            }
            Row text = texts.get(p);
            if (text.finished()) {
                continue;
            }
            text.choose(ids[p][best]);
            Search.logSoftmax(logits[p], p);
            text.accept(-logits[p][ids[p][best]], p, listener);
            context.get(p).add(vectors[p * k + best]);
            copy(memory, p * k + best, logits[p]);
        }
        propose();
        return from;
    }

    private void copy(Span from, int row, float[] to) {
        for (int v = 0; v < V; v++) {
            to[v] = (float) from.get((long) row * V + v);
        }
    }

    private int best(int p) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < k; j++) {
            double like = Double.NEGATIVE_INFINITY;
            for (float[] before : context.get(p)) {
                like = Math.max(like, dot(before, vectors[p * k + j]));
            }
            double score = (1 - alpha) * probabilities[p][j] - alpha * like;
            if (score > most) {
                most = score;
                best = j;
            }
        }
        return best;
    }

    private static double dot(float[] x, float[] y) {
        float sum = 0;
        for (int d = 0; d < x.length; d++) {
            sum = Math.fma(x[d], y[d], sum);
        }
        return sum;
    }

    /// Gives each row the text so far and a candidate.
    private void propose() {
        for (int p = 0; p < texts.size(); p++) {
            boolean finished = texts.get(p).finished();
            // A text that has ended goes on with padding, which nobody looks at.
            TokenSequence tokens =
                    finished ? rows.get(p * k).tokens() : texts.get(p).tokens();
            if (!finished) {
                float[] scores = logits[p].clone();
                for (LogitsTransform transform : transforms) {
                    transform.apply(scores, tokens);
                }
                Search.logSoftmax(scores, p);
                int[] likely = Search.top(scores, k);
                for (int j = 0; j < k; j++) {
                    ids[p][j] = likely[j];
                    probabilities[p][j] = Math.exp(scores[likely[j]]);
                }
            }
            for (int j = 0; j < k; j++) {
                TokenSequence longer = tokens.copy();
                longer.add(finished ? pad : ids[p][j]);
                rows.get(p * k + j).continueWith(longer);
            }
        }
    }
}
