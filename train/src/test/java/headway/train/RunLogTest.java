package headway.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log and its plots.
class RunLogTest {
    @TempDir
    private Path folder;

    @Test
    void linesHaveTheContractsKeysAndAreThereAtOnce() throws IOException {
        Path file = folder.resolve("log.jsonl");
        try (var log = new RunLog(file, 0)) {
            log.step(new Progress.StepReport(1, 9, 2.5, 0.25, 1e-3, 1234.56));
            log.evaluation(1, new Trainer.Evaluated(2.75, Double.NaN));
            assertThat(file)
                    .hasContent(
                            "{\"step\":1,\"loss\":2.5,\"gradNorm\":0.25,\"learningRate\":0.001,\"tokensPerSecond\":1234.6}\n"
                                    + "{\"step\":1,\"evalLoss\":2.75}\n");
        }
    }

    @Test
    void goesOnAfterAStepAndDropsLaterAndHalfLines() throws IOException {
        Path file = folder.resolve("log.jsonl");
        Files.writeString(
                file,
                "{\"step\":1,\"loss\":3.0}\n{\"step\":2,\"loss\":2.0}\n{\"step\":2,\"evalLoss\":2.5}\n"
                        + "{\"step\":3,\"loss\":1.0}\n{\"step\":4,\"lo");
        try (var log = new RunLog(file, 2)) {
            assertThat(log.losses()).containsExactly(new RunLog.Point(1, 3), new RunLog.Point(2, 2));
            assertThat(log.evaluations()).containsExactly(new RunLog.Point(2, 2.5));
            log.evaluation(3, new Trainer.Evaluated(1.5, Double.NaN));
        }
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"step\":1,\"loss\":3.0}",
                        "{\"step\":2,\"loss\":2.0}",
                        "{\"step\":2,\"evalLoss\":2.5}",
                        "{\"step\":3,\"evalLoss\":1.5}");
    }

    @Test
    void aNewRunBeginsWithAnEmptyLog() throws IOException {
        Path file = Files.writeString(folder.resolve("log.jsonl"), "{\"step\":1,\"loss\":3.0}\n");
        new RunLog(file, 0).close();
        assertThat(file).isEmptyFile();
    }

    @Test
    void theLossIsAPictureAlsoOfNothingAndOfOneStep() throws IOException {
        for (int steps : new int[] {0, 1, 100}) {
            Path png = folder.resolve("loss-" + steps + ".png");
            try (var log = new RunLog(folder.resolve("log.jsonl"), 0)) {
                for (int s = 1; s <= steps; s++) {
                    log.step(new Progress.StepReport(s, steps, 5.0 / s, 1, 1e-3, 1));
                }
                LossPlot.write(png, "run", log);
            }
            var image = ImageIO.read(png.toFile());
            assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(1000, 560);
            assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
        }
    }

    @Test
    void theTerminalPlotFalls() {
        List<RunLog.Point> points = IntStream.range(0, 500)
                .mapToObj(s -> new RunLog.Point(s, 4 - 3 * s / 499.0))
                .toList();
        List<String> lines = LossPlot.terminal(points, 50, 8).lines().toList();
        assertThat(lines).hasSize(9).allSatisfy(line -> assertThat(line).hasSize(59));
        assertThat(lines.getFirst()).startsWith("  3.9");
        assertThat(lines.get(7)).startsWith("  1.0");
        // Filled from below: the first column to the top, the last only at the bottom.
        assertThat(lines.getFirst().charAt(9)).isNotEqualTo(' ');
        assertThat(lines.getFirst().charAt(58)).isEqualTo(' ');
        assertThat(lines.get(7).charAt(58)).isNotEqualTo(' ');
        assertThat(LossPlot.terminal(points.subList(0, 1), 50, 8)).isEmpty();
        assertThat(LossPlot.terminal(points.subList(0, 2), 50, 8).lines()).hasSize(9);
    }
}
