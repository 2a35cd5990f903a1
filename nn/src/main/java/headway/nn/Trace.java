package headway.nn;

import headway.tensor.Tensor;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Writes down what happens inside a forward pass: the residual stream between blocks and the attention
/// weights, under the names of Hugging Face's `hidden_states.{i}` and `attentions.{i}`. A model of
/// several stacks says which of them is running by [#part], which stands before the names:
/// `encoder_hidden_states.{i}`.
///
/// While a trace runs, attention takes the kernel that forms its weights. Values are copied when they are recorded.
/// A trace of [#outputs] alone watches only what the model gives, and lets the rest run as fast as ever.
public final class Trace {
    private static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

    private static final Trace UNSEEN = new Trace(false);
    private static final ScopedValue<String> PART = ScopedValue.newInstance();

    private final Map<String, Tensor> values = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    private final boolean inside;

    /// An empty trace.
    public Trace() {
        this(true);
    }

    private Trace(boolean inside) {
        this.inside = inside;
    }

    /// An empty trace of single values alone: logits, pooled vectors, but no hidden states and attention
    /// weights.
    public static Trace outputs() {
        return new Trace(false);
    }

    /// Runs `body` under this trace.
    public <T> T record(Supplier<T> body) {
        return ScopedValue.where(CURRENT, this).call(body::get);
    }

    /// Whether somebody is watching.
    public static boolean running() {
        return CURRENT.isBound() && CURRENT.get().inside;
    }

    /// Runs `body`, whose series are those of the part `name`: `encoder_`, `decoder_`, `cross_`. A part
    /// inside a part replaces it, as Hugging Face names cross-attention without its decoder.
    public static <T> T part(String name, Supplier<T> body) {
        return running() ? ScopedValue.where(PART, name).call(body::get) : body.get();
    }

    /// Whether the running stack is the model's only one: no part is named.
    public static boolean alone() {
        return !PART.isBound();
    }

    /// Runs `body` unrecorded: what the reference does not return.
    public static <T> T unseen(Supplier<T> body) {
        return CURRENT.isBound() ? ScopedValue.where(CURRENT, UNSEEN).call(body::get) : body.get();
    }

    /// Records the next value of the series `name` of the running part: `name.0`, `name.1`, …
    public static void next(String name, Tensor value) {
        if (running()) {
            Trace trace = CURRENT.get();
            String series = PART.isBound() ? PART.get() + name : name;
            int i = trace.counts.merge(series, 1, Integer::sum) - 1;
            trace.values.put(series + "." + i, kept(value));
        }
    }

    /// Records a single value, under `name` whatever part is running.
    public static void put(String name, Tensor value) {
        if (CURRENT.isBound() && CURRENT.get() != UNSEEN) {
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
