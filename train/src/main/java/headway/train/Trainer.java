package headway.train;

import headway.kernels.DType;
import headway.models.Inputs;
import headway.models.Pretrained;
import headway.nn.Dropout;
import headway.nn.Parameter;
import headway.nn.Pass;
import headway.nn.Trace;
import headway.nn.loss.NextTokenLoss;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.ScaleOp;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// The training loop.
///
/// A step: `loss = Σ cross entropy / n` over the `n` labelled tokens of all its micro-batches; gradients scaled by
/// `min(1, maxGradNorm / (norm + 1e-6))`; one update of the optimizer.
final class Trainer implements AutoCloseable {
    private final Run run;
    private final Pretrained model;
    private final Pretrained used;
    private final Batches batches;
    private final List<Trained> parameters;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final Arena arena = Arena.ofShared();
    private final Workspace workspace = new Workspace();
    private final Tape tape = new Tape();
    private final GlobalNorm norm = new GlobalNorm();
    private final AtomicBoolean stop = new AtomicBoolean();

    Trainer(Run run, Pretrained model, Batches batches) {
        this.run = run;
        this.model = model;
        this.batches = batches;
        this.used = switch (run.precision()) {
            case "bf16" -> model.rounded(DType.BF16);
            case "f16" -> model.rounded(DType.F16);
            default -> model;
        };
        Map<String, Parameter> copies = used.parameters();
        this.parameters = new ArrayList<>();
        for (Parameter p : model.parameters().values()) {
            Tensor copy = copies.get(p.path()).tensor().requireGradient(true);
            copy.gradientMemory(Tensor.owned(arena, copy.shape(), DType.F32));
            parameters.add(new Trained(p.path(), p.tensor(), copy));
        }
        this.optimizer = new AdamW(run.optimizer(), parameters, arena);
        this.schedule = Schedule.of(run);
    }

    /// Asks the loop to stop after the step that it is in. May be called from any thread.
    void stop() {
        stop.set(true);
    }

