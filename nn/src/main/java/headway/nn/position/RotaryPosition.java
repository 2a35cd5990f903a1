package headway.nn.position;

import headway.kernels.DType;
import headway.kernels.rotary.RotaryLayout;
import headway.nn.Pass;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tensor;
import headway.tensor.op.RotaryOp;
import java.lang.foreign.Arena;
import java.util.Arrays;

/// Turns queries and keys by angles that grow with their position.
/// [Su et al. 2021](https://arxiv.org/abs/2104.09864).
///
///     angle(p, i) = p · θ^(-2i/d), scaled as [RopeScaling] says
///
/// - x `(batch, seq, heads, head_dim)`, positions `(batch, seq)` → the shape of x
///
/// Positions of several coordinates, `(batch, seq, axes)`, turn the pairs of a head by one of them each: a picture's
/// rows and columns, time. With one coordinate for all it is the rotation of texts. Multimodal rotary positions,
/// [Wang et al. 2024](https://arxiv.org/abs/2409.12191), section 2.1.
///
/// An odd width `d` turns `d + 1` elements by the frequencies of `d`. Angles are computed in `float`. Both are what the
/// reference does. The table grows with the positions that are asked for; one object serves all blocks of a model.
public final class RotaryPosition {
    private static final int FIRST = 256;

    private final RotaryLayout layout;
    private final int width;
    private final int rotaryDim;
    private final double theta;
    private final RopeScaling scaling;
    private final float[] inverseFrequencies;
    private final double attentionFactor;

    /// Lengths of runs of pairs, of which run `r` turns by coordinate `r mod axes`; empty for one coordinate.
    private final int[] sections;

    private volatile Table table;

    private record Table(Tensor cos, Tensor sin, int positions) {}

    public RotaryPosition(double theta, int rotaryDim, RopeScaling scaling, RotaryLayout layout) {
        this(theta, rotaryDim, scaling, layout, new int[0]);
    }

    /// The same for positions of several coordinates.
    ///
    /// @param rotaryDim width of what turns
    /// @param sections lengths of runs of pairs, of which run `r` turns by coordinate `r mod axes`
    public RotaryPosition(double theta, int rotaryDim, RopeScaling scaling, RotaryLayout layout, int[] sections) {
        this.width = rotaryDim;
        this.rotaryDim = 2 * Math.ceilDiv(rotaryDim, 2);
        if (sections.length > 0 && Arrays.stream(sections).sum() != rotaryDim / 2) {
            throw new IllegalArgumentException("[rotary] sections %s have %d pairs together; a head of width %d has %d"
                    .formatted(
                            Arrays.toString(sections), Arrays.stream(sections).sum(), rotaryDim, rotaryDim / 2));
        }
        this.sections = sections.clone();
        this.layout = layout;
        this.theta = theta;
        this.scaling = scaling;
        this.inverseFrequencies = scaling.inverseFrequencies(theta, rotaryDim);
        this.attentionFactor = scaling.attentionFactor();
    }

    /// `x`, turned.
    public Tensor forward(Tensor x, Tensor positions) {
        int last = 0;
        for (long i = 0; i < positions.count(); i++) {
            last = Math.max(last, (int) positions.memory().get(i));
        }
        boolean beyond = last >= scaling.lengthOfStart();
        Table t = beyond ? ofPass(positions, last, x.dtype()) : reaching(last + 1, x.dtype());
        if (positions.shape().rank() == 3) {
            Table own = composed(t, positions);
            Tensor rows = Pass.from(1, own.positions, 0, null).positions();
            return new RotaryOp(x, own.cos, own.sin, rows, layout, rotaryDim).run();
        }
        return new RotaryOp(x, t.cos, t.sin, positions, layout, rotaryDim).run();
    }

    /// Whether angles depend on the length of the text, so that a prompt must be read in one pass.
    public boolean dependsOnLength() {
        return scaling.lengthOfStart() < Integer.MAX_VALUE;
    }

    /// A table for one pass alone, whose frequencies no other pass shares; only rows that it reads are filled.
    private Table ofPass(Tensor positions, int last, DType dtype) {
        int first = last;
        for (long i = 0; i < positions.count(); i++) {
            first = Math.min(first, (int) positions.memory().get(i));
        }
        Shape shape = Shape.of("positions", last + 1, "pair", rotaryDim / 2);
        Table table = new Table(Tensor.allocate(shape, dtype), Tensor.allocate(shape, dtype), last + 1);
        fill(table, scaling.inverseFrequencies(theta, width, last + 1), first);
        return table;
    }

    /// A row for each token, in order, put together from the rows of its coordinates.
    private Table composed(Table from, Tensor positions) {
        int axes = positions.shape().size(2);
        if (sections.length < axes) {
            throw new ShapeException("[rotary] positions%s have %d coordinates, pairs turn in %d sections"
                    .formatted(positions.shape(), axes, sections.length));
        }
        int tokens = positions.shape().size(0) * positions.shape().size(1);
        int half = rotaryDim / 2;
        Shape shape = Shape.of("positions", tokens, "pair", half);
        DType type = from.cos.dtype();
        Table own = new Table(Tensor.allocate(shape, type), Tensor.allocate(shape, type), tokens);
        for (int r = 0; r < tokens; r++) {
            for (int s = 0, pair = 0; s < sections.length; pair += sections[s++]) {
                long at = (long) positions.memory().get((long) r * axes + s % axes);
                copy(own.cos, from.cos, (long) r * half + pair, at * half + pair, sections[s]);
                copy(own.sin, from.sin, (long) r * half + pair, at * half + pair, sections[s]);
            }
        }
        return own;
    }

    private static void copy(Tensor to, Tensor from, long at, long first, int count) {
        to.memory()
                .slice(at, count)
                .segment()
                .copyFrom(from.memory().slice(first, count).segment());
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
        Table built = new Table(cos, sin, positions);
        fill(built, inverseFrequencies, 0);
        return built;
    }

    private void fill(Table into, float[] frequencies, int first) {
        int half = rotaryDim / 2;
        for (int p = first; p < into.positions; p++) {
            for (int i = 0; i < half; i++) {
                double angle = p * frequencies[i];
                into.cos.memory().set((long) p * half + i, StrictMath.cos(angle) * attentionFactor);
                into.sin.memory().set((long) p * half + i, StrictMath.sin(angle) * attentionFactor);
            }
        }
    }
}
