package headway.cli;

import headway.io.Checkpoint;
import headway.io.ConfigException;
import headway.io.Json;
import headway.io.tokenizer.Encoding;
import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Tokenizers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway tokenize MODEL`: text to tokens and back.
@Command(
        name = "tokenize",
        description = {
            "Turn text into tokens, or token ids into text.",
            "Reads lines of {\"text\": …} or {\"ids\": […]} from standard input, or --text."
        })
final class TokenizeCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "MODEL",
            description = "Folder in Hugging Face layout, hub name, GGUF file, or vocabulary file.")
    private String model;

    @Option(names = "--text", paramLabel = "TEXT", description = "Text, instead of standard input.")
    private String text;

    @Option(names = "--no-special", description = "Add no special tokens, and leave them out of texts.")
    private boolean noSpecial;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (Tokenizer tokenizer = Tokenizers.of(Checkpoint.locate(model))) {
            if (text != null) {
                encode(tokenizer, text);
                return 0;
            }
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    answer(tokenizer, line, "standard input, line " + number);
                }
            }
        }
        return 0;
    }

    private void answer(Tokenizer tokenizer, String line, String source) {
        JsonNode node = Json.parse(line, source);
        if (node.path("text").isString()) {
            encode(tokenizer, node.path("text").stringValue());
        } else if (node.path("ids").isArray()) {
            decode(tokenizer, node.path("ids"), source);
        } else {
            throw new ConfigException("[tokenize] %s: expected {\"text\": …} or {\"ids\": […]}".formatted(source));
        }
    }

    private void encode(Tokenizer tokenizer, String of) {
        Encoding encoding = tokenizer.encode(of, !noSpecial);
        if (!json) {
            spec.commandLine()
                    .getOut()
                    .println(Arrays.stream(encoding.ids())
                            .mapToObj(id -> id + "\t" + tokenizer.tokenOf(id))
                            .collect(Collectors.joining("\n")));
            return;
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = node.putArray("ids");
        Arrays.stream(encoding.ids()).forEach(ids::add);
        ArrayNode tokens = node.putArray("tokens");
        encoding.tokens().forEach(tokens::add);
        ArrayNode offsets = node.putArray("offsets");
        for (int[] offset : encoding.offsets()) {
            offsets.addArray().add(offset[0]).add(offset[1]);
        }
        spec.commandLine().getOut().println(node);
    }

    private void decode(Tokenizer tokenizer, JsonNode list, String source) {
        int[] ids = new int[list.size()];
        for (int i = 0; i < ids.length; i++) {
            if (!list.path(i).isInt()) {
                throw new ConfigException(
                        "[tokenize] %s: ids holds %s; expected integers".formatted(source, list.path(i)));
            }
            ids[i] = list.path(i).intValue();
        }
        String decoded = tokenizer.decode(ids, noSpecial);
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("text", decoded);
            spec.commandLine().getOut().println(node);
        } else {
            spec.commandLine().getOut().println(decoded);
        }
    }
}
