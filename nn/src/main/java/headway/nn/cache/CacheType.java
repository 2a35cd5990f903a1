package headway.nn.cache;

import headway.kernels.DType;

/// What keys and values of f32 are kept as: f32, or f16 where `headway.cache=f16` (or `HEADWAY_CACHE`) asks for it.
///
/// What is read for each token of a long text is mostly its cache, and f16 is half of that. A value is off by at most a
/// 2,048th of itself then; one above 65,504 would be infinite.
enum CacheType {
    F32(DType.F32),
    F16(DType.F16);

    /// What the process asks for.
    static final CacheType WANTED = wanted();

    private final DType stored;

    CacheType(DType stored) {
        this.stored = stored;
    }

    /// What keys and values of type `computed` are kept as.
    DType of(DType computed) {
        return computed == DType.F32 ? stored : computed;
    }

    private static CacheType wanted() {
        String name = System.getProperty("headway.cache");
        if (name == null || name.isBlank()) {
            name = System.getenv("HEADWAY_CACHE");
        }
        return switch (name == null ? "" : name.strip()) {
            case "", "f32" -> F32;
            case "f16" -> F16;
            default -> throw new IllegalArgumentException("[cache] type '%s'; expected f32 or f16".formatted(name));
        };
    }
}
