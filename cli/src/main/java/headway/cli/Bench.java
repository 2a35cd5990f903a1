package headway.cli;

import headway.io.Checkpoint;
import headway.io.ConfigException;
import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.attention.Visibility;
import headway.kernels.gemm.FmaPeak;
import headway.kernels.gemm.MachinePeak;
import headway.kernels.random.Philox;
import headway.models.Loading;
import headway.models.Presets;
import headway.models.Pretrained;
import headway.nn.Layers;
import headway.nn.Pass;
import headway.nn.cache.SessionCache;
import headway.tasks.EmbedBench;
import headway.tensor.Parallel;
import headway.tensor.Shape;
import headway.tensor.Tape;
import headway.tensor.Tensor;
import headway.tensor.Workspace;
import headway.tensor.op.AttentionOp;
import headway.tensor.op.SumOp;
import headway.train.TrainingBench;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.DoubleAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `headway bench WHAT`.
@Command(
        name = "bench",
        description =
                "Measure this machine and Headway on it: gemm, attention, train, forward, prefill, decode, embed, tokenize, load, memory.")
final class Bench implements Callable<Integer> {
    @Parameters(
            paramLabel = "WHAT",
            description = "gemm, attention, train, forward, prefill, decode, embed, tokenize, load or memory.")
    private String what;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "A checkpoint, or a shape by its name, such as gpt-10m, gpt2-124m, llama-15m, llama-100m, llama-1b, mamba-130m, minilm-l6, bert-base, vit-b16, whisper-tiny.")
    private String model;

    @Option(names = "--batch", paramLabel = "N", description = "Sequences at once.")
    private Integer batch;

    @Option(
            names = "--seq",
            paramLabel = "N",
            description = "Tokens of a sequence; decode: of what comes before (default there: 8).")
    private Integer seq;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "For tokenize: a text, line by line (default: the JDK's sources).")
    private Path file;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "7", description = "Runs that count (default: 7).")
    private int runs;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Option(
            names = "--compare",
            description = {
                "Also the rival, turn by turn: PyTorch for train, gemm and attention, ONNX Runtime for embed, llama.cpp for",
                "decode and prefill of a GGUF file, the Rust library for tokenize.",
                "Needs python3 (or HEADWAY_PYTHON) with what bench/rivals/README.md names."
            })
    private boolean compare;

    @ParentCommand
    private Headway headway;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (compare) {
            return Rivals.compare(arguments());
        }
        switch (what) {
            case "memory" -> memory();
            case "gemm" -> gemm();
            case "attention" -> attention();
            case "train" -> train();
            case "forward" -> forward();
            case "prefill" -> prefill();
            case "decode" -> decode();
            case "embed" -> embed();
            case "tokenize" -> tokenize();
            case "load" ->
                LoadBench.run(
                        model == null ? "llama-1b" : model,
                        headway.options.dtype(DType.BF16),
                        new Loading(headway.options.dtype((DType) null), false),
                        seq == null ? 64 : seq,
                        runs,
                        this::print);
            default ->
                throw new ConfigException(
                        "[bench] '%s' is not in this version; known: gemm, attention, train, forward, prefill, decode, embed, tokenize, load, memory"
                                .formatted(what));
        }
        return 0;
    }

    /// What `bench/rivals/compare.py` takes.
    private List<String> arguments() {
        var arguments = new ArrayList<>(List.of("--only", what, "--threads", Integer.toString(Parallel.threads())));
        arguments.addAll(List.of("--dtype", headway.options.isBytes() && what.equals("gemm") ? "int8" : dtypeName()));
        if (model != null) {
            arguments.addAll(List.of("--model", model));
        }
        if (file != null) {
            arguments.addAll(List.of("--file", file.toString()));
        }
        arguments.addAll(List.of("--batch", Integer.toString(batch == null ? 1 : batch)));
        if (seq != null && what.equals("decode")) {
            arguments.addAll(List.of("--before", Integer.toString(seq)));
        }
        String bits = System.getProperty("headway.activations");
        if (bits != null) {
            arguments.addAll(List.of("--activations", bits));
        }
        return arguments;
    }

    private String dtypeName() {
        return headway.options.dtype(DType.F32).name().toLowerCase(Locale.ROOT);
    }

    private void print(Measurement m) {
        spec.commandLine().getOut().println(json ? m.json() : m.line());
    }

    private void memory() {
        double[] values = Measurement.repeat(1, runs, MemoryBandwidth::gigabytesPerSecond);
        print(new Measurement("memory", null, Measurement.shape("MB", 268), "f32", values, "GB/s", 0));
    }

    /// The most that all threads together can multiply and add.
    static double peak(DType dtype) {
        double best = 0;
        for (int i = 0; i < 12; i++) {
            var sum = new DoubleAdder();
            Parallel.range(Parallel.threads(), 1, (lo, hi) -> sum.add(onePeak(dtype)));
            best = Math.max(best, sum.sum());
        }
        return best;
    }

    private static double onePeak(DType dtype) {
        if (!Tier.machine()) {
            return FmaPeak.gigaflops(4_000_000);
        }
        double narrow = dtype == DType.BF16 ? MachinePeak.bf16() : dtype == DType.I8 ? MachinePeak.bytes() : 0;
        return narrow > 0 ? narrow : MachinePeak.f32();
    }

    private void gemm() {
        DType dtype = headway.options.isBytes() ? DType.I8 : headway.options.dtype(DType.F32);
        GemmBench.run(dtype, peak(dtype), runs, this::print);
    }

    private static Span random(Arena arena, long count) {
        return random(arena, DType.F32, count);
    }

    static Span random(Arena arena, DType dtype, long count) {
        Span span = Span.allocate(arena, dtype, count);
        Parallel.elements(count, 1 << 16, (lo, hi) -> Philox.uniform(span, 5, 0, -1, 1, lo, hi));
        return span;
    }

    private void attention() {
        int B = batch == null ? 1 : batch;
        int H = 8;
        int D = 64;
        String dtype = dtypeName();
        for (int T : seq == null ? new int[] {1024, 4096} : new int[] {seq}) {
            try (var workspace = new Workspace();
                    Arena arena = Arena.ofShared()) {
                Shape shape = Shape.of("batch", B, "seq", T, "heads", H, "head_dim", D);
                Tensor q = Tensor.over(random(arena, shape.count()).slice(0, shape.count()), shape);
                Tensor k = Tensor.over(random(arena, shape.count()).slice(0, shape.count()), shape);
                Tensor v = Tensor.over(random(arena, shape.count()).slice(0, shape.count()), shape);
                if (dtype.equals("bf16")) {
                    // As after a product with weights in bf16.
                    q.rounding();
                }
                var causal = new Visibility(true, 0, 0, 0, null);
                double forward = 2.0 * B * H * (double) T * T * D; // half of 4·T²·D: causal
                double[] values = Measurement.repeat(4, runs, () -> {
                    long start = System.nanoTime();
                    workspace.run(
                            () -> AttentionOp.of(q, k, v, 0.125, causal, false).run());
                    return forward / (System.nanoTime() - start);
                });
                print(new Measurement("attention", "forward", sizes(B, H, T, D), dtype, values, "GFLOP/s", 0));
                for (Tensor t : List.of(q, k, v)) {
                    t.requireGradient(true).gradientMemory(Tensor.owned(arena, shape, DType.F32));
                }
                var tape = new Tape();
                values = Measurement.repeat(4, runs, () -> {
                    List.of(q, k, v).forEach(Tensor::clearGradient);
                    long start = System.nanoTime();
                    workspace.run(() -> {
                        tape.backward(
                                tape.record(() -> new SumOp(
                                                AttentionOp.of(q, k, v, 0.125, causal, false)
                                                        .run(),
                                                1)
                                        .run()),
                                1);
                        return null;
                    });
                    return 3.5 * forward / (System.nanoTime() - start);
                });
                print(new Measurement("attention", "forward+backward", sizes(B, H, T, D), dtype, values, "GFLOP/s", 0));
            }
        }
    }

    private static java.util.Map<String, Integer> sizes(int B, int H, int T, int D) {
        return Measurement.shape("batch", B, "heads", H, "seq", T, "head_dim", D);
    }

    private Pretrained model(String otherwise) {
        String name = model == null ? otherwise : model;
        if (!Presets.names().contains(name)) {
            // A file is measured as it is, or in the type of plain elements that was asked for.
            return Pretrained.load(name, new Loading(headway.options.dtype((DType) null), false));
        }
        var made = Pretrained.create(Presets.config(name), "preset " + name, 1);
        if (headway.options.blocks() != null) {
            return made.quantized(headway.options.blocks());
        }
        DType dtype = headway.options.dtype(DType.F32);
        return dtype == DType.F32 ? made : made.rounded(dtype);
    }

    private void train() {
        String name = model == null ? "gpt-10m" : model;
        int B = batch == null ? 8 : batch;
        var config = Presets.config(name);
        TrainingBench.Reads reads = TrainingBench.Reads.of(config);
        int T = seq != null ? seq : reads == TrainingBench.Reads.TOKENS ? 256 : 128;
        String precision = headway.options.dtype(DType.F32).name().toLowerCase(java.util.Locale.ROOT);
        TrainingBench.Result r = TrainingBench.run(config, B, T, precision, 8, runs);
        print(new Measurement(
                "train", name, Measurement.shape("batch", B, "seq", T), precision, r.speeds(), reads.unit(), 0));
        print(new Measurement(
                "train",
                name,
                Measurement.shape("batch", B, "seq", T),
                precision,
                r.heapBytes(),
                "heap bytes a step",
                0));
        print(new Measurement(
                "train",
                name,
                Measurement.shape("batch", B, "seq", T),
                precision,
                new double[] {r.peakMegabytes()},
                "MB peak resident",
                0));
    }

    /// Texts, pictures or sounds that a model reads in a second.
    private void forward() {
        String name = model == null ? "bert-base" : model;
        int B = batch == null ? 8 : batch;
        int T = seq == null ? 128 : seq;
        String dtype = dtypeName();
        var config = Presets.config(name);
        try (var loaded = model(name);
                var workspace = new Workspace()) {
            double[] values = Measurement.repeat(3, runs, () -> TrainingBench.forward(config, loaded, workspace, B, T));
            print(new Measurement(
                    "forward", name, Measurement.shape("batch", B, "seq", T), dtype, values, "entries/s", 0));
        }
    }

    private void prefill() {
        int T = seq == null ? 512 : seq;
        int B = batch == null ? 1 : batch;
        try (var loaded = model("llama-100m");
                var workspace = new Workspace()) {
            int[] ids = ids(B * T, loaded.decoder().sizes().vocabSize());
            double[] values = Measurement.repeat(5, runs, () -> {
                long start = System.nanoTime();
                try (SessionCache cache = loaded.decoder().newCache(T)) {
                    workspace.run(() -> last(loaded, ids, B, T, 0, cache));
                }
                return (double) B * T * 1e9 / (System.nanoTime() - start);
            });
            print(new Measurement(
                    "prefill", name(), Measurement.shape("batch", B, "seq", T), dtype(loaded), values, "tokens/s", 0));
        }
    }

    /// One token a step after a prompt; the roof is the memory's speed over the bytes of the weights, measured in turn
    /// with the runs, since it drifts.
    private void decode() {
        int B = batch == null ? 1 : batch;
        int steps = 48;
        int before = seq == null ? 8 : seq;
        try (var loaded = model("llama-100m");
                var workspace = new Workspace()) {
            int[] ids = ids(B * before, loaded.decoder().sizes().vocabSize());
            double bytes = loaded.parameterBytes();
            var bandwidth = new ArrayList<Double>();
            double[] values = Measurement.repeat(3, runs, () -> {
                bandwidth.add(MemoryBandwidth.gigabytesPerSecond());
                try (SessionCache cache = loaded.decoder().newCache(steps + before)) {
                    workspace.run(() -> last(loaded, ids, B, before, 0, cache));
                    long start = System.nanoTime();
                    for (int i = 0; i < steps; i++) {
                        int position = before + i;
                        workspace.run(() -> last(loaded, java.util.Arrays.copyOf(ids, B), B, 1, position, cache));
                    }
                    return (double) B * steps * 1e9 / (System.nanoTime() - start);
                }
            });
            double roof = bandwidth.stream().sorted().toList().get(bandwidth.size() / 2) * 1e9 / bytes * B;
            print(new Measurement(
                    "decode",
                    name(),
                    Measurement.shape("batch", B, "tokens", steps, "before", before),
                    dtype(loaded),
                    values,
                    "tokens/s",
                    roof));
        }
    }

    /// 512 sentences of 8 to 128 tokens.
    private void embed() {
        int count = batch == null ? 512 : batch;
        int longest = seq == null ? 128 : seq;
        DType dtype = headway.options.dtype(DType.F32);
        try (var loaded = model("minilm-l6");
                var run = loaded.checkpoint() == null ? loaded.rounded(dtype) : null) {
            var bench = new EmbedBench(run == null ? loaded : run, count, Math.min(8, longest), longest);
            double[] values = Measurement.repeat(2, runs, bench::run);
            print(new Measurement(
                    "embed",
                    model == null ? "minilm-l6" : model,
                    Measurement.shape("sentences", count, "longest", longest),
                    dtype.name().toLowerCase(Locale.ROOT),
                    values,
                    "sentences/s",
                    0));
            if (loaded.checkpoint() == null && dtype != DType.F32) {
                var whole = new EmbedBench(loaded, count, Math.min(8, longest), longest);
                double[] missing = {1e6 * (1 - whole.leastCosine(bench))};
                print(new Measurement(
                        "embed",
                        "cosine to f32, the worst",
                        Measurement.shape("sentences", count, "longest", longest),
                        dtype.name().toLowerCase(Locale.ROOT),
                        missing,
                        "millionths below 1",
                        0));
            }
        }
    }

    private void tokenize() {
        if (model == null) {
            throw new ConfigException("[bench] tokenize needs --model: a folder or file with a tokenizer");
        }
        TokenizeBench.run(Checkpoint.locate(model), file, runs, this::print);
    }

    private String name() {
        return model == null ? "llama-100m" : model;
    }

    /// Type of most matrices: of the first one.
    static String dtype(Pretrained loaded) {
        var quantized = Layers.quantized(loaded.model()).values();
        String name = quantized.isEmpty()
                ? loaded.parameters()
                        .values()
                        .iterator()
                        .next()
                        .tensor()
                        .dtype()
                        .name()
                : quantized.iterator().next().matrix().type().name();
        return name.toLowerCase(java.util.Locale.ROOT);
    }

    static int[] ids(int count, int vocabSize) {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = Math.floorMod(Philox.bits(3, i), vocabSize);
        }
        return ids;
    }

    /// Logits of the last token of each row.
    static Tensor last(Pretrained loaded, int[] ids, int B, int T, int position, SessionCache cache) {
        Tensor tokens = Tensor.of(Shape.of("batch", B, "seq", T), ids);
        Pass pass = Pass.from(B, T, position, cache);
        Tensor hidden = loaded.decoder().hidden(loaded.decoder().embed(tokens), pass);
        return loaded.decoder().logits(hidden.narrow("seq", T - 1, 1).copy());
    }
}
