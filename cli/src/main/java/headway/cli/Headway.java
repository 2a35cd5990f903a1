package headway.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/// The program `headway`: finds the command, hands over, and turns failures into one line and an exit code.
///
/// Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted (that one comes from the JVM itself, after its shutdown
/// hooks have saved what was done).
///
/// A command class is built only where it is called: reading the annotations of all of them would double the time of
/// `--help`.
@Command(
        name = "headway",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        customSynopsis = "headway [OPTIONS] COMMAND …",
        description = "A transformer engine for the JVM: train, fine-tune, compress, run and serve.")
public final class Headway implements Callable<Integer> {
    /// One line a command: what is typed, what `--help` says, how it is made.
    record Entry(String name, String summary, Supplier<Callable<Integer>> command) {}

    static final List<Entry> COMMANDS = List.of(
            new Entry("doctor", "say what this machine offers and which kernels run on it", Doctor::new));

    /// Valid before and after a command's name.
    @Mixin
    final GlobalOptions options = new GlobalOptions();

    @Spec
    private CommandSpec spec;

    private Headway() {}

    public static void main(String[] args) {
        StandardError.restore();
        int code = run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args);
        System.out.flush();
        System.err.flush();
        System.exit(code);
    }

    /// Runs one command line and returns its exit code.
    static int run(PrintWriter out, PrintWriter err, String... args) {
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
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, _ -> commandList());
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "Commands:%n".formatted());
        try {
            return line.execute(args);
        } catch (Error error) {
            // picocli hands over exceptions only; a failed static initialiser or a full heap is an Error.
            return failures.handleError(error, err);
        }
    }

    private static String commandList() {
        StringBuilder text = new StringBuilder();
        for (Entry entry : COMMANDS) {
            text.append("  %-12s %s%n".formatted(entry.name(), entry.summary()));
        }
        return text.toString();
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

    /// Without a command there is nothing to do but to say which there are.
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.USAGE;
    }
}
