package headway.io.gguf;

import headway.kernels.DType;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The tensors of a GGUF file as a family asks for them: under Hugging Face's names, experts one by one, and what the
/// format keeps in another form turned back.
public final class GgufTensors {
    private GgufTensors() {}

    /// All tensors of `file`, a model of `modelType`, but those that the configuration has taken up.
    public static List<GgufTensor> of(GgufFile file, String modelType) {
        var all = new ArrayList<GgufTensor>();
        for (GgufTensor tensor : file.tensors().values()) {
            String name = GgufNames.huggingFace(tensor.name(), modelType);
            if (GgufConfig.TAKEN.contains(tensor.name())) {
                continue;
            }
            if (name.contains("*")) {
                all.addAll(experts(tensor, name, file));
            } else if (name.endsWith("mixer.A_log")) {
                all.add(logarithm(tensor, name, file));
            } else if (name.endsWith("mixer.conv1d.weight") && tensor.shape().length == 2) {
                long[] shape = {tensor.shape()[0], 1, tensor.shape()[1]};
                all.add(new GgufTensor(name, tensor.type(), shape, tensor.data()));
            } else {
                all.add(tensor.named(name));
            }
        }
        return all;
    }

    /// The matrices of all experts, which lie one after the other.
    private static List<GgufTensor> experts(GgufTensor tensor, String name, GgufFile file) {
        long[] shape = tensor.shape();
        if (shape.length != 3 || shape[0] < 1 || tensor.data().byteSize() % shape[0] != 0) {
            throw new GgufException("[gguf] %s: tensor '%s' is %s; expected (experts, out, in)"
                    .formatted(file.path(), tensor.name(), tensor));
        }
        var experts = new ArrayList<GgufTensor>();
        long bytes = tensor.data().byteSize() / shape[0];
        for (int e = 0; e < shape[0]; e++) {
            experts.add(new GgufTensor(
                    name.replace("*", Integer.toString(e)),
                    tensor.type(),
                    Arrays.copyOfRange(shape, 1, 3),
                    tensor.data().asSlice(e * bytes, bytes)));
        }
        return experts;
    }

    /// `log(-a)`: the format holds decay rates as they are used.
    private static GgufTensor logarithm(GgufTensor tensor, String name, GgufFile file) {
        if (tensor.type().plain() != DType.F32) {
            throw new GgufException(
                    "[gguf] %s: tensor '%s' is %s; expected F32".formatted(file.path(), tensor.name(), tensor));
        }
        MemorySegment logs = Arena.ofAuto().allocate(tensor.data().byteSize(), Span.ALIGNMENT);
        var from = new Span(tensor.data(), DType.F32);
        var to = new Span(logs, DType.F32);
        for (long i = 0; i < from.count(); i++) {
            to.set(i, Math.log(-from.get(i)));
        }
        return new GgufTensor(name, tensor.type(), tensor.shape(), logs);
    }
}
