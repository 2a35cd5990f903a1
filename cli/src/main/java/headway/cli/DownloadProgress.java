package headway.cli;

import headway.io.hub.HubProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// How pulling goes on, on standard error: a bar where somebody watches, else a line a file.
final class DownloadProgress implements HubProgress {
    private ProgressBar bar;
    private long all;
    private int open;

    @Override
    public synchronized void begins(String model, String file, long size, long done) {
        open++;
        if (!Terminal.watched()) {
            System.err.println("pulling %s: %s, %s%s"
                    .formatted(
                            model,
                            file,
                            Terminal.bytes(Math.max(0, size)),
                            done > 0 ? ", going on at " + Terminal.bytes(done) : ""));
            return;
        }
        if (bar == null) {
            all = 0;
            bar = new ProgressBarBuilder()
                    .setTaskName(model)
                    .setInitialMax(1)
                    .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                    .setUpdateIntervalMillis(250)
                    .setUnit(" MB", 1_000_000)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .setMaxRenderedLength(120)
                    .build();
        }
        all += Math.max(0, size);
        bar.maxHint(all);
        bar.stepBy(done);
    }

    @Override
    public synchronized void received(String file, long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public synchronized void ends(String file) {
        open--;
        if (bar != null && open == 0) {
            bar.close();
            bar = null;
        }
    }
}
