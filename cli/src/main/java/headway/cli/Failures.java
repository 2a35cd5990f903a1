package headway.cli;

import headway.io.NearestName;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into one line on standard error: usage errors end with 2, the rest with 1.
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final GlobalOptions options;
    private final List<String> commands;

    Failures(GlobalOptions options, List<String> commands) {
        this.options = options;
        this.commands = commands;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine line = failure.getCommandLine();
        String message =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : failure.getMessage();
        line.getErr().println("headway: " + message + " (see " + helpFor(line) + ")");
        trace(failure, line.getErr());
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
        line.getErr().println("headway: " + oneLine(failure));
        trace(failure, line.getErr());
        return ExitCode.SOFTWARE;
    }

    int handleError(Error failure, PrintWriter err) {
        err.println("headway: " + oneLine(failure));
        trace(failure, err);
        return ExitCode.SOFTWARE;
    }

    private void trace(Throwable failure, PrintWriter err) {
        if (options.stacktrace) {
            failure.printStackTrace(err);
        }
    }

    private String unmatched(UnmatchedArgumentException failure) {
        String wrong = failure.getUnmatched().getFirst();
        CommandLine line = failure.getCommandLine();
        if (wrong.startsWith("-")) {
            String name = wrong.contains("=") ? wrong.substring(0, wrong.indexOf('=')) : wrong;
            List<String> known = new ArrayList<>();
            line.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
            return "unknown option '%s'%s".formatted(name, NearestName.hint(name, known));
        }
        boolean atRoot = line.getParent() == null;
        return atRoot
                ? "unknown command '%s'%s".formatted(wrong, NearestName.hint(wrong, commands))
                : "unexpected argument '%s'".formatted(wrong);
    }

    private static String helpFor(CommandLine line) {
        return line.getCommandSpec().qualifiedName() + " --help";
    }

    /// What a person needs to know: exceptions of this project speak for themselves, those of the JDK are named.
    static String oneLine(Throwable failure) {
        Throwable shown =
                failure instanceof ExceptionInInitializerError e && e.getCause() != null ? e.getCause() : failure;
        String message = shown.getMessage();
        return switch (shown) {
            case NoSuchFileException e -> "no such file: " + e.getFile();
            case AccessDeniedException e -> "not allowed to open: " + e.getFile();
            case FileSystemException e -> "%s: %s".formatted(e.getFile(), e.getReason());
            case OutOfMemoryError _ -> "out of memory (%s)".formatted(message);
            case NullPointerException _, ClassCastException _ -> internal(shown);
            default -> message == null || message.isBlank() ? internal(shown) : message;
        };
    }

    private static String internal(Throwable failure) {
        return "internal error: %s; --stacktrace shows where, and a report is welcome".formatted(failure);
    }
}
