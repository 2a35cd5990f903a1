package headway.tensor;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.attention.Heads;
import headway.kernels.convert.ConvertKernel;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.kernels.gemm.PackedMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

/// Numbers with named axes in native memory.
///
/// A tensor is a window on memory: a view shares it, and the gradient of a view is the same view of the gradient.
/// Memory of a computation comes from the current [Workspace]; weights and caches bring their own arena.
public final class Tensor {
    private final Storage storage;
    private final Span span;
    private final Shape shape;
    private final long[] strides;
    private final Tensor base;
    private boolean requiresGradient;
    private boolean rounds;

    // Written by Gemm only: the same weight in the order in which products read it, and how often a few rows have met
    // it before. Several threads may run one model: whoever sees the packed weight must see it whole.
    volatile PackedMatrix packed;
    int fewRows;

    // Written by Gradients only.
    Tensor gradient;
    boolean gradientWritten;

    // Written by Tape only: whether an operation on the tape made this tensor, whether that operation's derivative
    // reads it, and how many operations on the tape read it or a view of it.
    boolean computed;
    boolean kept;
    int readers;

    /// Whether the memory belongs to an arena, as that of weights does, and not to a workspace.
    boolean lasting() {
        return storage.lasting();
    }

    private Tensor(Storage storage, Span span, Shape shape, long[] strides, Tensor base) {
        this.storage = storage;
        this.span = span;
        this.shape = shape;
        this.strides = strides;
        this.base = base;
    }

    /// A tensor of the current workspace; its values are undefined until written.
    public static Tensor allocate(Shape shape, DType dtype) {
        Storage storage = Workspace.current().take(shape.count() * dtype.bytes());
        Span span = new Span(storage.segment.asSlice(0, shape.count() * dtype.bytes()), dtype);
        return new Tensor(storage, span, shape, contiguousStrides(shape), null);
    }

    /// A zeroed tensor in memory of `arena`: weights, caches, optimizer state.
    public static Tensor owned(Arena arena, Shape shape, DType dtype) {
        return over(Span.allocate(arena, dtype, shape.count()).slice(0, shape.count()), shape);
    }

    /// A tensor over memory that exists, such as a mapped file.
    public static Tensor over(Span span, Shape shape) {
        span.require("tensor", shape.toString(), shape.count());
        return new Tensor(new Storage(span.segment(), null), span, shape, contiguousStrides(shape), null);
    }

    /// A tensor of the same axes, type and strides with undefined values.
    public static Tensor scratchLike(Tensor t) {
        long extent = extent(t.shape, t.strides);
        Storage storage = Workspace.current().take(extent * t.dtype().bytes());
        Span span = new Span(storage.segment.asSlice(0, extent * t.dtype().bytes()), t.dtype());
        return new Tensor(storage, span, t.shape, t.strides, null);
    }

    /// A contiguous tensor of zeros of the same axes and type.
    public static Tensor zerosLike(Tensor t) {
        Tensor zeros = allocate(t.shape, t.dtype());
        ElementwiseKernel.fill(zeros.span, 0, 0, zeros.count());
        return zeros;
    }

    /// Values for a small `F32` tensor of the current workspace.
    public static Tensor of(Shape shape, float... values) {
        Tensor t = allocate(shape, DType.F32);
        t.checkCount(values.length);
        for (int i = 0; i < values.length; i++) {
            t.span.set(i, values[i]);
        }
        return t;
    }

    /// Values for a small `I32` tensor of the current workspace: token ids, positions, labels.
    public static Tensor of(Shape shape, int... values) {
        Tensor t = allocate(shape, DType.I32);
        t.checkCount(values.length);
        for (int i = 0; i < values.length; i++) {
            t.span.set(i, values[i]);
        }
        return t;
    }

    private void checkCount(int values) {
        if (values != shape.count()) {
            throw new ShapeException(
                    "[tensor] %d values for shape %s, which has %d elements".formatted(values, shape, shape.count()));
        }
    }

    public Shape shape() {
        return shape;
    }

    public DType dtype() {
        return span.dtype();
    }

    /// Size of the axis `name`.
    public int dim(String name) {
        return shape.size(name);
    }

    /// Number of elements.
    public long count() {
        return shape.count();
    }

    /// Memory from element 0 on; the elements are in order only if [#isContiguous()].
    public Span memory() {
        return span;
    }

    /// Memory of a tensor without gaps, which kernels over rows ask for.
    public Span contiguousMemory(String operation) {
        if (!isContiguous()) {
            throw new ShapeException("[%s] a view with gaps %s; expected contiguous memory: call contiguous() first"
                    .formatted(operation, shape));
        }
        return span;
    }

    /// Distance in elements between neighbours along axis `i`.
    public long stride(int i) {
        return strides[i < 0 ? i + strides.length : i];
    }

