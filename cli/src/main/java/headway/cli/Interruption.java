package headway.cli;

import headway.train.TrainingRun;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C while a run trains: the running step ends, a checkpoint and the folder are written, and the JVM ends with
/// 130; where they could not be written, with 1.
///
/// The JVM runs its shutdown hooks beside the thread that trains, and ends when they return. So the hook waits until
/// that thread has said how it went.
final class Interruption implements AutoCloseable {
    private final CountDownLatch settled = new CountDownLatch(1);
    private final String goOn;
    private final Thread hook;
    private volatile boolean came;
    private volatile String outcome = "";
    private volatile boolean failed;

    /// @param goOn how the run goes on later
    Interruption(TrainingRun run, String goOn) {
        this.goOn = goOn;
        hook = Thread.ofPlatform().unstarted(() -> {
            came = true;
            run.stop();
            System.err.println("\nheadway: stopping after this step and saving a checkpoint …");
            await();
        });
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Ctrl-C came while the run was prepared: the JVM ends now, and there is nothing to save.
            run.stop();
        }
    }

    private void await() {
        try {
            if (settled.await(10, TimeUnit.MINUTES)) {
                System.err.print(outcome);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.flush();
        if (failed) {
            Runtime.getRuntime().halt(1);
        }
    }

    /// Says that the run's folder is written. Whether somebody had interrupted it.
    boolean saved(TrainingRun.Result result) {
        outcome =
                "headway: saved in %s%n".formatted(result.output() + (result.finished() ? "" : "; go on with " + goOn));
        settled.countDown();
        return came;
    }

    /// Says that the run could not be written. Whether somebody had interrupted it, so that the news comes from here.
    boolean failed(RuntimeException failure) {
        outcome = "headway: %s%n".formatted(Failures.oneLine(failure));
        failed = came;
        settled.countDown();
        return came;
    }

    @Override
    public void close() {
        settled.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook is running.
            came = true;
        }
    }
}
