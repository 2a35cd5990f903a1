package headway.tensor;

import headway.io.Json;
import headway.io.SafetensorsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// One ONNX node test, read from `testkit/goldens/onnx`.
record OnnxCase(
        String op,
        String name,
        int opset,
        JsonNode attributes,
        List<Slot> inputs,
        List<Slot> outputs,
        double rtol,
        double atol) {
    static final Path FOLDER = Golden.FOLDER.resolve("onnx");
    private static final Map<String, SafetensorsFile> FILES = new HashMap<>();

    /// An input or output; null in a list where it is absent.
    record Slot(String name, String tensor, String dtype) {}

    static List<OnnxCase> all() {
        return Json.read(FOLDER.resolve("cases.json"))
                .valueStream()
                .map(c -> new OnnxCase(
                        c.path("op").asString(),
                        c.path("name").asString(),
                        c.path("opset").asInt(),
                        c.path("attributes"),
                        slots(c.path("inputs")),
                        slots(c.path("outputs")),
                        c.path("rtol").asDouble(),
                        c.path("atol").asDouble()))
                .toList();
    }

    private static List<Slot> slots(JsonNode list) {
        var slots = new ArrayList<Slot>();
        for (JsonNode s : list) {
            slots.add(
                    s.isNull()
                            ? null
                            : new Slot(
                                    s.path("name").asString(),
                                    s.path("tensor").asString(),
                                    s.path("dtype").asString()));
        }
        return slots;
    }

    boolean hasInput(int i) {
        return i < inputs.size() && inputs.get(i) != null;
    }

    boolean hasOutput(int i) {
        return i < outputs.size() && outputs.get(i) != null;
    }

    Golden input(int i) {
        return read(inputs.get(i));
    }

    Golden output(int i) {
        return read(outputs.get(i));
    }

    private Golden read(Slot slot) {
        synchronized (FILES) {
            SafetensorsFile file =
                    FILES.computeIfAbsent(op, o -> SafetensorsFile.open(FOLDER.resolve(o + ".safetensors")));
            return Golden.of(file, slot.tensor);
        }
    }

    int attribute(String attribute, int otherwise) {
        return attributes.has(attribute) ? attributes.path(attribute).asInt() : otherwise;
    }

    double attribute(String attribute, double otherwise) {
        return attributes.has(attribute) ? attributes.path(attribute).asDouble() : otherwise;
    }

    /// Whether any of the given types occurs among the inputs.
    boolean has(String dtype) {
        return Stream.concat(inputs.stream(), outputs.stream()).anyMatch(s -> s != null && s.dtype.equals(dtype));
    }

    @Override
    public String toString() {
        return name;
    }
}
