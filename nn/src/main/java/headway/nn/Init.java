package headway.nn;

import headway.kernels.Span;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.kernels.random.Philox;
import headway.nn.position.SinusoidalPosition;
import headway.tensor.Parallel;
import headway.tensor.Shape;

/// How a parameter starts.
public sealed interface Init {
    /// All elements the same.
    record Constant(double value) implements Init {}

    /// Normal around 0.
    record Normal(double std) implements Init {}

    /// Normal around 0, drawn again outside of two standard deviations: BERT's.
    record TruncatedNormal(double std) implements Init {}

    /// Uniform on ±bound.
    record Uniform(double bound) implements Init {}

    /// Uniform on ±√(6/(in+out)). [Glorot & Bengio 2010](https://proceedings.mlr.press/v9/glorot10a.html).
    record XavierUniform() implements Init {}

    /// Uniform on ±√(6/((1+a²)·in)). [He et al. 2015](https://arxiv.org/abs/1502.01852).
    record KaimingUniform(double a) implements Init {}

    /// `log(1 + c)` in column `c`: the decay rates 1, 2, 3 … of a state space.
    /// [Gu & Dao 2023](https://arxiv.org/abs/2312.00752), section 3.6.
    record LogOfIndex() implements Init {}

    /// What softplus turns into steps between `least` and `most`, uniform in their logarithm.
    record TimeStep(double least, double most, double floor) implements Init {}

    /// Waves of growing length, one row a position: what is fixed, but lies in the file.
    record Sinusoidal(SinusoidalPosition.Layout layout) implements Init {}

    Init ZEROS = new Constant(0);
    Init ONES = new Constant(1);

    /// Fills `to`, of shape `shape`, with the numbers of stream `key`; the same on every machine.
    default void fill(Span to, Shape shape, long key) {
        switch (this) {
            case Constant(double value) ->
                Parallel.elements(shape.count(), 1 << 16, (lo, hi) -> ElementwiseKernel.fill(to, value, lo, hi));
            case Normal(double std) ->
                Parallel.elements(shape.count(), 1 << 12, (lo, hi) -> Philox.normal(to, key, 0, 0, std, lo, hi));
            case TruncatedNormal(double std) -> truncated(to, shape.count(), key, std);
            case Uniform(double bound) -> uniform(to, shape.count(), key, bound);
            case XavierUniform() ->
                uniform(to, shape.count(), key, Math.sqrt(6.0 / (in(shape) + shape.count() / in(shape))));
            case Sinusoidal(SinusoidalPosition.Layout layout) -> {
                int D = shape.last().size();
                for (long i = 0; i < shape.count(); i++) {
                    to.set(i, SinusoidalPosition.value((int) (i / D), (int) (i % D), D, layout));
                }
            }
            case LogOfIndex() -> {
                for (long i = 0; i < shape.count(); i++) {
                    to.set(i, Math.log(1 + i % shape.last().size()));
                }
            }
            case TimeStep(double least, double most, double floor) -> {
                Philox.uniform(to, key, 0, Math.log(least), Math.log(most), 0, shape.count());
                for (long i = 0; i < shape.count(); i++) {
                    double step = Math.max(floor, Math.exp(to.get(i)));
                    to.set(i, step + Math.log(-Math.expm1(-step)));
                }
            }
            case KaimingUniform(double a) ->
                uniform(to, shape.count(), key, Math.sqrt(6.0 / ((1 + a * a) * in(shape))));
        }
    }

    /// What a product with the weight sums over. The first axis is the outputs, except in an `(in, out)` weight.
    private static double in(Shape shape) {
        boolean inFirst = shape.dims().getFirst().name().equals("in");
        return inFirst ? shape.size(0) : (double) shape.count() / shape.size(0);
    }

    private static void uniform(Span to, long count, long key, double bound) {
        Parallel.elements(count, 1 << 12, (lo, hi) -> Philox.uniform(to, key, 0, -bound, bound, lo, hi));
    }

    private static void truncated(Span to, long count, long key, double std) {
        Parallel.elements(count, 1 << 12, (lo, hi) -> Philox.normal(to, key, 0, 0, std, lo, hi));
        for (long i = 0; i < count; i++) {
            for (int again = 1; Math.abs(to.get(i)) > 2 * std; again++) {
                Philox.normal(to, key + 0x9E3779B97F4A7C15L * again, 0, 0, std, i, i + 1);
            }
        }
    }
}
