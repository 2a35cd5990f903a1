package headway.nn.score;

import headway.kernels.DType;
import headway.nn.Init;
import headway.nn.Parameter;
import headway.nn.Weights;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.ContiguousOp;
import headway.tensor.op.EmbeddingOp;

/// A trained number for each head and each distance in two dimensions inside a square window.
/// [Liu et al. 2021](https://arxiv.org/abs/2103.14030), equation 4.
///
///     bias[h,i,j] = table[(yᵢ - yⱼ + side - 1) · (2·side - 1) + xᵢ - xⱼ + side - 1, h]
///
/// @param table `((2·side - 1)², heads)`
public record WindowBias(Parameter table, int side) implements ScoreBias {
    public static WindowBias load(Weights w, String name, int side, int heads) {
        int distances = (2 * side - 1) * (2 * side - 1);
        return new WindowBias(w.get(name, Init.ZEROS, "distances", distances, "heads", heads), side);
    }

    @Override
    public Tensor of(int queries, int keys) {
        int n = side * side;
        if (queries != n || keys != n) {
            throw new ShapeException(
                    "[bias] a window of %d × %d tokens; the table is for %d × %d".formatted(queries, keys, n, n));
        }
        Tensor ids = Tensor.allocate(Shape.of("seq", n, "kv_seq", n), DType.I32);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int dy = i / side - j / side + side - 1;
                int dx = i % side - j % side + side - 1;
                ids.memory().set((long) i * n + j, dy * (2 * side - 1) + dx);
            }
        }
        Tensor looked = new EmbeddingOp(table.tensor(), ids, -1).run();
        Tensor bias = new ContiguousOp(looked.permute("hidden", "seq", "kv_seq")).run();
        return bias.view(Shape.of("batch", 1, "heads", bias.shape().size(0), "seq", n, "kv_seq", n));
    }
}