    /// Whether elements lie without gaps, innermost axis fastest.
    public boolean isContiguous() {
        long expected = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            if (shape.size(i) != 1 && strides[i] != expected) {
                return false;
            }
            expected *= shape.size(i);
        }
        return true;
    }

    /// Whether the loss is differentiated with respect to this tensor.
    public boolean requiresGradient() {
        return root().requiresGradient;
    }

    /// Marks a leaf (a parameter, or an input under test) as differentiated.
    public Tensor requireGradient(boolean required) {
        if (required && !dtype().isFloat()) {
            throw new ShapeException("[tensor] %s of %s cannot carry a gradient; expected a floating-point type"
                    .formatted(shape, dtype()));
        }
        if (base != null) {
            throw new ShapeException("[tensor] %s is a view of %s; expected the tensor that owns the memory: mark that"
                    .formatted(shape, base.shape));
        }
        this.requiresGradient = required;
        return this;
    }

    /// Whether what this weight is multiplied with may be rounded to bf16, where the processor multiplies that faster;
    /// and so with what came out of such products and goes into others.
    public boolean rounds() {
        return root().rounds;
    }

    /// Allows it: for weights whose user asked for bf16.
    public Tensor rounding() {
        root().rounds = true;
        return this;
    }

    /// Gradient of the last backward pass, or null.
    public Tensor gradient() {
        if (base != null) {
            Tensor whole = base.gradient();
            return whole == null ? null : viewLike(whole);
        }
        return gradientWritten ? gradient : null;
    }

    /// Gives a parameter the memory that its gradient lives in from step to step.
    public void gradientMemory(Tensor memory) {
        this.gradient = memory;
        this.gradientWritten = false;
    }

    /// Forgets the gradient's values, not its memory.
    public void clearGradient() {
        this.gradientWritten = false;
    }

    /// The same numbers under other axes; contiguous tensors only.
    public Tensor view(Shape as) {
        if (as.count() != count()) {
            throw new ShapeException("[view] %s has %d elements, %s has %d".formatted(shape, count(), as, as.count()));
        }
        contiguousMemory("view");
        return new Tensor(storage, span, as, contiguousStrides(as), root());
    }

    /// Elements `from … from + size - 1` of the axis `name`.
    public Tensor narrow(String name, int from, int size) {
        int i = shape.indexOf(name);
        if (from < 0 || size < 0 || (long) from + size > shape.size(i)) {
            throw new ShapeException(
                    "[narrow] %s: %d … %d lies outside of %s".formatted(name, from, (long) from + size, shape));
        }
        Shape narrowed = shape.replace(i, new Shape.Dim(name, size));
        long first = from * strides[i];
        long extent = extent(narrowed, strides);
        return new Tensor(storage, span.slice(first, extent), narrowed, strides, root());
    }

    /// The same numbers with the axes `names` in this order; their memory stays where it is.
    public Tensor permute(String... names) {
        if (names.length != shape.rank()) {
            throw new ShapeException(
                    "[permute] %s has %d axes, %d are named".formatted(shape, shape.rank(), names.length));
        }
        var dims = new ArrayList<Shape.Dim>();
        long[] order = new long[names.length];
        var seen = new java.util.HashSet<Integer>();
        for (int i = 0; i < names.length; i++) {
            int from = shape.indexOf(names[i]);
            if (!seen.add(from)) {
                throw new ShapeException("[permute] axis %s of %s is named twice".formatted(names[i], shape));
            }
            dims.add(shape.dims().get(from));
            order[i] = strides[from];
        }
        return new Tensor(storage, span, new Shape(dims), order, root());
    }

    /// The innermost axis cut in two: `hidden` as `heads × head_dim`.
    public Tensor split(String outer, int outerSize, String inner, int innerSize) {
        Shape.Dim last = shape.last();
        if ((long) outerSize * innerSize != last.size()) {
            throw new ShapeException("[split] %s=%d does not split into %s=%d × %s=%d"
                    .formatted(last.name(), last.size(), outer, outerSize, inner, innerSize));
        }
        int n = strides.length;
        long[] cut = java.util.Arrays.copyOf(strides, n + 1);
        cut[n] = strides[n - 1];
        cut[n - 1] = strides[n - 1] * innerSize;
        Shape as = shape.replace(shape.rank() - 1, new Shape.Dim(outer, outerSize), new Shape.Dim(inner, innerSize));
        return new Tensor(storage, span, as, cut, root());
    }

    /// The two innermost axes as one; contiguous tensors only.
    public Tensor merge(String name) {
        int r = shape.rank();
        if (r < 2) {
            throw new ShapeException("[merge] %s has %d axes; expected at least two".formatted(shape, r));
        }
        var dims = new ArrayList<>(shape.dims().subList(0, r - 2));
        dims.add(new Shape.Dim(name, shape.size(r - 2) * shape.size(r - 1)));
        return view(new Shape(dims));
    }

    /// This tensor as attention reads it: axes batch, seq, heads, head_dim in this order, at any strides.
    public Heads heads() {
        if (shape.rank() != 4 || strides[3] != 1 && shape.size(3) != 1) {
            throw new ShapeException(
                    "[attention] %s; expected (batch, seq, heads, head_dim) with dense heads".formatted(shape));
        }
        return new Heads(span, strides[0], strides[1], strides[2]);
    }

    /// The values, element by element, in `F32`.
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(count())];
        forEachElement((i, at) -> values[i] = (float) span.get(at));
        return values;
    }

    /// The values in double precision.
    public double[] toDoubles() {
        double[] values = new double[Math.toIntExact(count())];
        forEachElement((i, at) -> values[i] = span.get(at));
        return values;
    }

    /// The values of an integer tensor.
    public int[] toInts() {
        int[] values = new int[Math.toIntExact(count())];
        forEachElement((i, at) -> values[i] = (int) span.get(at));
        return values;
    }

    /// The only value.
    public double item() {
        if (count() != 1) {
            throw new ShapeException("[item] %s has %d elements; expected one".formatted(shape, count()));
        }
        return span.get(0);
    }

    /// Copies all values of `from`, converting the type; both contiguous, same number of elements.
    public Tensor assign(Tensor from) {
        if (from.count() != count()) {
            throw new ShapeException(
                    "[assign] %s from %s: %d elements from %d".formatted(shape, from.shape, count(), from.count()));
        }
        Span to = contiguousMemory("assign");
        Span source = from.contiguousMemory("assign");
        Parallel.elements(count(), 1 << 16, (lo, hi) -> ConvertKernel.run(to, source, lo, hi));
        return this;
    }

    /// A copy with its own memory in the current workspace; no gradient flows through it.
    public Tensor copy() {
        Tensor copy = allocate(shape, dtype());
        if (isContiguous()) {
            return copy.assign(this);
        }
        if (stride(-1) == 1) {
            copyRows(copy.span);
        } else {
            forEachElement((i, at) -> copy.span.set(i, span.get(at)));
        }
        return copy;
    }

    /// Copies dense rows of a view with gaps between them.
    private void copyRows(Span to) {
        long row = (long) shape.last().size() * dtype().bytes();
        for (int r = 0; r < shape.rows(); r++) {
            long at = 0;
            int rest = r;
            for (int d = strides.length - 2; d >= 0; d--) {
                at += rest % shape.size(d) * strides[d];
                rest /= shape.size(d);
            }
            MemorySegment.copy(span.segment(), at * dtype().bytes(), to.segment(), r * row, row);
        }
    }

    /// Adds `dy`, which is contiguous and of the same sizes, to this view with gaps, run by run.
    void addRows(Tensor dy) {
        Span from = dy.contiguousMemory("gradient");
        int C = shape.last().size();
        if (stride(-1) != 1 && C > 1) {
            forEachElement((i, at) -> span.set(at, span.get(at) + from.get(i)));
            return;
        }
        forEachElement((i, at) -> {
            if (i % C == 0) {
                ElementwiseKernel.axpy(span.slice(at, C), from.slice(i, C), 1, 0, C);
            }
        });
    }

    /// Calls `body` with the running number and memory position of each element.
    private void forEachElement(ElementBody body) {
        int rank = strides.length;
        int[] index = new int[rank];
        long at = 0;
        int n = Math.toIntExact(count());
        for (int i = 0; i < n; i++) {
            body.accept(i, at);
            for (int d = rank - 1; d >= 0; d--) {
                at += strides[d];
                if (++index[d] < shape.size(d)) {
                    break;
                }
                at -= strides[d] * shape.size(d);
                index[d] = 0;
            }
        }
    }

    private interface ElementBody {
        void accept(int i, long at);
    }

    Storage storage() {
        return storage;
    }

    /// The tensor whose memory this one views, or null.
    Tensor base() {
        return base;
    }

    /// The tensor that owns the memory.
    Tensor root() {
        return base == null ? this : base;
    }

    /// The window on `whole` that this view is on its base.
    Tensor viewLike(Tensor whole) {
        long first = (span.address() - base.span.address()) / span.dtype().bytes();
        Span window = whole.span.slice(first, extent(shape, strides));
        return new Tensor(whole.storage, window, shape, strides, null);
    }

    /// The same contiguous memory under other axes, which then has one owner more.
    Tensor sharedAs(Shape as) {
        storage.retain();
        return new Tensor(storage, contiguousMemory("gradient"), as, contiguousStrides(as), null);
    }

    private static long extent(Shape shape, long[] strides) {
        long last = 0;
        for (int i = 0; i < strides.length; i++) {
            if (shape.size(i) == 0) {
                return 0;
            }
            last += (shape.size(i) - 1) * strides[i];
        }
        return last + 1;
    }

    private static long[] contiguousStrides(Shape shape) {
        long[] strides = new long[shape.rank()];
        long step = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= shape.size(i);
        }
        return strides;
    }

    @Override
    public String toString() {
        return dtype() + shape.toString();
    }
}
