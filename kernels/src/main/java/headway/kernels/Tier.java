package headway.kernels;

/// Which version of each kernel runs, chosen once at start.
///
/// `HEADWAY_KERNELS` or the system property `headway.kernels` (`reference`, `vector`, `native`)
/// overrides; the property wins. What cannot be had is announced in one line, never silently replaced.
public enum Tier {
    /// Plain scalar Java: the specification.
    REFERENCE,
    /// `jdk.incubator.vector`.
    VECTOR,
    /// Headway's own machine code. Not in this version: a request for it is answered with [#VECTOR]
    /// and a line.
    NATIVE;

    private static final Tier CURRENT = choose();

    /// The tier of this process.
    public static Tier current() {
        return CURRENT;
    }

    /// Whether fast kernels may use the Vector API.
    public static boolean vectors() {
        return CURRENT != REFERENCE;
    }

    /// Width in bits of the vectors in use; 0 where the reference tier runs.
    public static int vectorBits() {
        return vectors() ? headway.kernels.simd.Simd.F.vectorBitSize() : 0;
    }

    private static Tier choose() {
        String wanted = System.getProperty("headway.kernels");
        if (wanted == null || wanted.isBlank()) {
            wanted = System.getenv("HEADWAY_KERNELS");
        }
        if (wanted == null || wanted.isBlank()) {
            return vectorApiPresent() ? VECTOR : announce("the Vector API is not in this JVM's module graph");
        }
        return switch (wanted.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "reference" -> REFERENCE;
            case "vector" -> vectorApiPresent() ? VECTOR : announce("--kernels vector: the Vector API is not there");
            case "native" -> {
                System.err.println("headway: --kernels native is not in this version; the vector tier runs instead");
                yield vectorApiPresent() ? VECTOR : announce("the Vector API is not there either");
            }
            default ->
                throw new IllegalArgumentException(
                        "[kernels] unknown tier '%s'; expected reference, vector or native".formatted(wanted));
        };
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
