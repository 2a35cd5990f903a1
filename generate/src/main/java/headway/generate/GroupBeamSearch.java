package headway.generate;

import headway.generate.transform.LogitsTransform;
import headway.generate.transform.TokenSequence;
import headway.kernels.Span;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Beam search in groups that keep away from each other: a group's tokens cost `diversityPenalty` more for each time
/// that a group before it has taken them in the same step. [Vijayakumar et al.
/// 2016](https://arxiv.org/abs/1610.02424), with Hamming diversity.
///
///     score[v] = log p[v] - diversityPenalty · |{beams of earlier groups that now take v}|
///
/// Step by step as Hugging Face 4.48 does, whose later versions left it out: each group keeps its best texts that ended
/// among its best `beams / groups` continuations, scored by `log p / length^lengthPenalty`, and the best of all groups
/// are the result. A group that is done takes padding, which counts like any token. Whatever end token was chosen, the
/// first of them is what ends a text here.
final class GroupBeamSearch implements Search {
    private record Kept(TokenSequence tokens, double score, Sums sums) {}

    /// One possible next token.
    private record Candidate(int beam, int id, float score, Sums sums) {}

    /// A group of a prompt: its running texts, and the best of those that ended.
    private final class Group {
        private final int first;
        private Running[] running = new Running[size];
        private final List<Kept> kept = new ArrayList<>();
        private boolean done;

        Group(int first) {
            this.first = first;
            TokenSequence prompt = rows.get(first).tokens();
            for (int k = 0; k < size; k++) {
                // Only the first beam counts at first, so that not all choose the same.
                running[k] = Running.at(prompt, k == 0 ? 0 : GONE);
            }
        }

        /// Keeps a text if it is among the best.
        ///
        /// @param length tokens by which its score is divided
        void keep(TokenSequence tokens, float score, Sums sums, int length) {
            double fair = score / Math.pow(length, settings.beams().lengthPenalty());
            if (kept.size() < size || fair > worst()) {
                kept.add(new Kept(tokens, fair, sums));
                if (kept.size() > size) {
                    kept.remove(kept.stream()
                            .min(Comparator.comparingDouble(Kept::score))
                            .orElseThrow());
                }
            }
        }

        double worst() {
            return kept.stream().mapToDouble(Kept::score).min().orElse(1e9);
        }

        /// Whether no running text is better than the worst of those kept, by the rule that the settings name.
        boolean over(float best) {
            if (kept.size() < size) {
                return false;
            }
            Beams how = settings.beams();
            boolean far = how.earlyStopping() == Beams.EarlyStopping.NEVER && how.lengthPenalty() > 0;
            double length = Math.pow(far ? limit : generated + 1, how.lengthPenalty());
            return how.earlyStopping() == Beams.EarlyStopping.AT_ONCE || worst() >= best / length;
        }
    }

    private final List<Row> rows;
    private final Generation settings;
    private final List<LogitsTransform> transforms;
    private final int limit;
    private final int size;
    private final int end;
    private final int pad;
    private final Group[][] groups;
    private int generated;

    /// @param rows those of a prompt in succession, those of a group together
    /// @param limit most tokens to generate
    GroupBeamSearch(List<Row> rows, Generation settings, List<LogitsTransform> transforms, int limit) {
        this.rows = rows;
        this.settings = settings;
        this.transforms = transforms;
        this.limit = limit;
        this.size = settings.beams().count() / settings.beams().groups();
        this.end = settings.ends().stream().findFirst().orElse(0);
        this.pad = settings.padTokenId() == null ? end : settings.padTokenId();
        this.groups = new Group[rows.size() / settings.beams().count()]
                [settings.beams().groups()];
        for (int p = 0; p < groups.length; p++) {
            for (int g = 0; g < groups[p].length; g++) {
                groups[p][g] = new Group(p * settings.beams().count() + g * size);
            }
        }
    }

    @Override
    public boolean done() {
        return generated >= limit
                || Arrays.stream(groups).flatMap(Arrays::stream).allMatch(group -> group.done);
    }

