package headway.tensor;

import headway.kernels.elementwise.ElementwiseKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The operations of a forward pass in order, to be walked backwards.
///
/// Walking backwards gives memory back as it goes: when an operation's derivative is done, nobody after it is left
/// that reads its value, since everything that did stands later on the tape.
public final class Tape {
    private static final ScopedValue<Tape> CURRENT = ScopedValue.newInstance();

    private record Node(Op op, Tensor value) {}

    private final ArrayList<Node> nodes = new ArrayList<>();

    /// An empty tape.
    public Tape() {}

    /// Whether operations are being recorded.
    public static boolean running() {
        return CURRENT.isBound();
    }

    /// Runs `body`, recording every operation that a gradient must pass through.
    public <T> T record(Supplier<T> body) {
        boolean whole = false;
        try {
            T value = ScopedValue.where(CURRENT, this).call(body::get);
            whole = true;
            return value;
        } finally {
            if (!whole) {
                nodes.clear();
            }
        }
    }

    /// What was recorded, in order.
    List<Op> ops() {
        return nodes.stream().map(Node::op).toList();
    }

    static void record(Op op, Tensor value) {
        if (!CURRENT.isBound()) {
            return;
        }
        boolean needed = false;
        for (Tensor input : op.inputs()) {
            if (input != null && input.requiresGradient()) {
                input.root().readers++;
                needed = true;
            }
        }
        if (needed) {
            value.requireGradient(true);
            value.computed = true;
            value.kept = op.readsValue();
            CURRENT.get().nodes.add(new Node(op, value));
        }
    }

    /// Differentiates `loss` (one number), times `scale`, into the gradients of everything that requires one.
    /// The tape is empty afterwards and may be used again.
    public void backward(Tensor loss, double scale) {
        if (loss.count() != 1) {
            throw new ShapeException(
                    "[backward] loss has shape %s; expected one number: sum or mean it first".formatted(loss.shape()));
        }
        if (!loss.requiresGradient()) {
            throw new IllegalStateException("[backward] the loss depends on nothing that requires a gradient;"
                    + " was it computed inside tape.record(…)?");
        }
        Gradients gradients = new Gradients();
        try {
            Workspace.passing(
                    () -> ElementwiseKernel.fill(gradients.of(loss).tensor().memory(), scale, 0, 1));
            while (!nodes.isEmpty()) {
                Node node = nodes.removeLast();
                step(node, gradients);
                if (node.value != loss.root()) {
                    node.value.storage().release();
                }
            }
        } finally {
            nodes.clear();
        }
    }

    private static void step(Node node, Gradients gradients) {
        Tensor y = node.value;
        if (y.gradientWritten) {
            Workspace.passing(() -> node.op.backward(y, y.gradient, gradients));
            y.gradient.storage().release();
            y.gradient = null;
            y.gradientWritten = false;
        }
        node.op.saved().forEach(t -> t.storage().release());
        for (Tensor input : node.op.inputs()) {
            if (input != null && input.requiresGradient()) {
                input.root().readers--;
            }
        }
    }
}
