package headway.kernels;

import headway.kernels.machine.Machine;
import headway.kernels.simd.Simd;

/// Which version of each kernel runs, chosen once at start.
///
/// `HEADWAY_KERNELS` or the system property `headway.kernels` (`reference`, `vector`, `native`)
/// overrides; the property wins. What cannot be had is announced in one line, never silently replaced.
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
        if (wanted == null || wanted.isBlank()) {
            return vectorApiPresent() ? nativeOr("") : announce("the Vector API is not in this JVM's module graph");
        }
        return switch (wanted.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "reference" -> REFERENCE;
            case "vector" -> vectorApiPresent() ? VECTOR : announce("--kernels vector: the Vector API is not there");
            case "native" ->
                vectorApiPresent()
                        ? nativeOr("--kernels native: ")
                        : announce("--kernels native: the Vector API is not there");
            default ->
                throw new IllegalArgumentException(
                        "[kernels] unknown tier '%s'; expected reference, vector or native".formatted(wanted));
        };
    }

    private static Tier nativeOr(String option) {
        if (Machine.available()) {
            return NATIVE;
        }
        // A processor of another kind is nothing that a user can change: said only to one who asked for the tier.
        if (!option.isEmpty() || Machine.refused()) {
            System.err.println("headway: " + option + "machine code does not run here: " + Machine.refusal()
                    + "; the vector tier runs instead");
        }
        return VECTOR;
    }

    private static Tier announce(String reason) {
        System.err.println("headway: slow scalar kernels run, because " + reason
                + "; start Java with --add-modules jdk.incubator.vector, or use ./headway");
        return REFERENCE;
    }

    private static boolean vectorApiPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }
}
