package headway.cli;

import headway.generate.ConditionalGenerator;
import headway.generate.FinishReason;
import headway.generate.GeneratedSequence;
import headway.generate.Generation;
import headway.generate.GenerationConfig;
import headway.generate.GenerationResult;
import headway.generate.Generator;
import headway.generate.Prompt;
import headway.generate.TokenListener;
import headway.io.ConfigException;
import headway.io.SafetensorsFile;
import headway.io.StoredTensor;
import headway.io.tokenizer.Tokenizer;
import headway.io.tokenizer.Tokenizers;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.models.Decoder;
import headway.models.EncoderDecoder;
import headway.models.Inputs;
import headway.models.Loading;
import headway.models.Pretrained;
import headway.models.SeeingDecoder;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `headway generate MODEL`: continues prompts.
@Command(
        name = "generate",
        description = {
            "Continue prompts with a language model.",
            "What is not said comes from the model's generation_config.json. The text streams to standard output."
        })
final class GenerateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "Folder in Hugging Face layout, GGUF file, or hub name.")
    private String model;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Input input;

    private static final class Input {
        @Option(names = "--prompt", paramLabel = "TEXT", description = "Text to continue; repeatable for a batch.")
        private List<String> prompts;

        @Option(names = "--ids", paramLabel = "1,2,3", description = "Tokens to continue; repeatable for a batch.")
        private List<String> ids;

        @Option(names = "--inputs", paramLabel = "FILE", description = "Safetensors: input_ids, attention_mask.")
        private Path file;
    }

    @Option(
            names = "--decoder-ids",
            paramLabel = "1,2,3",
            description = "What an encoder-decoder's text begins with; one for all inputs, or one for each.")
    private List<String> decoderIds;

    @Mixin
    private GenerationOptions settings;

    @Mixin
    private LaterOptions later;

    @Option(names = "--json", description = "One JSON document instead of text.")
    private boolean json;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<int[]> ids = input.ids == null
                ? List.of()
                : input.ids.stream().map(this::ids).toList();
        try (var loaded = Pretrained.load(model, new Loading(headway.options.dtype((DType) null), false));
                var tokenizer = tokenizer(loaded)) {
            Generation generation = generation(loaded);
            if (loaded.model() instanceof EncoderDecoder) {
                show(conditional(loaded, ids, tokenizer, generation), false);
                return 0;
            }
            if (decoderIds != null) {
                throw new ParameterException(
                        spec.commandLine(), "--decoder-ids: %s has no encoder; give --ids".formatted(loaded.head()));
            }
            try (var arena = Arena.ofShared();
                    var generator = new Generator(decoder(loaded, arena), tokenizer)) {
                Set<String> images =
                        loaded.model() instanceof SeeingDecoder seeing ? seeing.imageArguments() : Set.of();
                List<Prompt> prompts =
                        input.file != null ? stored(generation, images) : prompts(ids, tokenizer, generation);
                boolean single = prompts.size() * generation.numReturnSequences() == 1;
                boolean stream = !json && single && tokenizer != null;
                TokenListener listener = stream ? new Printer(out()) : TokenListener.NONE;
                show(generator.generate(prompts, generation, listener), stream);
            }
        }
        return 0;
    }

    private void show(GenerationResult result, boolean streamed) {
        if (json) {
            out().println(toJson(result));
        } else {
            print(result, streamed);
        }
    }

    /// A text about an input. The prompts that come out are the encoder's.
    private GenerationResult conditional(
            Pretrained loaded, List<int[]> ids, Tokenizer tokenizer, Generation generation) {
        EncoderDecoder encoderDecoder = loaded.encoderDecoder();
        int start = startToken(loaded, encoderDecoder);
        List<int[]> starts = decoderIds == null
                ? List.of()
                : decoderIds.stream().map(this::ids).toList();
        try (var arena = Arena.ofShared();
                var file = input.file == null ? null : SafetensorsFile.open(input.file);
                var generator = new ConditionalGenerator(encoderDecoder, tokenizer)) {
            ConditionalInput given = file != null
                    ? ConditionalInput.of(file.tensors(), encoderDecoder, start, starts)
                    : ConditionalInput.of(
                            arena, given(ids, tokenizer, generation), encoderDecoder, generation, start, starts);
            GenerationResult result =
                    generator.generate(given.inputs(), given.starts(), generation, TokenListener.NONE);
            var sequences = new ArrayList<GeneratedSequence>();
            for (int i = 0; i < result.sequences().size() && !given.prompts().isEmpty(); i++) {
                GeneratedSequence s = result.sequences().get(i);
                int[] prompt = given.prompts().get(i / generation.numReturnSequences());
                sequences.add(s.after(prompt));
            }
            return sequences.isEmpty()
                    ? result
                    : new GenerationResult(
                            sequences,
                            result.promptTokensPerSecond(),
                            result.tokensPerSecond(),
                            result.timeToFirstTokenMs());
        }
    }

    private List<Prompt> given(List<int[]> ids, Tokenizer tokenizer, Generation generation) {
        return input.prompts == null ? ids.stream().map(Prompt::of).toList() : prompts(ids, tokenizer, generation);
    }

    /// Said on the command line, in `generation_config.json`, or in `config.json`.
    private int startToken(Pretrained loaded, EncoderDecoder encoderDecoder) {
        JsonNode file = GenerationConfig.of(loaded.checkpoint());
        for (JsonNode from : List.of(settings.given(), file)) {
            if (from.path("decoder_start_token_id").isInt()) {
                return from.path("decoder_start_token_id").intValue();
            }
        }
        return encoderDecoder.startTokenId();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private Generation generation(Pretrained loaded) {
        JsonNode file = GenerationConfig.of(loaded.checkpoint());
        for (String key : GenerationConfig.later(file)) {
            spec.commandLine()
                    .getErr()
                    .println("headway: generation_config.json asks for %s, which is not in this version: left out"
                            .formatted(key));
        }
        ObjectNode given = settings.given();
        given.put("seed", headway.options.seed(ThreadLocalRandom.current().nextLong()));
        try {
            return GenerationConfig.read(file, given, "generation_config.json");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /// The model's tokenizer, or null where it has none and none is needed.
    private Tokenizer tokenizer(Pretrained loaded) {
        Path folder = loaded.checkpoint().folder();
        return Tokenizers.has(folder) || input.prompts != null ? Tokenizers.of(folder) : null;
    }

    private List<Prompt> prompts(List<int[]> ids, Tokenizer tokenizer, Generation generation) {
        if (input.prompts == null) {
            return ids.stream().map(row -> Prompt.guessing(row, generation)).toList();
        }
        var prompts = new ArrayList<Prompt>();
        for (String text : input.prompts) {
            int[] encoded = tokenizer.encodeIds(text, true);
            if (encoded.length == 0) {
                throw new ParameterException(
                        spec.commandLine(), "--prompt '%s' has no tokens; give a text".formatted(text));
            }
            prompts.add(Prompt.of(encoded));
        }
        return prompts;
    }

    private int[] ids(String list) {
        try {
            return Arrays.stream(list.split(","))
                    .mapToInt(id -> Integer.parseInt(id.strip()))
                    .toArray();
        } catch (NumberFormatException _) {
            throw new ParameterException(
                    spec.commandLine(), "--ids %s; expected token ids such as 1,2,3".formatted(list));
        }
    }

    /// The decoder, with the images of the file of inputs before its eyes.
    private Decoder decoder(Pretrained loaded, Arena arena) {
        if (input.file == null || !(loaded.model() instanceof SeeingDecoder model)) {
            return loaded.decoder();
        }
        try (var file = SafetensorsFile.open(input.file)) {
            var images = new LinkedHashMap<>(file.tensors());
            images.keySet().retainAll(model.imageArguments());
            return model.seeing(Inputs.of(images), arena);
        }
    }

    /// @param more names beside those of prompts that the file may hold
    private List<Prompt> stored(Generation generation, Set<String> more) {
        try (var file = SafetensorsFile.open(input.file)) {
            var unknown = file.names().stream()
                    // Labels are what trace takes beside these; they have no say in what is generated.
                    .filter(name ->
                            !Set.of("input_ids", "attention_mask", "labels").contains(name) && !more.contains(name))
                    .collect(Collectors.joining(", "));
            if (!unknown.isEmpty()) {
                throw new ConfigException(
                        "[generate] %s holds %s, which generate does not read in this version; known: attention_mask, input_ids"
                                .formatted(input.file, unknown));
            }
            int[][] ids = rows(file, "input_ids");
            int[][] mask = file.names().contains("attention_mask") ? rows(file, "attention_mask") : null;
            if (mask != null && (mask.length != ids.length || mask[0].length != ids[0].length)) {
                throw new ConfigException("[generate] attention_mask is (%d, %d), input_ids is (%d, %d)"
                        .formatted(mask.length, mask[0].length, ids.length, ids[0].length));
            }
            var prompts = new ArrayList<Prompt>();
            for (int b = 0; b < ids.length; b++) {
                prompts.add(mask == null ? Prompt.guessing(ids[b], generation) : new Prompt(ids[b], bytes(mask[b])));
            }
            return prompts;
        }
    }

    private int[][] rows(SafetensorsFile file, String name) {
        StoredTensor t = file.tensor(name);
        long[] shape = t.shape();
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1 || t.dtype().isFloat()) {
            throw new ConfigException("[generate] %s: %s is %s %s; expected integers (batch, seq), neither of them 0"
                    .formatted(input.file, name, t.dtype(), Arrays.toString(shape)));
        }
        Span values = new Span(t.data(), t.dtype());
        int[][] rows = new int[Math.toIntExact(shape[0])][Math.toIntExact(shape[1])];
        for (int b = 0; b < rows.length; b++) {
            for (int i = 0; i < rows[b].length; i++) {
                rows[b][i] = (int) values.get(b * shape[1] + i);
            }
        }
        return rows;
    }

    private static byte[] bytes(int[] mask) {
        byte[] bytes = new byte[mask.length];
        for (int i = 0; i < mask.length; i++) {
            bytes[i] = (byte) (mask[i] == 0 ? 0 : 1);
        }
        return bytes;
    }

    private static ObjectNode toJson(GenerationResult result) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode sequences = root.putArray("sequences");
        for (GeneratedSequence s : result.sequences()) {
            ObjectNode node = sequences.addObject();
            ArrayNode prompt = node.putArray("promptIds");
            Arrays.stream(s.promptIds()).forEach(prompt::add);
            ArrayNode ids = node.putArray("ids");
            Arrays.stream(s.ids()).forEach(ids::add);
            node.put("text", s.text());
            node.put("finishReason", s.finishReason().toString());
            node.put("logProbability", s.logProbability());
        }
        root.put("promptTokensPerSecond", result.promptTokensPerSecond());
        root.put("tokensPerSecond", result.tokensPerSecond());
        root.put("timeToFirstTokenMs", result.timeToFirstTokenMs());
        return root;
    }

    private void print(GenerationResult result, boolean streamed) {
        PrintWriter out = out();
        List<GeneratedSequence> sequences = result.sequences();
        for (int i = 0; i < sequences.size() && !streamed; i++) {
            GeneratedSequence s = sequences.get(i);
            String text = s.text() != null
                    ? s.text()
                    : Arrays.stream(s.ids()).mapToObj(Integer::toString).collect(Collectors.joining(","));
            out.println(sequences.size() == 1 ? text : "[%d] %s".formatted(i + 1, text));
        }
        out.flush();
        if (Terminal.watched()) {
            int tokens = sequences.stream().mapToInt(s -> s.ids().length).sum();
            spec.commandLine()
                    .getErr()
                    .println("%d tokens, the first after %.0f ms, then %.1f tokens/s"
                            .formatted(tokens, result.timeToFirstTokenMs(), result.tokensPerSecond()));
        }
    }

    /// Text as it comes, each piece at once.
    private record Printer(PrintWriter out) implements TokenListener {
        @Override
        public void token(int sequence, int id, String text) {
            out.print(text);
            out.flush();
        }

        @Override
        public void finished(int sequence, FinishReason reason, String text) {
            out.println(text);
            out.flush();
        }
    }
}
