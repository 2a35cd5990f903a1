package headway.train;

import headway.io.Yaml;
import headway.kernels.DType;
import headway.kernels.random.Philox;
import headway.models.Pretrained;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// How fast the training loop itself goes: the same trainer as a run's, on random tokens.
public final class TrainingBench {
    private TrainingBench() {}

    /// @param heapBytes allocated on the Java heap in each step, by all threads together
    /// @param peakMegabytes most memory that the process had resident, from the system; 0 where it does not tell
    public record Result(double[] tokensPerSecond, double[] heapBytes, double peakMegabytes) {}

    /// Trains a new model of shape `config` for `warmup + runs` steps.
    public static Result run(ObjectNode config, int batch, int seq, String precision, int warmup, int runs) {
        ObjectNode yaml = Yaml.parse(
                "{data: none, steps: %d, precision: %s, maxGradNorm: 1.0}".formatted(warmup + runs, precision),
                "bench");
        yaml.set("model", config);
        Run run = Run.read(yaml, "bench");
        var batches = new RandomBatches(batch, seq, config.path("vocab_size").asInt());
        double[] speeds = new double[runs];
        double[] heap = new double[runs];
        try (var model = Pretrained.create(config, "bench", 1);
                var trainer = new Trainer(run, model, batches)) {
            for (int i = 0; i < warmup + runs; i++) {
                long before = allocated();
                double speed = trainer.step(i).tokensPerSecond();
                if (i >= warmup) {
                    speeds[i - warmup] = speed;
                    heap[i - warmup] = allocated() - before;
                }
            }
        }
        Arrays.sort(speeds);
        Arrays.sort(heap);
        return new Result(speeds, heap, peakMegabytes());
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getTotalThreadAllocatedBytes()
                : 0;
    }

    /// `VmHWM` of Linux.
    private static double peakMegabytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.toLowerCase(Locale.ROOT).replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            return 0; // another system: it does not tell
        }
        return 0;
    }

    private record RandomBatches(int batch, int seq, int vocabSize) implements Batches {
        @Override
        public Batch at(int step, int micro) {
            Tensor ids = Tensor.allocate(Shape.of("batch", batch, "seq", seq), DType.I32);
            Tensor targets = Tensor.allocate(ids.shape(), DType.I32);
            for (long i = 0; i < ids.count(); i++) {
                ids.memory().set(i, Math.floorMod(Philox.bits(step, i), vocabSize));
                targets.memory().set(i, Math.floorMod(Philox.bits(step, i + 1), vocabSize));
            }
            return new Batch.Text(ids, targets);
        }

        @Override
        public Batch heldOut(int index) {
            return null;
        }
    }
}
