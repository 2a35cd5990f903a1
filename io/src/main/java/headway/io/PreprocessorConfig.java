package headway.io;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// The description of a model's front end for sound or pictures, wherever its folder has it.
///
/// @param path the file
/// @param json the front end's own object in it
public record PreprocessorConfig(Path path, JsonNode json) {
    /// `preprocessor_config.json` of `folder`, or the part `part` (`feature_extractor`, `image_processor`) of its
    /// `processor_config.json`.
    ///
    /// @throws ConfigException when there is neither
    public static PreprocessorConfig read(Path folder, String part) {
        Path own = folder.resolve("preprocessor_config.json");
        Path all = folder.resolve("processor_config.json");
        if (Files.isRegularFile(all)) {
            JsonNode json = Json.read(all).path(part);
            if (json.isObject()) {
                return new PreprocessorConfig(all, json);
            }
        }
        if (!Files.isRegularFile(own)) {
            throw new ConfigException(
                    "[config] %s: no preprocessor_config.json, nor processor_config.json with %s; copy it from the model's Hugging Face page"
                            .formatted(folder, part));
        }
        return new PreprocessorConfig(own, Json.read(own));
    }
}
