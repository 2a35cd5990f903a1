package headway.train;

import java.nio.file.Path;

/// What a run tells while it goes.
public interface Progress {
    /// After each step.
    void step(StepReport report);

    /// After each evaluation.
    ///
    /// @param accuracy NaN where there is none
    void evaluation(int step, double evalLoss, double accuracy, boolean best);

    /// After each checkpoint.
    void saved(int step, Path folder);

    /// Nobody listens.
    Progress SILENT = new Progress() {
        @Override
        public void step(StepReport report) {}

        @Override
        public void evaluation(int step, double evalLoss, double accuracy, boolean best) {}

        @Override
        public void saved(int step, Path folder) {}
    };

    /// One step.
    ///
    /// @param step counts from 1
    /// @param steps length of the run
    /// @param loss mean over the step's labelled tokens, before the update
    /// @param gradNorm before clipping
    record StepReport(int step, int steps, double loss, double gradNorm, double learningRate, double tokensPerSecond) {}
}
