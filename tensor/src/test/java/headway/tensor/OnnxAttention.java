package headway.tensor;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.attention.Visibility;
import headway.tensor.op.AttentionOp;

/// The ONNX operator Attention in terms of [AttentionOp]: who sees whom is worked out pair by pair as its definition
/// says, and then a [Visibility] is searched that says the same, for each batch entry by itself.
final class OnnxAttention {
    private final OnnxCase one;
    private final Golden q;
    private final Golden k;
    private final Golden v;
    private final int past;

    /// The setting of one batch entry, and its padding marks.
    private record Setting(boolean causal, int offset, int window, int[] seen) {}

    OnnxAttention(OnnxCase one) {
        this.one = one;
        this.q = rows(one.input(0), "q_num_heads");
        Golden newKeys = rows(one.input(1), "kv_num_heads");
        Golden newValues = rows(one.input(2), "kv_num_heads");
        this.past = one.hasInput(4) ? one.input(4).size(2) : 0;
        this.k = past > 0 ? behind(one.input(4).permute(0, 2, 1, 3), newKeys) : newKeys;
        this.v = past > 0 ? behind(one.input(5).permute(0, 2, 1, 3), newValues) : newValues;
    }

    /// `(batch, seq, heads, head_dim)` from `(batch, seq, hidden)` or `(batch, heads, seq, head_dim)`.
    private Golden rows(Golden x, String heads) {
        if (x.rank() == 4) {
            return x.permute(0, 2, 1, 3);
        }
        int H = one.attribute(heads, 0);
        return x.reshape(x.size(0), x.size(1), H, x.size(2) / H);
    }

    private static Golden behind(Golden first, Golden second) {
        int B = first.size(0);
        int row = first.size(2) * first.size(3);
        int a = first.size(1) * row;
        int b = second.size(1) * row;
        double[] all = new double[B * (a + b)];
        for (int i = 0; i < B; i++) {
            System.arraycopy(first.values(), i * a, all, i * (a + b), a);
            System.arraycopy(second.values(), i * b, all, i * (a + b) + a, b);
        }
        return new Golden(new int[] {B, first.size(1) + second.size(1), first.size(2), first.size(3)}, all);
    }

    /// Why this case cannot be run, or null.
    String reason() {
        if (one.attribute("softcap", 0.0) != 0) {
            return "soft cap: scores are not modified yet";
        }
        if (one.hasInput(3) && !one.inputs().get(3).dtype().equals("bool") && !isCut(one.input(3))) {
            return "the mask adds numbers to scores";
        }
        for (int b = 0; b < q.size(0); b++) {
            boolean[][] seen = seen(b);
            if (seen == null) {
                return "the mask differs between heads";
            }
            for (boolean[] row : seen) {
                if (none(row)) {
                    return "a query that sees no key: ONNX gives zeros, Hugging Face and Headway the mean of all values";
                }
            }
            if (search(seen) == null) {
                return "no combination of causal, window, prefix and padding gives this mask";
            }
        }
        return null;
    }

    /// Whether a mask of numbers only shows or hides.
    private static boolean isCut(Golden mask) {
        for (double m : mask.values()) {
            if (m != 0 && m > -1e30) {
                return false;
            }
        }
        return true;
    }

    private static boolean none(boolean[] row) {
        for (boolean b : row) {
            if (b) {
                return false;
            }
        }
        return true;
    }

    /// Who sees whom in batch entry `b`; null where heads differ.
    private boolean[][] seen(int b) {
        int T = q.size(1);
        int S = k.size(1);
        int filled = one.hasInput(6) ? (int) one.input(6).values()[b] : S;
        // The first query stands behind the past, or so that the last one stands at the last filled key.
        int offset = one.hasInput(6) ? filled - T : past;
        boolean causal = one.attribute("is_causal", 0) == 1;
        int left = one.attribute("left_window_size", -1);
        int right = one.attribute("right_window_size", -1);
        boolean[][] seen = new boolean[T][S];
        for (int t = 0; t < T; t++) {
            for (int j = 0; j < S; j++) {
                int i = t + offset;
                boolean visible = j < filled
                        && (!causal || j <= i)
                        && (left < 0 || i - j <= left)
                        && (right < 0 || j - i <= right);
                for (int h = 0; h < q.size(2); h++) {
                    boolean here = visible && open(b, h, t, j);
                    if (h > 0 && here != seen[t][j]) {
                        return null;
                    }
                    seen[t][j] = here;
                }
            }
        }
        return seen;
    }

