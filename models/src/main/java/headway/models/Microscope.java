package headway.models;

import headway.io.StoredTensor;
import headway.kernels.DType;
import headway.nn.Parameter;
import headway.nn.Trace;
import headway.tensor.ShapeException;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One forward pass, and one backward pass if wanted, with everything that happened written down under the names of
/// Hugging Face's outputs.
public final class Microscope {
    private Microscope() {}

    /// Runs `model` on `inputs`, named as the arguments of Hugging Face's `forward`, and hands each
    /// result to `out`: what the head gives, `loss` (with labels), `hidden_states.{i}`, `attentions.{i}`
    /// and, with `gradients`, `grad.NAME` for each parameter. The memory is valid until `out` returns.
    public static void look(
            Pretrained model, Map<String, StoredTensor> inputs, boolean gradients, Consumer<List<StoredTensor>> out) {
        Inputs.of(inputs).requireOnly(model.model().arguments());
        try (var workspace = new Workspace()) {
            workspace.run(() -> {
                out.accept(gradients ? backward(model, inputs) : forward(model, inputs));
                return null;
            });
        }
    }

    private static List<StoredTensor> forward(Pretrained model, Map<String, StoredTensor> inputs) {
        var trace = new Trace();
        trace.record(() -> model.model().forward(Inputs.of(inputs)));
        return stored(trace.values());
    }

    private static List<StoredTensor> backward(Pretrained model, Map<String, StoredTensor> inputs) {
        Map<String, Parameter> parameters = model.parameters();
        for (Parameter p : parameters.values()) {
            p.tensor().gradientMemory(Tensor.allocate(p.tensor().shape(), DType.F32));
        }
        var trace = new Trace();
        var tape = new Tape();
        Tensor loss = tape.record(() -> trace.record(() -> model.model().forward(Inputs.of(inputs))));
        if (loss == null) {
            throw new ShapeException(
                    "[trace] gradients need a loss: give labels of the shape that %s expects".formatted(model.head()));
        }
        tape.backward(loss, 1);
        var all = new LinkedHashMap<>(trace.values());
        Map<String, String> given = given(model);
        parameters.forEach((name, p) -> {
            Tensor g = p.tensor().gradient();
            all.put("grad." + given.getOrDefault(name, name), g != null ? g : Tensor.zerosLike(p.tensor()));
        });
        return stored(all);
    }

    /// Gradients have the names that the file gives to parameters, where it has others.
    private static Map<String, String> given(Pretrained model) {
        return model.checkpoint() == null
                ? Map.of()
                : StoredNames.given(
                        model.checkpoint().tensors().keySet(),
                        model.config().path("model_type").asString(""));
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
