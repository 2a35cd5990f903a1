package headway.cli;

import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How far a command is with its inputs, on standard error, once it has taken two seconds: a bar where
/// somebody watches, else a line every few seconds.
final class InputProgress implements AutoCloseable {
    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final String task;
    private final String unit;
    private final long start = System.nanoTime();
    private long lastLine = start;
    private ProgressBar bar;

    InputProgress(String task, String unit) {
        this.task = task;
        this.unit = unit;
    }

    /// @param done inputs so far
    /// @param share of all, from 0 to 1; 0 where nobody knows
    void step(long done, double share) {
        long now = System.nanoTime();
        if (now - start < PATIENCE_NANOS) {
            return;
        }
        String figures = "%,d %s, %,.0f/s".formatted(done, unit, done * 1e9 / (now - start));
        if (!Terminal.watched()) {
            if (now - lastLine > QUIET_NANOS) {
                lastLine = now;
                System.err.println(
                        "%s: %s%s".formatted(task, figures, share == 0 ? "" : ", %.0f %%".formatted(100 * share)));
            }
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(1000)
                    .startsFrom(0, Duration.ofNanos(now - start))
                    .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                    .setUpdateIntervalMillis(250)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .setMaxRenderedLength(110)
                    .build();
        }
        bar.setExtraMessage(" " + figures);
        bar.stepTo(Math.round(1000 * share));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
