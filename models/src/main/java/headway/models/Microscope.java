package headway.models;

import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.convert.ConvertKernel;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Shape;
import headway.tensor.ShapeException;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// One forward pass, and one backward pass if wanted, with everything that happened written down under the names of
/// Hugging Face's outputs.
public final class Microscope {
    private static final Set<String> INPUTS =
            Set.of("input_ids", "inputs_embeds", "attention_mask", "position_ids", "labels");

    private Microscope() {}

    /// Runs `model` on `inputs`, named as the arguments of Hugging Face's `forward`, and hands each result to `out`:
    /// `logits`, `loss` (with labels), `last_hidden_state`, `hidden_states.{i}`, `attentions.{i}` and, with
    /// `gradients`, `grad.NAME` for each parameter. The memory is valid until `out` returns.
    public static void look(
            Pretrained model, Map<String, StoredTensor> inputs, boolean gradients, Consumer<List<StoredTensor>> out) {
        for (String name : inputs.keySet()) {
            if (!INPUTS.contains(name)) {
                throw new ShapeException("[trace] input '%s' is not an argument of this model; known: %s"
                        .formatted(
                                name, String.join(", ", INPUTS.stream().sorted().toList())));
            }
        }
        if (gradients && !inputs.containsKey("labels")) {
            throw new ShapeException("[trace] gradients need a loss: give labels of the shape of input_ids");
        }
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                out.accept(gradients ? backward(model, inputs) : forward(model, inputs));
                return null;
            });
        }
    }

    private static List<StoredTensor> forward(Pretrained model, Map<String, StoredTensor> inputs) {
        var trace = new Trace();
        trace.record(() -> pass(model.decoder(), inputs));
        return stored(trace.values());
    }

    private static List<StoredTensor> backward(Pretrained model, Map<String, StoredTensor> inputs) {
        Map<String, Parameter> parameters = model.parameters();
        for (Parameter p : parameters.values()) {
            p.tensor().gradientMemory(Tensor.allocate(p.tensor().shape(), DType.F32));
        }
        var trace = new Trace();
        var tape = new Tape();
        Tensor loss = tape.record(() -> trace.record(() -> pass(model.decoder(), inputs)));
        tape.backward(loss, 1);
        var all = new LinkedHashMap<>(trace.values());
        parameters.forEach((name, p) -> {
            Tensor g = p.tensor().gradient();
            all.put("grad." + name, g != null ? g : Tensor.zerosLike(p.tensor()));
        });
        return stored(all);
    }

    private static Tensor pass(Decoder decoder, Map<String, StoredTensor> inputs) {
        Tensor ids = integers(inputs, "input_ids", "seq");
        Tensor embeddings = embeddings(decoder, ids, inputs.get("inputs_embeds"));
        int B = embeddings.shape().size(0);
        int T = embeddings.shape().size(1);
        Tensor positions = integers(inputs, "position_ids", "seq");
        Tensor mask = integers(inputs, "attention_mask", "kv_seq");
        Pass pass = Pass.from(B, T, 0, null);
        if (positions != null) {
            require("position_ids", positions, positions.shape().size(0) == 1 ? 1 : B, T);
            pass = new Pass(repeated(positions, B), null, null, null);
        }
        if (mask != null) {
            require("attention_mask", mask, B, T);
            pass = new Pass(
                    pass.positions(), Tensor.allocate(mask.shape(), DType.U8).assign(mask), null, null);
        }
        Tensor hidden = decoder.hidden(embeddings, pass);
        Trace.put("last_hidden_state", hidden);
        Tensor logits = decoder.lmHead().forward(hidden);
        Trace.put("logits", logits);
        Tensor labels = integers(inputs, "labels", "seq");
        if (labels == null) {
            return logits;
        }
        require("labels", labels, B, T);
        Tensor shifted = NextTokenLoss.shifted(labels);
        Tensor loss = NextTokenLoss.of(logits, shifted, 1.0 / NextTokenLoss.count(shifted));
        Trace.put("loss", loss);
        return loss;
    }

    private static Tensor embeddings(Decoder decoder, Tensor ids, StoredTensor given) {
        if ((ids == null) == (given == null)) {
            throw new ShapeException("[trace] give either input_ids or inputs_embeds");
        }
        if (given == null) {
            return decoder.embed(ids);
        }
        long[] s = given.shape();
        int D = decoder.sizes().hiddenSize();
        if (s.length != 3 || s[2] != D) {
            throw new ShapeException("[trace] inputs_embeds has shape %s; expected (batch, seq, hidden=%d)"
                    .formatted(java.util.Arrays.toString(s), D));
        }
        Tensor mapped = Tensor.over(
                new Span(given.data(), given.dtype()),
                Shape.of("batch", Math.toIntExact(s[0]), "seq", Math.toIntExact(s[1]), "hidden", D));
        return Tensor.allocate(mapped.shape(), DType.F32).assign(mapped);
    }

    /// The integer input `name` of two axes as `I32`, or null where it is not given.
    private static Tensor integers(Map<String, StoredTensor> inputs, String name, String axis) {
        StoredTensor t = inputs.get(name);
        if (t == null) {
            return null;
        }
        long[] s = t.shape();
        if (s.length != 2 || s[0] < 1 || s[1] < 1) {
            throw new ShapeException("[trace] %s has shape %s; expected (batch, %s), neither of them 0"
                    .formatted(name, java.util.Arrays.toString(s), axis));
        }
        Tensor values =
                Tensor.allocate(Shape.of("batch", Math.toIntExact(s[0]), axis, Math.toIntExact(s[1])), DType.I32);
        ConvertKernel.run(values.memory(), new Span(t.data(), t.dtype()), 0, values.count());
        return values;
    }

    private static void require(String name, Tensor t, int B, int T) {
        if (t.shape().size(0) != B || t.shape().size(1) != T) {
            throw new ShapeException(
                    "[trace] %s has shape %s; expected (batch=%d, seq=%d)".formatted(name, t.shape(), B, T));
        }
    }

    private static Tensor repeated(Tensor row, int B) {
        if (row.shape().size(0) == B) {
            return row;
        }
        int T = row.shape().size(1);
        Tensor rows = Tensor.allocate(Shape.of("batch", B, "seq", T), DType.I32);
        for (int b = 0; b < B; b++) {
            ConvertKernel.run(rows.memory().slice((long) b * T, T), row.memory(), 0, T);
        }
        return rows;
    }

    private static List<StoredTensor> stored(Map<String, Tensor> values) {
        var list = new ArrayList<StoredTensor>();
        values.forEach((name, t) -> {
            Tensor f32 = t.dtype() == DType.F32
                    ? t
                    : Tensor.allocate(t.shape(), DType.F32).assign(t);
            list.add(new StoredTensor(
                    name, DType.F32, t.shape().sizes(), f32.memory().segment()));
        });
        return list;
    }
}
