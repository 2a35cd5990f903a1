package headway.cli;

import headway.io.Json;
import headway.kernels.Tier;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What the launcher runs once after a build, with the output thrown away, so that the JDK's ahead-of-time cache holds
/// the classes that real calls load first, and the profiles of the methods that they run hottest: a later process
/// compiles kernels at once instead of finding out again which ones matter. Nothing here needs a network or a file of
/// the user.
final class Rehearsal {
    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    private Rehearsal() {}

    static void run() {
        // Read by the launcher: another tier than machine code needs a module that it then adds.
        System.out.println("kernels: " + Tier.current().name().toLowerCase(Locale.ROOT));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        line("--help");
        line("no-such-command");
        for (Headway.Entry entry : Headway.COMMANDS) {
            line(entry.name(), "--help");
        }
        quantized();
        try {
            Path folder = Files.createTempDirectory("headway-rehearsal");
            try {
                train(folder);
            } finally {
                headway.io.AtomicFiles.deleteFolder(folder);
            }
        } catch (IOException e) {
            // Without a place for temporary files the cache holds less; everything works, only a little later.
            System.err.println("headway: rehearsal cut short: " + e.getMessage());
        }
    }

    private static void line(String... arguments) {
        Headway.run(NOWHERE, NOWHERE, arguments);
    }

    /// GGUF files as they come with the sources; elsewhere the cache does without.
    private static void quantized() {
        for (String name : List.of("llama-q4_0", "llama-k")) {
            Path file = Path.of(System.getProperty("headway.root", "."), "testkit/goldens/gguf", name, "model.gguf");
            if (Files.exists(file)) {
                line("generate", file.toString(), "--ids", "1,2,3", "--max-new-tokens", "20", "--ignore-eos", "--json");
            }
        }
    }

    private static void train(Path folder) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; text.length() < 60_000; i++) {
            text.append("    public int value")
                    .append(i % 97)
                    .append("(int x) { return x + ")
                    .append(i)
                    .append("; }\n");
        }
        Path corpus = folder.resolve("text.txt");
        Files.writeString(corpus, text);
        Path run = folder.resolve("run.yaml");
        Path model = folder.resolve("run");
        Files.writeString(run, """
                model: {model_type: llama, hidden_size: 96, intermediate_size: 256, num_hidden_layers: 3,
                        num_attention_heads: 3, num_key_value_heads: 3, max_position_embeddings: 256,
                        rms_norm_eps: 1.0e-5, tie_word_embeddings: true}
                data: %s
                tokenizer: {train: bpe, vocabSize: 1024}
                sequenceLength: 96
                batchSize: 8
                steps: 120
                maxGradNorm: 1.0
                evaluate: {every: 60, batches: 2}
                output: %s
                """.formatted(Json.quoted(corpus.toString()), Json.quoted(model.toString())));
        line("train", run.toString());
        line("generate", model.toString(), "--prompt", "public int", "--max-new-tokens", "120", "--ignore-eos");
        line("generate", model.toString(), "--prompt", "public", "--max-new-tokens", "60", "--json");
        line("inspect", model.toString());
        line(
                "trace",
                model.toString(),
                "--ids",
                "1,2,3",
                "--out",
                folder.resolve("trace.safetensors").toString());
    }
}