    @Override
    public int[] step(Tensor logits) {
        int[] from = new int[rows.size()];
        Span memory = logits.contiguousMemory("beam search");
        int V = (int) (memory.count() / rows.size());
        for (Group[] ofPrompt : groups) {
            int[] taken = new int[V];
            for (Group group : ofPrompt) {
                step(group, memory, taken, V, from);
            }
        }
        generated++;
        return from;
    }

    /// @param taken how often earlier groups took each token in this step; this one's are added
    private void step(Group group, Span logits, int[] taken, int V, int[] from) {
        if (group.done) {
            taken[pad] += size;
            for (int k = 0; k < size; k++) {
                from[group.first + k] = group.first + k;
                continueWith(group.first + k, extended(group.running[k].tokens(), pad));
                group.running[k] = Running.at(rows.get(group.first + k).tokens(), 0);
            }
            return;
        }
        List<Candidate> best = candidates(group, logits, taken, V);
        var next = new Running[size];
        int running = 0;
        for (int i = 0; i < best.size() && running < size; i++) {
            Candidate c = best.get(i);
            TokenSequence tokens = extended(group.running[c.beam].tokens(), c.id);
            if (!settings.ends().contains(c.id)) {
                next[running] = new Running(tokens, c.score, c.sums);
                from[group.first + running++] = group.first + c.beam;
                taken[c.id]++;
            } else if (i < size) {
                group.keep(extended(group.running[c.beam].tokens(), end), c.score, c.sums, generated + 1);
            }
        }
        if (running < size) {
            throw new IllegalStateException(
                    "[generate] fewer than %d tokens of a vocabulary of %d go on with a text; set fewer beams or end tokens"
                            .formatted(size, V));
        }
        group.running = next;
        for (int k = 0; k < size; k++) {
            continueWith(group.first + k, next[k].tokens());
        }
        group.done = group.over(best.getFirst().score);
    }

    private void continueWith(int row, TokenSequence tokens) {
        rows.get(row).continueWith(tokens);
    }

    private static TokenSequence extended(TokenSequence tokens, int id) {
        TokenSequence longer = tokens.copy();
        longer.add(id);
        return longer;
    }

    /// The best continuations of a group's texts, best first.
    private List<Candidate> candidates(Group group, Span logits, int[] taken, int V) {
        float penalty = (float) settings.beams().diversityPenalty();
        var chain = new ArrayList<LogitsTransform>();
        chain.add((scores, _) -> {
            for (int v = 0; v < V; v++) {
                scores[v] -= penalty * taken[v];
            }
        });
        chain.addAll(transforms);
        var next = new Next[size];
        float[] total = new float[size * V];
        for (int k = 0; k < size; k++) {
            Running text = group.running[k];
            next[k] = Search.next(logits, group.first + k, V, text, settings, chain);
            for (int v = 0; v < V; v++) {
                total[k * V + v] = next[k].scores()[v] + text.score();
            }
        }
        var best = new ArrayList<Candidate>();
        int count = Math.max(2, 1 + settings.ends().size()) * size;
        for (int i : Search.top(total, Math.min(count, total.length))) {
            Running text = group.running[i / V];
            best.add(new Candidate(i / V, i % V, total[i], next[i / V].with(text.sums(), i % V, settings)));
        }
        return best;
    }

    @Override
    public List<Found> best(int count) {
        var found = new ArrayList<Found>();
        for (Group[] ofPrompt : groups) {
            var all = new ArrayList<Kept>();
            for (Group group : ofPrompt) {
                for (int k = 0; k < size && !group.done; k++) {
                    Running text = group.running[k];
                    group.keep(text.tokens(), text.score(), text.sums(), generated);
                }
                group.done = true;
                all.addAll(group.kept);
            }
            // Of equals the later one: Hugging Face sorts upwards and takes from the end.
            all.sort(Comparator.comparingDouble(Kept::score));
            Prompt prompt = rows.get(ofPrompt[0].first).prompt();
            for (Kept one : all.reversed().subList(0, count)) {
                found.add(new Found(prompt, one.tokens, one.sums));
            }
        }
        return found;
    }
}
