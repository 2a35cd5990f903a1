package headway.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/// Command lines that the launcher runs once after a build, with the output thrown away, so that the JDK's
/// ahead-of-time
/// cache holds the classes that real calls load first.
final class Rehearsal {
    /// One line for each command that should start fast; nothing here may need a network or a file of the user.
    private static final List<List<String>> LINES =
            List.of(List.of("--help"), List.of("doctor", "--help"), List.of("no-such-command"));

    private Rehearsal() {}

    static void run() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        for (List<String> line : LINES) {
            Headway.run(nowhere, nowhere, line.toArray(String[]::new));
        }
    }
}
