package headway.tasks;

import java.nio.file.Path;

/// Where a program begins: loads models for tasks.
///
/// ```java
/// try (var model = Headway.load("org/name")) {
///     var answers = new FillMask(model).fill("Paris is the [MASK] of France.");
/// }
/// ```
public final class Headway {
    private Headway() {}

    /// Loads `model`: a folder in Hugging Face layout, a GGUF file, or a hub name found in the local cache.
    public static LoadedModel load(String model) {
        return load(model, LoadOptions.DEFAULTS);
    }

    /// The same from a path.
    public static LoadedModel load(Path model) {
        return load(model.toString(), LoadOptions.DEFAULTS);
    }

    /// The same from a path, as `options` say.
    public static LoadedModel load(Path model, LoadOptions options) {
        return load(model.toString(), options);
    }

    /// Loads `model` as `options` say.
    ///
    /// @throws headway.io.ConfigException when files are missing or contradict each other; the text says
    ///     which
    public static LoadedModel load(String model, LoadOptions options) {
        return LoadedModel.open(model, options);
    }
}
