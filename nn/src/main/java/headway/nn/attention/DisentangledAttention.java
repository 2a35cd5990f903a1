package headway.nn.attention;

import headway.kernels.DType;
import headway.nn.Layer;
import headway.nn.Linear;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.norm.Norm;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.AddOp;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;
import headway.tensor.op.MatMulOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;
import java.util.function.IntBinaryOperator;

/// Attention whose scores are the sum of what contents say to each other and what contents and distances say to each
/// other. [He et al. 2020](https://arxiv.org/abs/2006.03654), equation 4.
///
///     score[i,j] = scale · (q_i·k_j + q_i·kr_{δ(i,j)} + k_j·qr_{δ(j,i)}),   kr = posKey(r), qr = posQuery(r)
///
/// A query of padding sees nothing: it weighs all alike and passes no gradient to scores.
///
/// - x `(batch, seq, hidden)` → `(batch, seq, hidden)`
///
/// @param distances r, one vector a distance, the same in all blocks
/// @param posKey null where contents do not look at distances, and posQuery where distances do not look at contents
public record DisentangledAttention(
        Linear qProj,
        Linear kProj,
        Linear vProj,
        Linear oProj,
        Distances distances,
        Linear posKey,
        Linear posQuery,
        int heads,
        ScaledDotProduct core)
        implements Attention {
    /// Vectors of distances `δ(i,j)`: `i - j`, or buckets of it that grow with the distance; cut at the ends.
    ///
    /// @param table `(2·span, hidden)`, distance -span first
    /// @param norm of the vectors; or null
    /// @param buckets in each direction; 0 where each distance has a vector of its own
    /// @param most distance of the last bucket
    public record Distances(Parameter table, Norm norm, int buckets, int most) implements Layer {
        int span() {
            return table.tensor().shape().size(0) / 2;
        }

        /// Row of the distance `i - j`.
        int row(int distance) {
            return Math.clamp((long) bucket(distance) + span(), 0, 2 * span() - 1);
        }

        /// Row of the distance the other way round.
        int turned(int distance) {
            return Math.clamp((long) span() - bucket(distance), 0, 2 * span() - 1);
        }

        private int bucket(int distance) {
            int middle = buckets / 2;
            if (buckets <= 0 || most <= 0) {
                return distance;
            }
            int far = distance < middle && distance > -middle ? middle - 1 : Math.abs(distance);
            if (far <= middle) {
                return distance;
            }
            // In single precision, as the reference has it: at a bucket's edge the rounding decides.
            float share = (float) Math.log((float) far / middle) / (float) Math.log((float) ((most - 1.0) / middle));
            return (int) (Math.ceil(share * (middle - 1)) + middle) * Integer.signum(distance);
        }

        Tensor vectors(Pass pass) {
            return pass.drop(norm == null ? table.tensor() : norm.forward(table.tensor()));
        }
    }

    @Override
    public Tensor forward(Tensor x, Pass pass, Tensor residual) {
        Tensor padding = pass.padding();
        Tensor q = qProj.forward(x);
        Tensor k = kProj.forward(x);
        if (padding != null) {
            int rows = (int) (q.count() / padding.count());
            q = new MultiplyOp(q, repeated(padding, q.shape(), rows)).run();
        }
        Tensor bias = bias(split(q, "heads"), split(k, "kv_heads"), pass);
        if (padding != null) {
            bias = hidden(bias, padding);
        }
        Pass biased = new Pass(pass.positions(), null, null, pass.dropout()).biased(bias);
        Tensor v = split(vProj.forward(x), "kv_heads");
        return oProj.forward(core.attend(split(q, "heads"), split(k, "kv_heads"), v, biased), residual);
    }

    private Tensor split(Tensor x, String axis) {
        return x.split(axis, heads, "head_dim", x.shape().last().size() / heads);
    }

    /// What distances add to scores, `(batch, heads, seq, kv_seq)`; null for nothing.
    private Tensor bias(Tensor q, Tensor k, Pass pass) {
        if (posKey == null && posQuery == null) {
            return null;
        }
        Tensor vectors = distances.vectors(pass);
        Tensor sum = null;
        if (posKey != null) {
            sum = looked(q, "heads", posKey.forward(vectors), (i, j) -> i, (i, j) -> distances.row(i - j));
        }
        if (posQuery != null) {
            // From the key's side: its distance to the query, read the other way round.
            Tensor other =
                    looked(k, "kv_heads", posQuery.forward(vectors), (i, j) -> j, (i, j) -> distances.turned(j - i));
            sum = sum == null ? other : new AddOp(sum, other).run();
        }
        return new ScaleOp(sum, core.scale()).run();
    }

    /// `x[b,token(i,j),h]·vectors[row(i,j),h]` for all i and j.
    private Tensor looked(Tensor x, String axis, Tensor vectors, IntBinaryOperator token, IntBinaryOperator row) {
        int B = x.shape().size(0);
        int T = x.shape().size(1);
        int D = x.shape().size(3);
        int R = vectors.shape().size(0);
        Tensor contents = new ContiguousOp(x.permute(axis, "batch", "seq", "head_dim"))
                .run()
                .view(Shape.of("heads", heads, "row", B * T, "head_dim", D));
        Tensor places = new ContiguousOp(vectors.split("heads", heads, "head_dim", D)
                        .permute("heads", vectors.shape().dims().getFirst().name(), "head_dim"))
                .run();
        Tensor all = new MatMulOp(contents, places, true).run();
        Tensor ids = Tensor.allocate(Shape.of("batch", B, "heads", heads, "seq", T, "kv_seq", T), DType.I32);
        for (int b = 0, at = 0; b < B; b++) {
            for (int h = 0; h < heads; h++) {
                for (int i = 0; i < T; i++) {
                    for (int j = 0; j < T; j++) {
                        int line = (h * B + b) * T + token.applyAsInt(i, j);
                        ids.memory().set(at++, (long) line * R + row.applyAsInt(i, j));
                    }
                }
            }
        }
        Tensor picked = new EmbeddingOp(all.view(Shape.of("all", heads * B * T * R, "hidden", 1)), ids, -1).run();
        return picked.view(ids.shape());
    }

    /// `bias` without what queries of padding would get, and with the lowest number at keys of padding.
    private Tensor hidden(Tensor bias, Tensor padding) {
        int B = padding.shape().size(0);
        int T = padding.shape().size(1);
        Tensor added = Tensor.allocate(
                Shape.of("batch", B, "heads", bias == null ? 1 : heads, "seq", T, "kv_seq", T), DType.F32);
        for (long at = 0; at < added.count(); at++) {
            long row = at / ((long) added.shape().size(1) * T * T) * T;
            boolean asks = padding.memory().get(row + at / T % T) != 0;
            boolean seen = padding.memory().get(row + at % T) != 0;
            added.memory().set(at, asks && !seen ? -Float.MAX_VALUE : 0);
        }
        if (bias == null) {
            return added;
        }
        Tensor asked = Tensor.allocate(bias.shape(), DType.F32);
        for (long at = 0; at < asked.count(); at++) {
            long row = at / ((long) heads * T * T) * T;
            asked.memory().set(at, padding.memory().get(row + at / T % T));
        }
        return new AddOp(new MultiplyOp(bias, asked).run(), added).run();
    }

    /// Each of `marks` `times` times.
    private static Tensor repeated(Tensor marks, Shape shape, int times) {
        Tensor wide = Tensor.allocate(shape, DType.F32);
        for (long i = 0; i < wide.count(); i++) {
            wide.memory().set(i, marks.memory().get(i / times));
        }
        return wide;
    }
}
