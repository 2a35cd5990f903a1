package headway.cli;

import headway.io.Checkpoint;
import headway.io.StoredTensor;
import headway.io.tokenizer.Tokenizers;
import headway.models.Decoder;
import headway.models.Loading;
import headway.models.Pretrained;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway inspect MODEL`.
@Command(name = "inspect", description = "Say what a checkpoint holds and what memory it would take.")
final class Inspect implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Folder in Hugging Face layout, GGUF file, or hub name.")
    private String model;

    @Option(names = "--tensors", description = "List every tensor.")
    private boolean tensors;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (var loaded = Pretrained.load(model, Loading.RUN)) {
            ObjectNode node = describe(loaded);
            if (json) {
                spec.commandLine().getOut().println(node);
            } else {
                print(node);
            }
        }
        return 0;
    }

    /// A tensor of either kind.
    private record Held(String name, String type, long[] shape, long count, long bytes) {}

    private static List<Held> held(Checkpoint checkpoint) {
        var all = new ArrayList<Held>();
        for (StoredTensor t : checkpoint.tensors().values()) {
            String type = t.dtype().name().toLowerCase(java.util.Locale.ROOT);
            all.add(new Held(t.name(), type, t.shape(), t.count(), t.data().byteSize()));
        }
        checkpoint.quantized().forEach((name, t) -> {
            String type = t.type().name().toLowerCase(java.util.Locale.ROOT);
            all.add(new Held(name, type, t.shape(), t.count(), t.data().byteSize()));
        });
        return all;
    }

    private ObjectNode describe(Pretrained loaded) {
        Checkpoint checkpoint = loaded.checkpoint();
        long parameters = loaded.parameterCount();
        long bytes = 0;
        List<Held> held = held(checkpoint);
        Map<String, Long> byType = new TreeMap<>();
        for (Held t : held) {
            bytes += t.bytes;
            byType.merge(t.type, t.count, Long::sum);
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("family", loaded.config().path("model_type").asString("gpt2"));
        node.put("head", loaded.head());
        ObjectNode p = node.putObject("parameters");
        p.put("count", parameters);
        p.put("bytes", bytes);
        ObjectNode types = p.putObject("byDtype");
        byType.forEach(types::put);
        var list = node.putArray("tensors");
        for (Held t : held) {
            ObjectNode entry = list.addObject();
            entry.put("name", t.name);
            var shape = entry.putArray("shape");
            Arrays.stream(t.shape).forEach(shape::add);
            entry.put("dtype", t.type);
        }
        node.put("tokenizer", tokenizer(checkpoint));
        if (loaded.model() instanceof Decoder decoder) {
            decoder(node, decoder.sizes(), parameters, bytes);
        } else {
            ObjectNode memory = node.putObject("memory");
            memory.put("weightBytes", bytes);
            memory.put("inferenceBytes", bytes);
            memory.put("trainingBytes", 16 * parameters);
        }
        return node;
    }

    private static void decoder(ObjectNode node, Decoder.Sizes sizes, long parameters, long bytes) {
        node.put("contextLength", sizes.maxPositions());
        node.put("positions", node.path("family").asString().equals("gpt2") ? "learned" : "rotary");
        ObjectNode attention = node.putObject("attention");
        attention.put("heads", sizes.heads());
        attention.put("keyValueHeads", sizes.kvHeads());
        attention.put("headDim", sizes.headDim());
        if (sizes.window() > 0) {
            attention.put("window", sizes.window());
        }
        memory(node.putObject("memory"), sizes, parameters, bytes);
    }

    /// Estimates: weights plus a full cache to run; weights, gradients and two moments, all in 4 bytes, to train.
    private static void memory(ObjectNode node, Decoder.Sizes s, long parameters, long bytes) {
        long tokens = s.window() > 0 ? Math.min(s.window() * 2L, s.maxPositions()) : s.maxPositions();
        long cache = 2L * s.layers() * s.kvHeads() * s.headDim() * tokens * 4;
        node.put("weightBytes", bytes);
        node.put("cacheBytes", cache);
        node.put("inferenceBytes", bytes + cache);
        node.put("trainingBytes", 16 * parameters);
    }

    private static String tokenizer(Checkpoint checkpoint) {
        if (!Tokenizers.has(checkpoint.folder())) {
            return "none";
        }
        try (var t = Tokenizers.of(checkpoint.folder())) {
            return "%s, %d tokens".formatted(t.getClass().getSimpleName(), t.vocabSize());
        }
    }

    private void print(ObjectNode n) {
        var out = spec.commandLine().getOut();
        out.println(
                "%s (%s)".formatted(n.path("family").asString(), n.path("head").asString()));
        out.println("  parameters   %s, %s in %d tensors %s"
                .formatted(
                        Terminal.count(n.path("parameters").path("count").asLong()),
                        Terminal.bytes(n.path("parameters").path("bytes").asLong()),
                        n.path("tensors").size(),
                        n.path("parameters").path("byDtype").propertyNames()));
        if (n.has("attention")) {
            printDecoder(n, out);
        }
        out.println("  tokenizer    " + n.path("tokenizer").asString());
        out.println("  to run       %s%s"
                .formatted(
                        Terminal.bytes(n.path("memory").path("inferenceBytes").asLong()),
                        n.has("attention") ? " with a full cache" : ""));
        out.println("  to train     %s and activations"
                .formatted(Terminal.bytes(n.path("memory").path("trainingBytes").asLong())));
        if (tensors) {
            n.path("tensors")
                    .forEach(t -> out.println("  %-60s %s %s"
                            .formatted(
                                    t.path("name").asString(), t.path("dtype").asString(), t.path("shape"))));
        }
    }

    private static void printDecoder(ObjectNode n, java.io.PrintWriter out) {
        out.println("  attention    %d heads of %d, %d for keys and values%s"
                .formatted(
                        n.path("attention").path("heads").asInt(),
                        n.path("attention").path("headDim").asInt(),
                        n.path("attention").path("keyValueHeads").asInt(),
                        n.path("attention").has("window")
                                ? ", window " + n.path("attention").path("window")
                                : ""));
        out.println("  context      %d tokens, %s positions"
                .formatted(n.path("contextLength").asInt(), n.path("positions").asString()));
    }
}
