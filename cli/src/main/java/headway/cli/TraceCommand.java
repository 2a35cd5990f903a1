package headway.cli;

import headway.io.SafetensorsFile;
import headway.io.SafetensorsWriter;
import headway.io.StoredTensor;
import headway.io.tokenizer.Tokenizers;
import headway.kernels.DType;
import headway.models.Loading;
import headway.models.Microscope;
import headway.models.Pretrained;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway trace MODEL`: the microscope.
@Command(
        name = "trace",
        description = {
            "Write down everything that happens in one forward pass (and one backward pass).",
            "Names and meaning are those of Hugging Face with output_hidden_states and output_attentions."
        })
final class TraceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Folder in Hugging Face layout, GGUF file, or hub name.")
    private String model;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    private static final class Input {
        @Option(
                names = "--inputs",
                paramLabel = "FILE",
                description =
                        "Safetensors with the arguments of Hugging Face's forward: input_ids, attention_mask, labels …")
        private Path file;

        @Option(names = "--ids", paramLabel = "1,2,3", split = ",", description = "Token ids of one sequence.")
        private List<Integer> ids;

        @Option(names = "--text", paramLabel = "TEXT", description = "Text of one sequence.")
        private String text;
    }

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Safetensors to write.")
    private Path out;

    @Option(names = "--gradients", description = "Also the gradient of the loss for each parameter: grad.NAME.")
    private boolean gradients;

    @Option(names = "--head", paramLabel = "NAME", description = "Head, where not the one that config.json names.")
    private String head;

    @Option(names = "--json", description = "Print what was written as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (var arena = Arena.ofConfined();
                var given = input.file == null ? null : SafetensorsFile.open(input.file);
                var loaded = Pretrained.load(model, head, gradients ? Loading.TRAIN : Loading.RUN)) {
            Map<String, StoredTensor> inputs = given != null ? given.tensors() : sequence(arena);
            Microscope.look(loaded, inputs, gradients, values -> {
                SafetensorsWriter.write(out, values);
                report(values);
            });
        }
        return 0;
    }

    private Map<String, StoredTensor> sequence(Arena arena) {
        int[] ids = input.ids != null ? input.ids.stream().mapToInt(i -> i).toArray() : encoded();
        if (ids.length == 0) {
            throw new headway.io.ConfigException("[trace] the text has no tokens; give --text with text in it");
        }
        var data = arena.allocate(8L * ids.length, 64);
        for (int i = 0; i < ids.length; i++) {
            data.setAtIndex(ValueLayout.JAVA_LONG, i, ids[i]);
        }
        var inputs = new LinkedHashMap<String, StoredTensor>();
        inputs.put("input_ids", new StoredTensor("input_ids", DType.I64, new long[] {1, ids.length}, data));
        if (gradients) {
            inputs.put("labels", new StoredTensor("labels", DType.I64, new long[] {1, ids.length}, data));
        }
        return inputs;
    }

    private int[] encoded() {
        try (var tokenizer = Tokenizers.of(headway.io.Checkpoint.locate(model))) {
            return tokenizer.encodeIds(input.text, true);
        }
    }

    private void report(List<StoredTensor> values) {
        var print = spec.commandLine().getOut();
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("out", out.toString());
            var names = node.putArray("tensors");
            values.forEach(t -> names.add(t.name()));
            print.println(node);
            return;
        }
        var lines = new ArrayList<String>();
        values.stream().limit(8).forEach(t -> lines.add("  " + t));
        print.println("%d tensors in %s".formatted(values.size(), out));
        lines.forEach(print::println);
        if (values.size() > 8) {
            print.println("  …");
        }
    }
}
