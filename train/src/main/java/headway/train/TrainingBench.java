package headway.train;

import headway.io.ConfigException;
import headway.io.Yaml;
import headway.kernels.DType;
import headway.kernels.random.Philox;
import headway.models.Inputs;
import headway.models.Pretrained;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// How fast the training loop itself goes: the same trainer as a run's, on random tokens.
public final class TrainingBench {
    private TrainingBench() {}

    /// What a model reads.
    public enum Reads {
        /// Tokens, each to be followed by the next.
        TOKENS("tokens/s"),
        TEXTS("entries/s"),
        PICTURES("entries/s"),
        /// Half minutes.
        SOUNDS("entries/s");

        private final String unit;

        Reads(String unit) {
            this.unit = unit;
        }

        /// Of a model of shape `config`.
        public static Reads of(ObjectNode config) {
            return switch (config.path("model_type").asString()) {
                case "bert" -> TEXTS;
                case "vit" -> PICTURES;
                case "whisper" -> SOUNDS;
                default -> TOKENS;
            };
        }

        /// What speed counts.
        public String unit() {
            return unit;
        }
    }

    /// @param speeds in the unit of [Reads]
    /// @param heapBytes allocated on the Java heap in each step, by all threads together
    /// @param peakMegabytes most memory that the process had resident, from the system; 0 where it does not tell
    public record Result(double[] speeds, double[] heapBytes, double peakMegabytes) {}

    /// Trains a new model of shape `config` for `warmup + runs` steps.
    public static Result run(ObjectNode config, int batch, int seq, String precision, int warmup, int runs) {
        ObjectNode yaml = Yaml.parse(
                "{data: none, steps: %d, precision: %s, maxGradNorm: 1.0}".formatted(warmup + runs, precision),
                "bench");
        yaml.set("model", config);
        Run run = Run.read(yaml, "bench");
        Batches batches = Reads.of(config) == Reads.TOKENS
                ? new RandomBatches(batch, seq, config.path("vocab_size").asInt())
                : new RandomArguments(config, batch, seq);
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
        return new Result(speeds, heap, ResidentMemory.peakMegabytes());
    }

    /// Speed of one pass without gradients over `batch` entries: texts of `seq` tokens, pictures, or half minutes of
    /// sound.
    public static double forward(ObjectNode config, Pretrained model, Workspace workspace, int batch, int seq) {
        if (Reads.of(config) == Reads.TOKENS) {
            throw new ConfigException("[bench] %s is a decoder; measure it with prefill or decode"
                    .formatted(config.path("model_type").asString()));
        }
        var batches = new RandomArguments(config, batch, seq);
        long[] nanoseconds = new long[1];
        workspace.run(() -> {
            Inputs inputs = batches.at(0, 0).inputs();
            long start = System.nanoTime();
            model.model().forward(inputs).item();
            nanoseconds[0] = System.nanoTime() - start;
            return null;
        });
        return batch * 1e9 / nanoseconds[0];
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getTotalThreadAllocatedBytes()
                : 0;
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

    /// Random arguments with labels: a class for each text or picture, eight tokens for each sound.
    private record RandomArguments(ObjectNode config, int batch, int seq) implements Batches {
        private static final int TOKENS = 8;

        @Override
        public Batch.Arguments at(int step, int micro) {
            var values = new LinkedHashMap<String, Tensor>();
            int labels = batch;
            switch (Reads.of(config)) {
                case TOKENS, TEXTS -> {
                    values.put(
                            "input_ids", integers(seq, config.path("vocab_size").asInt()));
                    values.put("labels", integers(1, 2).view(Shape.of("batch", batch)));
                }
                case PICTURES -> {
                    int side = config.path("image_size").asInt();
                    values.put("pixel_values", numbers("channels", 3, "height", side, "width", side));
                    values.put("labels", integers(1, 1000).view(Shape.of("batch", batch)));
                }
                case SOUNDS -> {
                    int frames = 2 * config.path("max_source_positions").asInt();
                    values.put(
                            "input_features",
                            numbers("bands", config.path("num_mel_bins").asInt(), "frames", frames));
                    values.put("labels", integers(TOKENS, 50000));
                    labels = batch * TOKENS;
                }
            }
            return new Batch.Arguments(new Inputs(values, null), labels, batch);
        }

        private Tensor integers(int width, int bound) {
            Tensor ids = Tensor.allocate(Shape.of("batch", batch, "seq", width), DType.I32);
            for (long i = 0; i < ids.count(); i++) {
                ids.memory().set(i, Math.floorMod(Philox.bits(5, i), bound));
            }
            return ids;
        }

        private Tensor numbers(Object... axes) {
            var all = new ArrayList<Object>(List.of("batch", batch));
            all.addAll(List.of(axes));
            Tensor x = Tensor.allocate(Shape.of(all.toArray()), DType.F32);
            Philox.normal(x.memory(), 5, 0, 0, 1, 0, x.count());
            return x;
        }

        @Override
        public Batch heldOut(int index) {
            return null;
        }
    }
}