    boolean isStopping() {
        return stop.get();
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /// Most bytes of activations and gradients at any time.
    long peakBytes() {
        return workspace.peakBytes();
    }

    /// Goes on after `from` until the end of the run, a stop, or patience; returns where it stands.
    Checkpoints.State train(Checkpoints.State from, Checkpoints checkpoints, RunLog log, Progress progress) {
        Checkpoints.State state = from;
        boolean stopped = stop.get();
        while (state.step() < run.steps() && !stopped && !run.isPatienceOver(state.worse())) {
            Progress.StepReport report = step(state.step());
            log.step(report);
            progress.step(report);
            state = new Checkpoints.State(report.step(), state.bestLoss(), state.bestStep(), state.worse());
            boolean last = state.step() == run.steps();
            boolean better = false;
            if (run.evaluate().every() > 0 && (state.step() % run.evaluate().every() == 0 || last)) {
                Evaluated held = evaluate();
                double loss = held.loss();
                better = loss < state.bestLoss();
                state = better
                        ? new Checkpoints.State(state.step(), loss, state.step(), 0)
                        : new Checkpoints.State(state.step(), state.bestLoss(), state.bestStep(), state.worse() + 1);
                log.evaluation(state.step(), held);
                progress.evaluation(state.step(), loss, held.accuracy(), better);
            }
            int every = run.checkpoint().every();
            boolean keepsBest = run.evaluate().patience() > 0 || every > 0;
            // Read once: a stop that comes a moment later is for the next step, which will be saved.
            stopped = stop.get();
            if (better && keepsBest || every > 0 && (state.step() % every == 0 || last) || stopped) {
                progress.saved(state.step(), checkpoints.save(state, model, optimizer));
            }
        }
        return state;
    }

    /// Step number `step`, from 0.
    Progress.StepReport step(int step) {
        long start = System.nanoTime();
        parameters.forEach(p -> p.used().clearGradient());
        long[] counted = count(step);
        double loss = 0;
        for (int micro = 0; micro < run.accumulate(); micro++) {
            loss += microBatch(step, micro, 1.0 / counted[0]);
        }
        if (!Double.isFinite(loss)) {
            throw Run.refused(
                    "the loss of step %d is %s: training has diverged; lower optimizer.learningRate, raise"
                            + " schedule.warmupSteps, or set maxGradNorm; the last checkpoint is untouched",
                    step + 1, loss);
        }
        double gradNorm = norm.of(parameters);
        double clip = run.maxGradNorm() > 0 ? Math.min(1, run.maxGradNorm() / (gradNorm + 1e-6)) : 1;
        double rate = schedule.rate(step);
        optimizer.update(step + 1, rate, clip);
        parameters.forEach(Trained::refresh);
        double seconds = (System.nanoTime() - start) * 1e-9;
        return new Progress.StepReport(step + 1, run.steps(), loss, gradNorm, rate, counted[1] / seconds);
    }

    /// Labelled tokens, and all tokens, of a step.
    private long[] count(int step) {
        return workspace.run(() -> {
            long labelled = 0;
            long all = 0;
            for (int micro = 0; micro < run.accumulate(); micro++) {
                Batches.Batch batch = batches.at(step, micro);
                labelled += batch.labelled();
                all += batch.read();
            }
            if (labelled == 0) {
                throw Run.refused("step %d has nothing labelled: all its labels are -100", step + 1);
            }
            return new long[] {labelled, all};
        });
    }

    private double microBatch(int step, int micro, double s) {
        return workspace.run(() -> {
            Tensor loss = tape.record(() -> loss(batches.at(step, micro), dropout(step, micro), s));
            double value = loss.item();
            tape.backward(loss, 1);
            return value;
        });
    }

    private Dropout dropout(int step, int micro) {
        if (run.dropout() == 0) {
            return null;
        }
        return new Dropout(
                run.dropout(), run.seed() * 0x9E3779B97F4A7C15L + (long) step * run.accumulate() + micro + 1);
    }

    /// `s` times the sum over the labels of `batch`.
    private Tensor loss(Batches.Batch batch, Dropout dropout, double s) {
        return switch (batch) {
            case Batches.Batch.Text text -> {
                Pass pass = Pass.from(text.ids().dim("batch"), text.ids().dim("seq"), 0, null);
                Tensor logits = used.decoder().forward(text.ids(), dropout == null ? pass : pass.training(dropout));
                yield NextTokenLoss.of(logits, text.targets(), s);
            }
            case Batches.Batch.Arguments given -> {
                Inputs inputs = given.inputs();
                Tensor mean = used.model().forward(dropout == null ? inputs : inputs.training(dropout));
                if (mean == null) {
                    throw Run.refused("%s gives no loss for these data: they hold no labels for it", used.head());
                }
                yield new ScaleOp(mean, s * given.labelled()).run();
            }
        };
    }

    /// What the held-out data say.
    ///
    /// @param loss mean over their labels
    /// @param accuracy part of the labels that were hit; NaN where that is no question
    record Evaluated(double loss, double accuracy) {}

    Evaluated evaluate() {
        double sum = 0;
        double right = 0;
        long labels = 0;
        int most = run.evaluate().batches() == 0
                ? Integer.MAX_VALUE
                : run.evaluate().batches();
        for (int i = 0; i < most; i++) {
            int index = i;
            double[] part = workspace.run(() -> evaluated(batches.heldOut(index)));
            if (part == null) {
                break;
            }
            sum += part[0];
            labels += (long) part[1];
            right += part[2];
        }
        if (labels == 0) {
            throw Run.refused(
                    "evaluate.every is %d, but there is no held-out data; set evaluate.every: 0,"
                            + " evaluate.fraction or evaluate.data",
                    run.evaluate().every());
        }
        return new Evaluated(sum / labels, right / labels);
    }

    /// Summed loss, labels and hits of a batch; null for none.
    private double[] evaluated(Batches.Batch batch) {
        if (batch == null) {
            return null;
        }
        if (!(batch instanceof Batches.Batch.Arguments given)) {
            return new double[] {loss(batch, null, 1).item(), batch.labelled(), Double.NaN};
        }
        var trace = new Trace();
        Tensor mean = trace.record(() -> used.model().forward(given.inputs()));
        Tensor logits = trace.values().get("logits");
        long right = logits == null ? -1 : batches.right(given, logits);
        return new double[] {mean.item() * given.labelled(), given.labelled(), right < 0 ? Double.NaN : right};
    }

    @Override
    public void close() {
        if (used != model) {
            used.close();
        }
        workspace.close();
        arena.close();
    }
}
