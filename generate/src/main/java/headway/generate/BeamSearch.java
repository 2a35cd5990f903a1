package headway.generate;

import headway.generate.sample.RandomStream;
import headway.generate.transform.LogitsTransform;
import headway.generate.transform.TokenSequence;
import headway.kernels.Span;
import headway.tensor.Parallel;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Follows the most probable texts of each prompt at once and keeps the best that ended, step by step as Hugging Face
/// does, in single precision like it.
///
/// A step adds the log-probabilities of the next token to the scores of the running beams, takes the best
/// `(ends + 1) · beams` continuations, lets those run on that did not end, and keeps those that ended among the best
/// `beams`, scored by `log p / length^lengthPenalty`, where they beat what was kept before.
///
/// Where the settings sample, continuations are drawn instead, without putting back, with probabilities
/// `softmax(score)` over all beams of a prompt together; the first drawn count as the best. The largest
/// `score + gumbel` in their order are such a draw: [Kool et al. 2019](https://arxiv.org/abs/1903.06059).
final class BeamSearch implements Search {
    /// One possible next token.
    private record Candidate(int beam, TokenSequence tokens, float score, Sums sums, boolean ends) {}

    private record Kept(TokenSequence tokens, float score, Sums sums, boolean finished) {}

    private final List<Row> rows;
    private final Generation settings;
    private final List<LogitsTransform> transforms;
    private final int limit;
    private final Predicate<TokenSequence> stops;
    private final int beams;
    private final int keep;
    private final Running[][] running;
    private final Kept[][] kept;
    private final boolean[] improvable;
    private int generated;
    private boolean done;

