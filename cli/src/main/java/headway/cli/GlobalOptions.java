package headway.cli;

import headway.kernels.DType;
import headway.kernels.quantized.BlockType;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Options that every command takes, before or after its name. A command reads them from its parent:
/// `@ParentCommand Headway headway;` and then `headway.options.seed(0)`.
///
/// `--kernels`, `--instructions`, `--activations`, `--cache` and `--threads` are written to the system properties
/// `headway.kernels` and so on while the line is parsed, because kernels read them once, when their
/// classes load.
final class GlobalOptions {
    private static final List<String> KERNELS = List.of("reference", "vector", "native");
    private static final List<String> INSTRUCTIONS = List.of("avx2", "avx512", "avx512bf16", "amx");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private Long seed;
    private DType dtype;
    private BlockType blocks;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "show where a failure came from, not only what it is")
    boolean stacktrace;

    @Option(
            names = "--threads",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "threads that share the arithmetic (default: the cores there are)")
    void threads(int threads) {
        if (threads < 1) {
            throw wrong("--threads %d; expected at least 1".formatted(threads));
        }
        System.setProperty("headway.threads", Integer.toString(threads));
    }

    @Option(
            names = "--seed",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "where random numbers start: the same seed gives the same result")
    void seed(Long value) {
        seed = value;
    }

    @Option(
            names = "--dtype",
            paramLabel = "f32|bf16|f16",
            scope = ScopeType.INHERIT,
            description = "type of weights in memory (default: the fastest that is right)")
    void dtype(String name) {
        dtype = switch (name.toLowerCase(Locale.ROOT)) {
            case "f32" -> DType.F32;
            case "bf16" -> DType.BF16;
            case "f16" -> DType.F16;
            case "int8" -> DType.I8;
            case "q8_0", "q4_0" -> null;
            default ->
                throw wrong("--dtype %s; expected f32, bf16 or f16, for bench also q8_0 or q4_0, for bench gemm int8"
                        .formatted(name));
        };
        blocks = dtype == null ? BlockType.valueOf(name.toUpperCase(Locale.ROOT)) : null;
    }

    @Option(
            names = "--kernels",
            paramLabel = "reference|vector|native",
            scope = ScopeType.INHERIT,
            description = "arithmetic to use (default: HEADWAY_KERNELS, else the fastest that this machine runs)")
    void kernels(String name) {
        if (!isKernels(name)) {
            throw wrong("--kernels %s; expected reference, vector or native".formatted(name));
        }
        System.setProperty("headway.kernels", name);
    }

    @Option(
            names = "--instructions",
            paramLabel = "avx2|avx512|avx512bf16|amx",
            scope = ScopeType.INHERIT,
            description = "newest instructions that machine code may use"
                    + " (default: HEADWAY_INSTRUCTIONS, else all that the processor has)")
    void instructions(String name) {
        if (!isInstructions(name)) {
            throw wrong("--instructions %s; expected avx2, avx512, avx512bf16 or amx".formatted(name));
        }
        System.setProperty("headway.instructions", name);
    }

    @Option(
            names = "--activations",
            paramLabel = "15|8",
            scope = ScopeType.INHERIT,
            description =
                    "bits of activations where prompts meet quantized weights, with AVX2 single tokens too: 8 is up to"
                            + " twice as fast, less exact (default: HEADWAY_ACTIVATIONS, else 15)")
    void activations(String bits) {
        if (!isActivations(bits)) {
            throw wrong("--activations %s; expected 15 or 8".formatted(bits));
        }
        System.setProperty("headway.activations", bits);
    }

    @Option(
            names = "--cache",
            paramLabel = "f32|f16",
            scope = ScopeType.INHERIT,
            description = "type of keys and values that are kept: f16 takes half of the memory, and long texts are"
                    + " written faster, less exactly (default: HEADWAY_CACHE, else f32)")
    void cache(String type) {
        if (!isCache(type)) {
            throw wrong("--cache %s; expected f32 or f16".formatted(type));
        }
        System.setProperty("headway.cache", type);
    }

    static boolean isCache(String type) {
        return type.equals("f32") || type.equals("f16");
    }

    static boolean isActivations(String bits) {
        return bits.equals("15") || bits.equals("8");
    }

    static boolean isInstructions(String name) {
        return INSTRUCTIONS.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean isKernels(String name) {
        return KERNELS.contains(name.toLowerCase(Locale.ROOT));
    }

    /// The seed that was asked for, else `otherwise`.
    long seed(long otherwise) {
        return seed == null ? otherwise : seed;
    }

    /// Whether a seed was asked for.
    boolean isSeedGiven() {
        return seed != null;
    }

    /// The element type that was asked for, else `otherwise`.
    DType dtype(DType otherwise) {
        if (blocks != null) {
            throw wrong(
                    "--dtype %s; weights are quantized by headway bench prefill and decode alone: expected f32, bf16 or f16"
                            .formatted(blocks.name().toLowerCase(Locale.ROOT)));
        }
        if (dtype == DType.I8) {
            throw wrong("--dtype int8; bytes are multiplied by headway bench gemm alone: expected f32, bf16 or f16");
        }
        return dtype == null ? otherwise : dtype;
    }

    /// Whether products of bytes were asked for.
    boolean isBytes() {
        return dtype == DType.I8;
    }

    /// The block type that was asked for, or null.
    BlockType blocks() {
        return blocks;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
