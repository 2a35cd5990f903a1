package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import headway.kernels.DType;
import headway.tensor.op.AddOp;
import headway.tensor.op.MultiplyOp;
import headway.tensor.op.ScaleOp;
import headway.tensor.op.SumOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Compares derivatives with central differences: `∂L/∂x[i] ≈ (L(x + h·eᵢ) - L(x - h·eᵢ)) / 2h`, where the loss `L` is
/// the value under test times fixed random numbers.
final class GradientCheck {
    /// Builds the value under test from its leaves.
    interface Build {
        Tensor apply(List<Tensor> leaves);
    }

    /// An input: its axes, whether it is differentiated, and the type it has while the check runs in `F64`.
    record Leaf(Shape shape, boolean differentiated, DType dtype) {
        static Leaf of(Object... namesAndSizes) {
            return new Leaf(Shape.of(namesAndSizes), true, DType.F64);
        }

        /// The same, as a constant.
        Leaf constant() {
            return new Leaf(shape, false, dtype);
        }

        Leaf as(DType other) {
            return new Leaf(shape, differentiated, other);
        }
    }

    /// One case of an operation.
    ///
    /// @param step `h`; large powers of two where values must stay exact in a short type
    record Case(String name, Class<? extends Op> op, double step, List<Leaf> leaves, Build build) {
        @Override
        public String toString() {
            return op.getSimpleName() + ": " + name;
        }
    }

    /// Loss, gradients by leaf (null where a leaf is constant), and the operations that the tape saw.
    record Result(double loss, List<double[]> gradients, List<Op> ops) {}

    private final Case under;
    private final List<double[]> values = new ArrayList<>();
    private final Workspace workspace = new Workspace();

    GradientCheck(Case under) {
        this.under = under;
        var random = new Random(under.toString().hashCode());
        for (Leaf leaf : under.leaves) {
            values.add(random.doubles(leaf.shape.count())
                    .map(u -> exact(u < 0.5 ? -0.125 - 1.75 * u : 0.125 + 1.75 * (u - 0.5)))
                    .toArray());
        }
    }

    /// Away from 0, where some derivatives jump, and with few bits, so that every type holds it.
    private static double exact(double x) {
        return Math.rint(x * 1024) / 1024;
    }

    /// Central differences of every element of every differentiated leaf.
    List<double[]> differences() {
        var found = new ArrayList<double[]>();
        for (int l = 0; l < values.size(); l++) {
            double[] x = values.get(l);
            double[] slope = new double[x.length];
            for (int i = 0; under.leaves.get(l).differentiated && i < x.length; i++) {
                double at = x[i];
                x[i] = at + under.step;
                double above = loss();
                x[i] = at - under.step;
                slope[i] = (above - loss()) / (2 * under.step);
                x[i] = at;
            }
            found.add(slope);
        }
        return found;
    }

    private double loss() {
        return workspace.run(() -> weigh(under.build.apply(leaves(DType.F64))).item());
    }

    /// Gradients by the tape, `passes` times over the same leaves without clearing.
    Result gradients(DType dtype, int passes) {
        return workspace.run(() -> {
            List<Tensor> leaves = leaves(dtype);
            double loss = 0;
            List<Op> ops = List.of();
            for (int i = 0; i < passes; i++) {
                var tape = new Tape();
                Tensor y = tape.record(() -> weigh(under.build.apply(leaves)));
                loss = y.item();
                ops = tape.ops();
                tape.backward(y, 1);
            }
            return new Result(loss, gradientsOf(leaves), ops);
        });
    }

    /// The same with every leaf behind an operation and the value taken twice and added: gradients of intermediate
    /// values are shared, added to and given back.
    Result twice(DType dtype) {
        return workspace.run(() -> {
            List<Tensor> leaves = leaves(dtype);
            var tape = new Tape();
            Tensor y = tape.record(() -> {
                List<Tensor> inner =
                        leaves.stream().map(t -> new ScaleOp(t, 1).run()).toList();
                Tensor first = weigh(under.build.apply(inner));
                Tensor second = weigh(under.build.apply(inner));
                return new AddOp(first, second).run();
            });
            List<Op> ops = tape.ops();
            double loss = y.item();
            tape.backward(y, 1);
            return new Result(loss, gradientsOf(leaves), ops);
        });
    }

    private List<double[]> gradientsOf(List<Tensor> leaves) {
        var found = new ArrayList<double[]>();
        for (Tensor leaf : leaves) {
            found.add(leaf.requiresGradient() ? leaf.gradient().toDoubles() : new double[(int) leaf.count()]);
        }
        return found;
    }

    private List<Tensor> leaves(DType dtype) {
        var tensors = new ArrayList<Tensor>();
        for (int l = 0; l < values.size(); l++) {
            Leaf leaf = under.leaves.get(l);
            Tensor t = Tensor.allocate(leaf.shape, leaf.dtype == DType.F64 ? dtype : leaf.dtype);
            for (int i = 0; i < t.count(); i++) {
                t.memory().set(i, values.get(l)[i]);
            }
            tensors.add(t.requireGradient(leaf.differentiated));
        }
        return tensors;
    }

    /// `Σ u·y` with numbers `u` that depend on nothing.
    private static Tensor weigh(Tensor y) {
        Tensor u = Tensor.allocate(y.shape(), y.dtype());
        var random = new Random(y.count());
        for (int i = 0; i < u.count(); i++) {
            u.memory().set(i, exact(random.nextDouble(-1, 1)));
        }
        return new SumOp(new MultiplyOp(y, u).run(), 1).run();
    }

    /// Asserts equality of all gradients up to `tolerance`, relative to the largest of each leaf and at least 1.
    static void assertClose(List<double[]> actual, List<double[]> expected, double factor, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int l = 0; l < expected.size(); l++) {
            double largest = 1;
            for (double e : expected.get(l)) {
                largest = Math.max(largest, Math.abs(e));
            }
            double[] found = actual.get(l);
            for (int i = 0; i < found.length; i++) {
                // Written so that NaN fails.
                if (!(Math.abs(found[i] - factor * expected.get(l)[i]) <= tolerance * largest * factor)) {
                    fail("gradient of leaf %d, element %d: %s; expected %s ± %s"
                            .formatted(l, i, found[i], factor * expected.get(l)[i], tolerance * largest * factor));
                }
            }
        }
    }

    void close() {
        workspace.close();
    }
}