    /// @param rows those of a prompt in succession, as many as there are beams
    /// @param limit most tokens to generate
    /// @param stops whether a text ends, beside by an end token
    BeamSearch(
            List<Row> rows,
            Generation settings,
            List<LogitsTransform> transforms,
            int limit,
            Predicate<TokenSequence> stops) {
        this.rows = rows;
        this.settings = settings;
        this.transforms = transforms;
        this.limit = limit;
        this.stops = stops;
        this.beams = settings.beams().count();
        this.keep = Math.max(2, 1 + settings.ends().size()) * beams;
        int prompts = rows.size() / beams;
        this.running = new Running[prompts][beams];
        this.kept = new Kept[prompts][beams];
        this.improvable = new boolean[prompts];
        for (int p = 0; p < prompts; p++) {
            improvable[p] = true;
            for (int k = 0; k < beams; k++) {
                TokenSequence tokens = rows.get(p * beams + k).tokens();
                // Only the first beam counts at first, so that not all choose the same.
                running[p][k] = Running.at(tokens, k == 0 ? 0 : GONE);
                kept[p][k] = new Kept(tokens, GONE, new Sums(0, 0), false);
            }
        }
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public int[] step(Tensor logits) {
        int[] from = new int[rows.size()];
        boolean allEnd = true;
        for (int p = 0; p < running.length; p++) {
            List<Candidate> best = candidates(p, logits.contiguousMemory("beam search"));
            allEnd &= best.stream().allMatch(Candidate::ends);
            keep(p, best);
            List<Candidate> next = survivors(best);
            var moved = new Running[beams];
            for (int k = 0; k < beams; k++) {
                Candidate c = next.get(k);
                moved[k] = new Running(c.tokens, c.ends ? c.score + GONE : c.score, c.sums);
                from[p * beams + k] = p * beams + c.beam;
            }
            running[p] = moved;
            for (int k = 0; k < beams; k++) {
                rows.get(p * beams + k).continueWith(moved[k].tokens());
            }
        }
        generated++;
        finish(allEnd);
        return from;
    }

    /// The best continuations of all beams of prompt `p`, best first, the earlier one of equals; or those drawn.
    private List<Candidate> candidates(int p, Span logits) {
        int V = (int) (logits.count() / rows.size());
        var next = new Next[beams];
        float[] total = new float[beams * V];
        Parallel.range(beams, 1, (lo, hi) -> {
            for (int k = lo; k < hi; k++) {
                Running text = running[p][k];
                next[k] = Search.next(logits, p * beams + k, V, text, settings, transforms);
                for (int v = 0; v < V; v++) {
                    total[k * V + v] = next[k].scores()[v] + text.score();
                }
            }
        });
        var best = new ArrayList<Candidate>();
        float[] order = settings.sampling() instanceof Sampling.Categorical ? drawn(total, p) : total;
        for (int i : Search.top(order, Math.min(keep, total.length))) {
            int k = i / V;
            TokenSequence tokens = running[p][k].tokens().copy();
            tokens.add(i % V);
            boolean ends = settings.ends().contains(i % V) || generated + 1 >= limit || stops.test(tokens);
            Sums sums = next[k].with(running[p][k].sums(), i % V, settings);
            best.add(new Candidate(k, tokens, total[i], sums, ends));
        }
        return best;
    }

    /// The scores with noise, by which continuations are drawn.
    private float[] drawn(float[] total, int p) {
        RandomStream random = rows.get(p * beams).random();
        float[] order = new float[total.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = total[i] == Float.NEGATIVE_INFINITY
                    ? total[i]
                    : (float) (total[i] - Math.log(-Math.log(random.uniform((long) generated * total.length + i))));
        }
        return order;
    }

    /// The `beams` best that did not end.
    private List<Candidate> survivors(List<Candidate> best) {
        float[] scores = new float[best.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = best.get(i).ends ? best.get(i).score + GONE : best.get(i).score;
        }
        return Arrays.stream(Search.top(scores, beams)).mapToObj(best::get).toList();
    }

    /// Lets what ended replace what was kept, where it is better.
    private void keep(int p, List<Candidate> best) {
        boolean full = settings.beams().earlyStopping() == Beams.EarlyStopping.AT_ONCE
                && Arrays.stream(kept[p]).allMatch(Kept::finished);
        float length = (float) Math.pow(generated + 1, settings.beams().lengthPenalty());
        var all = new ArrayList<>(List.of(kept[p]));
        for (int i = 0; i < best.size(); i++) {
            Candidate c = best.get(i);
            boolean justEnded = c.ends && i < beams;
            float score = c.score / length;
            score += full ? GONE : 0;
            score += improvable[p] ? 0 : GONE;
            score += justEnded ? 0 : GONE;
            all.add(new Kept(c.tokens, score, c.sums, justEnded));
        }
        float[] scores = new float[all.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = all.get(i).score;
        }
        kept[p] = Arrays.stream(Search.top(scores, beams)).mapToObj(all::get).toArray(Kept[]::new);
    }

    /// Whether the search is over for all prompts.
    private void finish(boolean allEnd) {
        Beams how = settings.beams();
        boolean far = how.earlyStopping() == Beams.EarlyStopping.NEVER && how.lengthPenalty() > 0;
        float length = (float) Math.pow(far ? limit : generated, how.lengthPenalty());
        boolean improvement = false;
        boolean allFinished = true;
        for (int p = 0; p < running.length; p++) {
            float best = running[p][0].score() / length;
            float worst = Float.POSITIVE_INFINITY;
            boolean every = true;
            for (Kept k : kept[p]) {
                worst = Math.min(worst, k.score);
                every &= k.finished;
            }
            boolean some = Arrays.stream(kept[p]).anyMatch(Kept::finished);
            boolean better = !every && best > GONE || some && best > worst;
            improvable[p] &= better;
            improvement |= improvable[p];
            allFinished &= every;
        }
        boolean open = !(allFinished && how.earlyStopping() == Beams.EarlyStopping.AT_ONCE);
        done = !(improvement && open && !allEnd);
    }

    @Override
    public List<Found> best(int count) {
        var found = new ArrayList<Found>();
        for (int p = 0; p < kept.length; p++) {
            for (int k = 0; k < count; k++) {
                Kept one = kept[p][k];
                found.add(new Found(rows.get(p * beams).prompt(), one.tokens, one.sums));
            }
        }
        return found;
    }
}
