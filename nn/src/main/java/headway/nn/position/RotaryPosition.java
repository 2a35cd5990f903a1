package headway.nn.position;

import headway.kernels.DType;
import headway.kernels.rotary.RotaryLayout;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.op.RotaryOp;
import java.lang.foreign.Arena;

/// Turns queries and keys by angles that grow with their position.
/// [Su et al. 2021](https://arxiv.org/abs/2104.09864).
///
///     angle(p, i) = p · θ^(-2i/d), scaled as [RopeScaling] says
///
/// - x `(batch, seq, heads, head_dim)`, positions `(batch, seq)` → the shape of x
///
/// Angles are computed in `float`, as the reference does. The table grows with the positions that are asked for; one
/// object serves all blocks of a model.
public final class RotaryPosition {
    private static final int FIRST = 256;

    private final RotaryLayout layout;
    private final int rotaryDim;
    private final float[] inverseFrequencies;
    private final double attentionFactor;
    private volatile Table table;

    private record Table(Tensor cos, Tensor sin, int positions) {}

    public RotaryPosition(double theta, int rotaryDim, RopeScaling scaling, RotaryLayout layout) {
        this.layout = layout;
        this.rotaryDim = rotaryDim;
        this.inverseFrequencies = scaling.inverseFrequencies(theta, rotaryDim);
        this.attentionFactor = scaling.attentionFactor();
    }

    /// `x`, turned.
    public Tensor forward(Tensor x, Tensor positions) {
        int last = 0;
        for (long i = 0; i < positions.count(); i++) {
            last = Math.max(last, (int) positions.memory().get(i));
        }
        Table t = reaching(last + 1, x.dtype());
        return new RotaryOp(x, t.cos, t.sin, positions, layout, rotaryDim).run();
    }

    private Table reaching(int positions, DType dtype) {
        Table t = table;
        if (t == null || t.positions < positions || t.cos.dtype() != dtype) {
            t = build(Math.max(FIRST, Integer.highestOneBit(positions - 1) * 2), dtype);
            table = t;
        }
        return t;
    }

    private Table build(int positions, DType dtype) {
        int half = rotaryDim / 2;
        Shape shape = Shape.of("positions", positions, "pair", half);
        Tensor cos = Tensor.owned(Arena.ofAuto(), shape, dtype);
        Tensor sin = Tensor.owned(Arena.ofAuto(), shape, dtype);
        for (int p = 0; p < positions; p++) {
            for (int i = 0; i < half; i++) {
                double angle = p * inverseFrequencies[i];
                cos.memory().set((long) p * half + i, StrictMath.cos(angle) * attentionFactor);
                sin.memory().set((long) p * half + i, StrictMath.sin(angle) * attentionFactor);
            }
        }
        return new Table(cos, sin, positions);
    }
}
