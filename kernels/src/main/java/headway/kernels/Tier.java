package headway.kernels;

import headway.kernels.machine.Machine;
import headway.kernels.simd.Simd;
import java.util.Locale;
import java.util.function.Consumer;

/// Which version of each kernel runs, chosen once at start.
///
/// `HEADWAY_KERNELS` or the system property `headway.kernels` (`reference`, `vector`, `native`)
/// overrides; the property wins. What cannot be had is announced in one line, never silently replaced.
///
/// Without a word machine code runs. Where it cannot, the Vector API does if the module `jdk.incubator.vector` was
/// added to the JVM, and else the slow reference, which says so.
public enum Tier {
    /// Plain scalar Java: the specification.
    REFERENCE,
    /// `jdk.incubator.vector`.
    VECTOR,
    /// Headway's own machine code; `jdk.incubator.vector` need not be there.
    NATIVE;

    private static final Tier CURRENT = choose();

    /// The tier of this process.
    public static Tier current() {
        return CURRENT;
    }

    /// Whether kernels work on lanes, by machine code or the Vector API.
    public static boolean vectors() {
        return CURRENT != REFERENCE;
    }

    /// Whether kernels run machine code where they have it.
    public static boolean machine() {
        return CURRENT == NATIVE;
    }

    /// Width in bits of the vectors in use; 0 where the reference tier runs.
    public static int vectorBits() {
        return switch (CURRENT) {
            case REFERENCE -> 0;
            case VECTOR -> Simd.F.vectorBitSize();
            case NATIVE -> Machine.level().bits();
        };
    }

    /// `f32` lanes of those vectors.
    public static int lanes() {
        return vectorBits() / Float.SIZE;
    }

    private static Tier choose() {
        String wanted = System.getProperty("headway.kernels");
        if (wanted == null || wanted.isBlank()) {
            wanted = System.getenv("HEADWAY_KERNELS");
        }
        return choose(wanted == null ? "" : wanted.strip(), vectorApiPresent(), System.err::println);
    }

    /// @param wanted the tier asked for; empty for the fastest
    /// @param vectors whether the Vector API is there
    /// @param says takes the line about what cannot be had
    static Tier choose(String wanted, boolean vectors, Consumer<String> says) {
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "reference" -> REFERENCE;
            case "vector" -> vectors ? VECTOR : scalar("--kernels vector needs the Vector API", says);
            case "native" -> Machine.available() ? NATIVE : instead("--kernels native: ", vectors, says);
            case "" -> Machine.available() ? NATIVE : instead("", vectors, says);
            default ->
                throw new IllegalArgumentException(
                        "[kernels] unknown tier '%s'; expected reference, vector or native".formatted(wanted));
        };
    }

    /// What runs where machine code does not.
    static Tier instead(String option, boolean vectors, Consumer<String> says) {
        String reason = "machine code does not run here: " + Machine.refusal();
        if (!vectors) {
            return scalar(option + reason, says);
        }
        // A processor of another kind is nothing that a user can change: said only to one who asked for the tier.
        if (!option.isEmpty() || Machine.refused()) {
            says.accept("headway: " + option + reason + "; the vector tier runs instead");
        }
        return VECTOR;
    }

    private static Tier scalar(String reason, Consumer<String> says) {
        says.accept("headway: slow scalar kernels run, because " + reason
                + "; start Java with --add-modules jdk.incubator.vector, or use ./headway --kernels vector");
        return REFERENCE;
    }

    private static boolean vectorApiPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }
}
