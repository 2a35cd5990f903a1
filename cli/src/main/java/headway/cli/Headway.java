package headway.cli;

import headway.io.hub.Hub;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The program `headway`: finds the command, hands over, and turns failures into one line and an exit code.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted (that one comes from the JVM itself,
/// after its shutdown hooks have saved what was done).
///
/// A command class is built only where it is called: reading the annotations of all of them would double the time of
/// `--help`.
@Command(name = "headway", mixinStandardHelpOptions = true, versionProvider = Version.class)
public final class Headway implements Callable<Integer> {
    /// One line a command: what is typed, what `--help` says, how it is made.
    record Entry(String name, String summary, Supplier<Callable<Integer>> command) {}

    static final List<Entry> COMMANDS = List.of(
            new Entry("demo", "train a small model here and now, and write with it", Demo::new),
            new Entry("train", "train a model as a YAML file describes it", Train::new),
            new Entry("generate", "continue prompts with a language model", GenerateCommand::new),
            new Entry("chat", "talk with a language model", ChatCommand::new),
            new Entry("fill-mask", "guess the words that a text has masks for", FillMaskCommand::new),
            new Entry("classify", "say which class a text belongs to", ClassifyCommand::new),
            new Entry("tag", "find names of persons, places and other things", TagCommand::new),
            new Entry("answer", "find the answer to a question in a text", AnswerCommand::new),
            new Entry("rerank", "order texts by how well they answer a question", RerankCommand::new),
            new Entry("embed", "turn texts into vectors", EmbedCommand::new),
            new Entry("translate", "say in another language what texts say", TranslateCommand::new),
            new Entry("summarize", "say in fewer words what texts say", SummarizeCommand::new),
            new Entry("transcribe", "write down what is said in a recording", TranscribeCommand::new),
            new Entry("classify-image", "say what a picture shows", ClassifyImageCommand::new),
            new Entry("caption", "say in words what a picture shows", CaptionCommand::new),
            new Entry("match", "say which description fits a picture", MatchCommand::new),
            new Entry("score", "say how probable a text is to a language model", ScoreCommand::new),
            new Entry("tokenize", "turn text into tokens, or tokens into text", TokenizeCommand::new),
            new Entry("trace", "write down all that happens in a forward and a backward pass", TraceCommand::new),
            new Entry("attention", "draw what each head looks at, and list which heads matter", AttentionCommand::new),
            new Entry("inspect", "say what a checkpoint holds and what memory it takes", Inspect::new),
            new Entry("pull", "bring a model from the Hugging Face hub into the cache", PullCommand::new),
            new Entry("list", "list the models in the cache", ListCommand::new),
            new Entry("rm", "remove models from the cache", RemoveCommand::new),
            new Entry("bench", "measure products, attention, training, prefill, decoding, memory", Bench::new),
            new Entry("doctor", "say what this machine offers and which kernels run on it", Doctor::new));

    /// Valid before and after a command's name.
    @Mixin
    final GlobalOptions options = new GlobalOptions();

    @Spec
    private CommandSpec spec;

    private Headway() {}

    public static void main(String[] args) throws IOException {
        StandardError.restore();
        if (Boolean.getBoolean("headway.rehearse")) {
            Rehearsal.run();
            return;
        }
        // Standard output is read by programs, which expect UTF-8 whatever the locale says; a Windows console does not.
        boolean console = File.separatorChar == '\\' && System.console() != null;
        Charset charset = console ? System.out.charset() : StandardCharsets.UTF_8;
        var out = new PrintWriter(System.out, true, charset);
        if (Boolean.getBoolean("headway.lines")) {
            CommandLines.run(new InputStreamReader(System.in, StandardCharsets.UTF_8), out);
            return;
        }
        int code = run(out, new PrintWriter(System.err, true), args);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    /// Runs one command line and returns its exit code.
    static int run(PrintWriter out, PrintWriter err, String... args) {
        // Answered without picocli, whose class files are too old for the ahead-of-time cache.
        if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h") || args[0].equals("help"))) {
            out.print(help());
            out.flush();
            return 0;
        }
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            out.println(Version.line());
            return 0;
        }
        String kernels = System.getenv("HEADWAY_KERNELS");
        if (kernels != null && !kernels.isBlank() && !GlobalOptions.isKernels(kernels.strip())) {
            err.println("headway: HEADWAY_KERNELS=%s; expected reference, vector or native".formatted(kernels));
            return CommandLine.ExitCode.USAGE;
        }
        String instructions = System.getenv("HEADWAY_INSTRUCTIONS");
        if (instructions != null && !instructions.isBlank() && !GlobalOptions.isInstructions(instructions.strip())) {
            err.println("headway: HEADWAY_INSTRUCTIONS=%s; expected avx2, avx512, avx512bf16 or amx"
                    .formatted(instructions));
            return CommandLine.ExitCode.USAGE;
        }
        String activations = System.getenv("HEADWAY_ACTIVATIONS");
        if (activations != null && !activations.isBlank() && !GlobalOptions.isActivations(activations.strip())) {
            err.println("headway: HEADWAY_ACTIVATIONS=%s; expected 15 or 8".formatted(activations));
            return CommandLine.ExitCode.USAGE;
        }
        String cache = System.getenv("HEADWAY_CACHE");
        if (cache != null && !cache.isBlank() && !GlobalOptions.isCache(cache.strip())) {
            err.println("headway: HEADWAY_CACHE=%s; expected f32 or f16".formatted(cache));
            return CommandLine.ExitCode.USAGE;
        }
        Hub.watch(DownloadProgress::new);
        Headway root = new Headway();
        CommandLine line = new CommandLine(root);
        List<String> names = COMMANDS.stream().map(Entry::name).toList();
        String wanted = commandIn(line, args);
        for (Entry entry : COMMANDS) {
            if (entry.name().equals(wanted)) {
                line.addSubcommand(entry.name(), describe(entry));
            }
        }
        Failures failures = new Failures(root.options, names);
        line.setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setUsageHelpWidth(100);
        try {
            return line.execute(args);
        } catch (Error error) {
            // picocli hands over exceptions only; a failed static initialiser or a full heap is an Error.
            return failures.handleError(error, err);
        }
    }

    /// What `headway --help` prints; a test holds it against the options that picocli knows.
    static String help() {
        StringBuilder commands = new StringBuilder();
        for (Entry entry : COMMANDS) {
            commands.append("  %-14s %s%n".formatted(entry.name(), entry.summary()));
        }
        return """
                Usage: headway COMMAND [OPTIONS]
                A transformer engine for the JVM: train, fine-tune, compress, run and serve.

                Commands:
                %s
                Options of every command:
                  --threads N                          threads that share the arithmetic
                  --seed N                             the same seed gives the same result
                  --dtype f32|bf16|f16                 type of weights in memory
                  --kernels reference|vector|native    arithmetic to use
                  --instructions avx2|avx512|avx512bf16|amx  newest instructions that machine code may use
                  --activations 15|8                   bits of activations where prompts meet quantized weights
                  --cache f32|f16                      type of keys and values that are kept
                  --stacktrace                         show where a failure came from
                  -h, --help                           after a command: what it does and its options
                  -V, --version                        version of Headway and of Java
                """.formatted(commands);
    }

    private static CommandLine describe(Entry entry) {
        CommandLine command = new CommandLine(entry.command().get());
        CommandSpec spec = command.getCommandSpec().mixinStandardHelpOptions(true);
        if (spec.usageMessage().description().length == 0) {
            String summary = entry.summary();
            spec.usageMessage().description(summary.substring(0, 1).toUpperCase() + summary.substring(1) + ".");
        }
        return command;
    }

    /// The first argument that is neither a global option nor the value of one.
    private static String commandIn(CommandLine line, String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("-")) {
                return args[i];
            }
            var option = line.getCommandSpec().findOption(args[i]);
            i += option == null ? 0 : option.arity().min();
        }
        return null;
    }

    /// Options without a command: nothing to do but to say which commands there are.
    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        err.print(help());
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }
}
