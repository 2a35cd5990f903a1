package headway.train;

import headway.io.AtomicFiles;
import headway.io.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// `log.jsonl`: one object a step, `{"step", "loss", "gradNorm", "learningRate", "tokensPerSecond"}`, and one an
/// evaluation, `{"step", "evalLoss"}` and `accuracy` where labels can be hit; each line is flushed.
public final class RunLog implements AutoCloseable {
    /// One point of a curve.
    public record Point(int step, double value) {}

    private final Path file;
    private final BufferedWriter out;
    private final List<Point> losses = new ArrayList<>();
    private final List<Point> evaluations = new ArrayList<>();

    /// Opens the log of a run that goes on after step `step`: lines of later steps, which will be made again, go.
    RunLog(Path file, int step) {
        this.file = file;
        try {
            var kept = new StringBuilder();
            if (step > 0 && Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    // A killed process may have left half a line at the end.
                    if (line.endsWith("}") && keep(Json.parse(line, file.toString()), step)) {
                        kept.append(line).append('\n');
                    }
                }
            }
            AtomicFiles.writeString(file, kept.toString());
            out = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private boolean keep(JsonNode line, int step) {
        int at = line.path("step").asInt();
        if (at > step) {
            return false;
        }
        if (line.has("evalLoss")) {
            evaluations.add(new Point(at, line.path("evalLoss").asDouble()));
        } else {
            losses.add(new Point(at, line.path("loss").asDouble()));
        }
        return true;
    }

    void step(Progress.StepReport r) {
        losses.add(new Point(r.step(), r.loss()));
        line("{\"step\":%d,\"loss\":%s,\"gradNorm\":%s,\"learningRate\":%s,\"tokensPerSecond\":%s}"
                .formatted(
                        r.step(),
                        r.loss(),
                        r.gradNorm(),
                        r.learningRate(),
                        Math.round(r.tokensPerSecond() * 10) / 10.0));
    }

    void evaluation(int step, Trainer.Evaluated held) {
        evaluations.add(new Point(step, held.loss()));
        String accuracy = Double.isNaN(held.accuracy()) ? "" : ",\"accuracy\":%s".formatted(held.accuracy());
        line("{\"step\":%d,\"evalLoss\":%s%s}".formatted(step, held.loss(), accuracy));
    }

    private void line(String json) {
        try {
            out.write(json);
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /// Losses of the steps so far.
    public List<Point> losses() {
        return losses;
    }

    /// Losses of the evaluations so far.
    public List<Point> evaluations() {
        return evaluations;
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("[train] cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
