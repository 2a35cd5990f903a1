package headway.nn.score;

import headway.kernels.DType;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;

/// A trained number for each head and bucket of distances: near distances have a bucket each, far ones
/// share buckets that grow geometrically. [Raffel et al. 2020](https://arxiv.org/abs/1910.10683), section
/// 2.1.
///
///     bias[h,i,j] = weight[bucket(j - i), h]
///
/// @param weight `(buckets, heads)`
/// @param maxDistance from which on all share the last bucket
/// @param sides one where nobody looks ahead, two with half of the buckets each
public record BucketBias(Parameter weight, int maxDistance, Sides sides) implements ScoreBias {
    /// In which directions keys lie.
    public enum Sides {
        /// Before the query, itself included: decoders.
        BEHIND,
        /// Before and after: encoders.
        BOTH
    }

    public static BucketBias load(Weights w, int buckets, int heads, int maxDistance, Sides sides, Init init) {
        return new BucketBias(w.get("weight", init, "buckets", buckets, "heads", heads), maxDistance, sides);
    }

    @Override
    public Tensor of(int queries, int keys) {
        Tensor ids = Tensor.allocate(Shape.of("seq", queries, "kv_seq", keys), DType.I32);
        for (int t = 0; t < queries; t++) {
            for (int j = 0; j < keys; j++) {
                ids.memory().set((long) t * keys + j, bucket(j - (keys - queries + t)));
            }
        }
        Tensor looked = new EmbeddingOp(weight.tensor(), ids, -1).run();
        Tensor bias = new ContiguousOp(looked.permute("hidden", "seq", "kv_seq")).run();
        return bias.view(Shape.of("batch", 1, "heads", bias.shape().size(0), "seq", queries, "kv_seq", keys));
    }

    /// The same by distance, `(heads, queries + keys - 1)`: entry `t - j + keys - 1` is that of query t and key j.
    public Tensor byDistance(int queries, int keys) {
        Tensor ids = Tensor.allocate(Shape.of("distance", queries + keys - 1), DType.I32);
        for (int i = 0; i < queries + keys - 1; i++) {
            ids.memory().set(i, bucket(queries - 1 - i));
        }
        Tensor looked = new EmbeddingOp(weight.tensor(), ids, -1).run();
        return new ContiguousOp(looked.permute("hidden", "distance")).run();
    }

    /// Bucket of the distance `key - query`.
    int bucket(int distance) {
        int buckets = weight.tensor().shape().size(0);
        int first = 0;
        int d;
        if (sides == Sides.BOTH) {
            buckets /= 2;
            first = distance > 0 ? buckets : 0;
            d = Math.abs(distance);
        } else {
            d = Math.max(0, -distance);
        }
        int exact = buckets / 2;
        if (d < exact) {
            return first + d;
        }
        // In single precision, as the reference has it: at a bucket's edge the rounding decides.
        float share = (float) Math.log((float) d / exact) / (float) Math.log((double) maxDistance / exact);
        return first + Math.min(buckets - 1, exact + (int) (share * (buckets - exact)));
    }
}
