package headway.train;

import headway.kernels.elementwise.ReduceKernel;
import headway.tensor.Parallel;
import headway.tensor.Tensor;
import java.util.List;

/// The length of all gradients taken as one vector: `√(Σ g²)`, in double precision, over chunks of fixed size whose
/// sums are added in order.
final class GlobalNorm {
    private static final int CHUNK = 1 << 16;

    private double[] partial = new double[64];

    double of(List<Trained> parameters) {
        double sum = 0;
        for (Trained p : parameters) {
            Tensor g = p.used().gradient();
            if (g != null) {
                sum += squares(g);
            }
        }
        return Math.sqrt(sum);
    }

    private double squares(Tensor g) {
        int chunks = Math.toIntExact((g.count() + CHUNK - 1) / CHUNK);
        if (partial.length < chunks) {
            partial = new double[chunks];
        }
        double[] sums = partial;
        Parallel.elements(
                g.count(), CHUNK, (lo, hi) -> sums[(int) (lo / CHUNK)] = ReduceKernel.sumSquares(g.memory(), lo, hi));
        double sum = 0;
        for (int i = 0; i < chunks; i++) {
            sum += sums[i];
        }
        return sum;
    }
}
