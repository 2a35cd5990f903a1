package headway.cli;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/// Ctrl-C while a job over a file runs: what is being written is written to its end, and a line says how
/// to go on.
final class JobInterruption implements AutoCloseable {
    private final ReentrantLock writing = new ReentrantLock();
    private final Thread hook;
    private volatile boolean over;

    /// Writes; may fail.
    interface Write {
        void run() throws IOException;
    }

    JobInterruption(ResultSink sink) {
        hook = Thread.ofPlatform().unstarted(() -> {
            // Held to the end: nothing more is written once this thread has spoken.
            writing.lock();
            if (!over && sink.isFile()) {
                System.err.printf("%nheadway: stopped after %,d texts; go on with --resume%n", sink.done());
                System.err.flush();
            }
        });
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            over = true;
        }
    }

    /// Runs `write` whole, or not at all.
    void undisturbed(Write write) throws IOException {
        writing.lock();
        try {
            write.run();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already.
            over = true;
        }
    }
}
