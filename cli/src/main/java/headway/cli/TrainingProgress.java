package headway.cli;

import headway.train.Progress;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// A run's progress on standard error: a bar where somebody watches, else a line every few seconds.
final class TrainingProgress implements Progress, AutoCloseable {
    private static final long QUIET_NANOS = 5_000_000_000L;

    private final ProgressBar bar;
    private double evalLoss = Double.NaN;
    private double accuracy = Double.NaN;
    private double tokensPerSecond;
    private double smoothLoss = Double.NaN;
    private long lastLine;

    TrainingProgress(int startStep, int steps) {
        this.bar = Terminal.watched() ? bar(startStep, steps) : null;
        if (bar != null) {
            bar.stepTo(startStep);
        }
    }

    private static ProgressBar bar(int startStep, int steps) {
        return new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax(steps)
                .startsFrom(startStep, java.time.Duration.ZERO)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .setMaxRenderedLength(120)
                .build();
    }

    @Override
    public void step(StepReport r) {
        smoothLoss = Double.isNaN(smoothLoss) ? r.loss() : smoothLoss + (r.loss() - smoothLoss) * 0.1;
        tokensPerSecond = tokensPerSecond == 0
                ? r.tokensPerSecond()
                : tokensPerSecond + (r.tokensPerSecond() - tokensPerSecond) * 0.1;
        if (bar != null) {
            bar.setExtraMessage(" " + figures());
            bar.stepTo(r.step());
        } else if (System.nanoTime() - lastLine > QUIET_NANOS || r.step() == r.steps()) {
            lastLine = System.nanoTime();
            System.err.println("step %d of %d  %s".formatted(r.step(), r.steps(), figures()));
        }
    }

    private String figures() {
        String text = "loss %.3f".formatted(smoothLoss);
        if (!Double.isNaN(evalLoss)) {
            text += "  held out %.3f".formatted(evalLoss);
        }
        if (!Double.isNaN(accuracy)) {
            text += "  accuracy %.1f %%".formatted(100 * accuracy);
        }
        return text + "  %,d tokens/s".formatted(Math.round(tokensPerSecond));
    }

    @Override
    public void evaluation(int step, double loss, double hits, boolean best) {
        evalLoss = loss;
        accuracy = hits;
    }

    @Override
    public void saved(int step, Path folder) {}

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
