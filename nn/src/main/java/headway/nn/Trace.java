package headway.nn;

import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Writes down what happens inside a forward pass: the residual stream between blocks and the attention weights,
/// under the names of Hugging Face's `hidden_states.{i}` and `attentions.{i}`.
///
/// While a trace runs, attention takes the kernel that forms its weights. Values are copied when they are recorded.
public final class Trace {
    private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

    private final Map<String, Tensor> values = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /// An empty trace.
    public Trace() {}

    /// Runs `body` under this trace.
    public <T> T record(Supplier<T> body) {
        return ScopedValue.where(CURRENT, this).call(body::get);
    }

    /// Whether somebody is watching.
    public static boolean running() {
        return CURRENT.isBound();
    }

    /// Records the next value of the series `name`: `name.0`, `name.1`, …
    public static void next(String name, Tensor value) {
        if (running()) {
            Trace trace = CURRENT.get();
            int i = trace.counts.merge(name, 1, Integer::sum) - 1;
            trace.values.put(name + "." + i, kept(value));
        }
    }

    /// Records a single value.
    public static void put(String name, Tensor value) {
        if (running()) {
            CURRENT.get().values.put(name, kept(value));
        }
    }

    /// A copy in memory of its own: what is recorded outlives the scope of the block that computed it.
    private static Tensor kept(Tensor value) {
        return Tensor.owned(Arena.ofAuto(), value.shape(), value.dtype()).assign(value);
    }

    /// What was recorded, in order.
    public Map<String, Tensor> values() {
        return values;
    }
}
