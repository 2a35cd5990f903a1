package headway.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;

/// Gives the program back the standard error it was started with.
///
/// The JVM prints `WARNING: Using incubator modules` before any of our code runs, and has no option against it. So the
/// launcher passes the true standard error as descriptor 3 and reads the JVM's own messages through a filter that drops
/// that line alone; here descriptor 3 becomes `System.err`.
final class StandardError {
    private StandardError() {}

    /// Does nothing where the program was not started by the launcher.
    static void restore() {
        String number = System.getProperty("headway.stderr");
        if (number == null) {
            return;
        }
        try {
            // Opening /dev/fd/3 would fail on sockets and lose the shared offset of files.
            FileDescriptor descriptor = new FileDescriptor();
            Field fd = FileDescriptor.class.getDeclaredField("fd");
            fd.setAccessible(true);
            fd.setInt(descriptor, Integer.parseInt(number));
            System.setErr(new PrintStream(new FileOutputStream(descriptor), true, System.err.charset()));
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Lines still arrive, through the filter.
            System.err.flush();
        }
    }
}
