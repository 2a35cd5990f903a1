package headway.train;

import headway.kernels.random.Philox;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Rows in an order drawn anew for each pass over them: the place of a row is told by seed and step alone.
///
/// @param <E> a row as its [Objective] reads it
final class RowBatches<E> implements Batches {
    private final Objective<E> objective;
    private final List<E> rows;
    private final List<E> held;
    private final int B;
    private final int accumulate;
    private final long seed;
    private long orderedPass = -1;
    private int[] order;

    RowBatches(Objective<E> objective, List<E> rows, List<E> held, int B, int accumulate, long seed) {
        this.objective = objective;
        this.rows = rows;
        this.held = held;
        this.B = B;
        this.accumulate = accumulate;
        this.seed = seed;
        if (rows.isEmpty()) {
            throw Run.refused("data: all rows are held out; lower evaluate.fraction");
        }
    }

    @Override
    public Batch at(int step, int micro) {
        long first = ((long) step * accumulate + micro) * B;
        var chosen = new ArrayList<E>(B);
        for (int i = 0; i < B; i++) {
            chosen.add(rows.get(place(first + i)));
        }
        return objective.batch(chosen, first);
    }

    private int place(long draw) {
        long pass = draw / rows.size();
        if (pass != orderedPass) {
            order = order(rows.size(), seed, pass);
            orderedPass = pass;
        }
        return order[(int) (draw % rows.size())];
    }

    /// Numbers below `n` in an order told by `seed` and `pass`: Fisher and Yates' shuffle.
    static int[] order(int n, long seed, long pass) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = (int) (Integer.toUnsignedLong(Philox.bits(seed ^ pass * 0x9E3779B97F4A7C15L, i)) * (i + 1) >>> 32);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    @Override
    public Batch heldOut(int index) {
        int from = index * B;
        return from >= held.size() ? null : objective.batch(held.subList(from, Math.min(held.size(), from + B)), from);
    }

    @Override
    public long right(Batch.Arguments batch, Tensor logits) {
        return objective.right(batch, logits);
    }
}
