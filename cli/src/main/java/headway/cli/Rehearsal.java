package headway.cli;

import java.io.PrintWriter;
import java.io.Writer;

/// What the launcher runs once after a build, with the output thrown away, so that the JDK's ahead-of-time cache holds
/// the classes that real calls load first. Nothing here may need a network or a file of the user.
final class Rehearsal {
    private Rehearsal() {}

    static void run() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Headway.run(nowhere, nowhere, "--help");
        Headway.run(nowhere, nowhere, "no-such-command");
        for (Headway.Entry entry : Headway.COMMANDS) {
            Headway.run(nowhere, nowhere, entry.name(), "--help");
        }
    }
}