    /// The mask's word on a pair; axes of size 1 are repeated, keys beyond its end are hidden.
    private boolean open(int b, int h, int t, int j) {
        if (!one.hasInput(3)) {
            return true;
        }
        Golden mask = one.input(3);
        int[] index = {b, h, t, j};
        if (j >= mask.size(-1)) {
            return false;
        }
        int at = 0;
        for (int d = 0; d < mask.rank(); d++) {
            int i = index[4 - mask.rank() + d];
            at = at * mask.size(d) + (mask.size(d) == 1 ? 0 : i);
        }
        double m = mask.values()[at];
        return one.inputs().get(3).dtype().equals("bool") ? m != 0 : m == 0;
    }

    private static Setting search(boolean[][] seen) {
        int T = seen.length;
        int S = seen[0].length;
        for (int window = 0; window <= S + T; window++) {
            for (int offset = -T; offset <= S; offset++) {
                for (boolean causal : new boolean[] {false, true}) {
                    int[] padding = padding(seen, new Visibility(causal, offset, window, 0, null));
                    if (padding != null) {
                        return new Setting(causal, offset, window, padding);
                    }
                }
            }
        }
        return null;
    }

    /// Marks with which `visible` shows exactly `seen`, or null.
    private static int[] padding(boolean[][] seen, Visibility visible) {
        int S = seen[0].length;
        int[] marks = new int[S];
        for (boolean[] row : seen) {
            for (int j = 0; j < S; j++) {
                marks[j] |= row[j] ? 1 : 0;
            }
        }
        for (int t = 0; t < seen.length; t++) {
            for (int j = 0; j < S; j++) {
                if (seen[t][j] != (visible.sees(0, t, j, S) && marks[j] == 1)) {
                    return null;
                }
            }
        }
        return marks;
    }

    /// Output `(batch, seq, heads, head_dim)` and, where asked for, weights `(batch, heads, seq, kv_seq)`.
    double[][] run(boolean materialize) {
        double scale = one.attribute("scale", 1 / Math.sqrt(q.size(3)));
        int B = q.size(0);
        double[] out = new double[B * q.size(1) * q.size(2) * v.size(3)];
        double[] weights = new double[B * q.size(2) * q.size(1) * k.size(1)];
        for (int b = 0; b < B; b++) {
            Setting s = search(seen(b));
            Span padding = AttentionGradientCases.padding(s.seen);
            var attention = AttentionOp.of(
                    tensor(q, b, "seq", "heads"),
                    tensor(k, b, "kv_seq", "kv_heads"),
                    tensor(v, b, "kv_seq", "kv_heads"),
                    scale,
                    new Visibility(s.causal, s.offset, s.window, 0, padding),
                    materialize);
            double[] o = attention.run().toDoubles();
            System.arraycopy(o, 0, out, b * o.length, o.length);
            if (materialize) {
                double[] w = attention.weights().toDoubles();
                System.arraycopy(w, 0, weights, b * w.length, w.length);
            }
        }
        return new double[][] {out, weights};
    }

    /// The expected output, arranged as [#run] gives it.
    double[] expected() {
        return rows(one.output(0), "q_num_heads").values();
    }

    private static Tensor tensor(Golden x, int b, String seq, String heads) {
        int entry = x.values().length / x.size(0);
        double[] part = java.util.Arrays.copyOfRange(x.values(), b * entry, (b + 1) * entry);
        return new Golden(new int[] {1, x.size(1), x.size(2), x.size(3)}, part)
                .tensor(DType.F32, "batch", seq, heads, "head_dim");
    }
}
