package headway.io.hub;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A lock on a file that processes agree on, among them those of Python's library.
///
/// Python takes `flock`, which knows nothing of the record locks that Java's channels take on Unix; so the system's
/// own function is called there. Windows has but one kind.
final class FileLock implements AutoCloseable {
    private static final int EXCLUSIVE = 2;
    private static final int NOT_NOW = 4;
    private static final long NAP_MILLIS = 50;

    /// Shared with others of the group, as Python's library has it.
    private static final int MODE = 0664;

    private final int descriptor;
    private final FileChannel channel;

    private FileLock(int descriptor, FileChannel channel) {
        this.descriptor = descriptor;
        this.channel = channel;
    }

    /// Waits until `file` is ours.
    ///
    /// @param waits called once when somebody else has it
    static FileLock take(Path file, Runnable waits) throws IOException {
        if (File.separatorChar == '\\') {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.lock(0, 1, false);
            return new FileLock(-1, channel);
        }
        int descriptor = Unix.open(file.toAbsolutePath().toString());
        if (descriptor < 0) {
            throw new IOException(file + ": cannot be opened for locking");
        }
        boolean told = false;
        while (Unix.flock(descriptor, EXCLUSIVE | NOT_NOW) != 0) {
            if (!told) {
                waits.run();
                told = true;
            }
            try {
                Thread.sleep(NAP_MILLIS);
            } catch (InterruptedException e) {
                Unix.close(descriptor);
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for " + file, e);
            }
        }
        return new FileLock(descriptor, null);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        } else {
            Unix.close(descriptor);
        }
    }

    /// Three functions of the C library, bound when the first lock is taken.
    @SuppressWarnings("restricted")
    private static final class Unix {
        private static final boolean MAC = System.getProperty("os.name").startsWith("Mac");
        private static final int READ_WRITE_CREATE = MAC ? 0x202 : 0x42;
        private static final int CLOSE_ON_EXEC = MAC ? 0x1000000 : 0x80000;
        private static final MethodHandle OPEN;
        private static final MethodHandle FLOCK;
        private static final MethodHandle CLOSE;

        static {
            var linker = Linker.nativeLinker();
            var c = linker.defaultLookup();
            var number = ValueLayout.JAVA_INT;
            OPEN = linker.downcallHandle(
                    c.findOrThrow("open"),
                    FunctionDescriptor.of(number, ValueLayout.ADDRESS, number, number),
                    Linker.Option.firstVariadicArg(2));
            FLOCK = linker.downcallHandle(c.findOrThrow("flock"), FunctionDescriptor.of(number, number, number));
            CLOSE = linker.downcallHandle(c.findOrThrow("close"), FunctionDescriptor.of(number, number));
        }

        static int open(String path) {
            try (var arena = Arena.ofConfined()) {
                return (int) OPEN.invokeExact(arena.allocateFrom(path), READ_WRITE_CREATE | CLOSE_ON_EXEC, MODE);
            } catch (Throwable e) {
                throw new IllegalStateException("[hub] open could not be called", e);
            }
        }

        static int flock(int descriptor, int operation) {
            try {
                return (int) FLOCK.invokeExact(descriptor, operation);
            } catch (Throwable e) {
                throw new IllegalStateException("[hub] flock could not be called", e);
            }
        }

        static void close(int descriptor) {
            try {
                int ignored = (int) CLOSE.invokeExact(descriptor);
            } catch (Throwable e) {
                throw new IllegalStateException("[hub] close could not be called", e);
            }
        }
    }
}
