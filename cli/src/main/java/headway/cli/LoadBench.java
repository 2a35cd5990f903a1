package headway.cli;

import headway.io.tokenizer.Tokenizers;
import headway.kernels.DType;
import headway.models.Loading;
import headway.models.Presets;
import headway.models.Pretrained;
import headway.nn.cache.SessionCache;
import headway.tensor.Workspace;
import headway.train.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// `headway bench load`: how long it takes until a model is ready, and what memory it takes once it has read and
/// written. Files are warm: in the system's memory since the first call.
final class LoadBench {
    private static final int WRITTEN = 16;
    private static final double MEGA = 1 << 20;

    private final String name;
    private final Loading loading;
    private final int seq;
    private String dtype;
    private final Consumer<Measurement> print;

    private LoadBench(String name, Loading loading, int seq, Consumer<Measurement> print) {
        this.name = name;
        this.loading = loading;
        this.seq = seq;
        this.print = print;
    }

    /// @param model a checkpoint, or a shape by its name, of which a file of `dtype` is written and deleted again
    /// @param loading type of matrices for a checkpoint
    /// @param seq tokens that are read before memory is measured
    static void run(String model, DType dtype, Loading loading, int seq, int runs, Consumer<Measurement> print) {
        if (!Presets.names().contains(model)) {
            new LoadBench(model, loading, seq, print).measure(model, runs);
            return;
        }
        try {
            Path folder = Files.createTempDirectory("headway-bench-load");
            // Interrupted, it leaves no gigabytes behind.
            var interrupted = new Thread(() -> delete(folder));
            Runtime.getRuntime().addShutdownHook(interrupted);
            try (Pretrained made = Pretrained.repeated(Presets.config(model), "preset " + model, dtype)) {
                made.save(folder);
            }
            new LoadBench(model, Loading.RUN, seq, print).measure(folder.toString(), runs);
            delete(folder);
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IOException e) {
            throw new UncheckedIOException("[bench] cannot write a model to load: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("[bench] cannot delete " + folder + ": " + e.getMessage(), e);
        }
    }

    private void measure(String path, int runs) {
        double heap = heap();
        double resident = ResidentMemory.megabytes();
        double[] first = {milliseconds(() -> Pretrained.load(path, loading).close())};
        double[] values = Measurement.repeat(1, runs, () -> {
            long start = System.nanoTime();
            try (Pretrained _ = Pretrained.load(path, loading)) {
                return (System.nanoTime() - start) * 1e-6;
            }
        });
        try (Pretrained loaded = Pretrained.load(path, loading)) {
            dtype = Bench.dtype(loaded);
            double weights = loaded.parameterBytes() / MEGA;
            print("until ready, first", first, "ms", weights, 0);
            print("until ready", values, "ms", weights, 0);
            memory(loaded, heap, resident, weights);
            if (loaded.checkpoint() != null
                    && Tokenizers.has(loaded.checkpoint().folder())) {
                double[] tokenizer = {
                    milliseconds(
                            () -> Tokenizers.of(loaded.checkpoint().folder()).close())
                };
                print("its tokenizer", tokenizer, "ms", weights, 0);
            }
        }
    }

    private void memory(Pretrained loaded, double heap, double resident, double weights) {
        int[] ids = Bench.ids(seq, loaded.decoder().sizes().vocabSize());
        try (var workspace = new Workspace();
                SessionCache cache = loaded.decoder().newCache(seq + WRITTEN)) {
            double[] token = {milliseconds(() -> workspace.run(() -> Bench.last(loaded, ids, 1, seq, 0, cache)))};
            print("first token", token, "ms", weights, 0);
            for (int i = 0; i < WRITTEN; i++) {
                int position = seq + i;
                workspace.run(() -> Bench.last(loaded, new int[] {ids[0]}, 1, 1, position, cache));
            }
            double roof = weights + cache.bytes() / MEGA;
            print("heap growth", new double[] {heap() - heap}, "MB", weights, 0);
            double now = ResidentMemory.megabytes();
            if (now > 0) {
                print("resident growth", new double[] {now - resident}, "MB", weights, roof);
                print("resident", new double[] {now}, "MB", weights, roof);
            }
        }
    }

    private void print(String what, double[] values, String unit, double weights, double roof) {
        print.accept(new Measurement(
                "load",
                name,
                Measurement.shape("MB", (int) Math.round(weights), "seq", seq),
                dtype,
                values,
                unit + " " + what,
                roof));
    }

    private static double milliseconds(Runnable body) {
        long start = System.nanoTime();
        body.run();
        return (System.nanoTime() - start) * 1e-6;
    }

    /// Bytes on the Java heap that are still in use.
    private static double heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MEGA;
    }
}
