package headway.io.tokenizer;

import headway.io.AtomicFiles;
import headway.io.gguf.GgufFile;
import headway.io.gguf.GgufTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the tokenizer of a model.
public final class Tokenizers {
    private Tokenizers() {}

    /// Whether the model in `folderOrFile` has a tokenizer that [#of] reads.
    public static boolean has(Path folderOrFile) {
        if (!GgufFile.isNamed(folderOrFile) || Files.isDirectory(folderOrFile)) {
            return Files.exists(folderOrFile.resolve("tokenizer.json"));
        }
        try (var file = GgufFile.open(folderOrFile)) {
            return GgufTokenizer.isKnown(file);
        }
    }

    /// The tokenizer in a model folder, of a `tokenizer.json`, or of a GGUF file.
    ///
    /// Byte-level BPE and character vocabularies are read in Java, all others by the Hugging Face library.
    ///
    /// @throws TokenizerException when there is none, or it cannot be read
    public static Tokenizer of(Path folderOrFile) {
        Path path = Files.isDirectory(folderOrFile) ? folderOrFile.resolve("tokenizer.json") : folderOrFile;
        if (!Files.exists(path)) {
            throw missing(folderOrFile, path);
        }
        if (GgufFile.isNamed(path)) {
            return ofGguf(path);
        }
        String name = path.getFileName().toString();
        if (!name.endsWith(".json")) {
            throw new TokenizerException(
                    "[tokenizer] %s: only tokenizer.json and GGUF files are read in this version".formatted(path));
        }
        var file = TokenizerFile.read(path);
        var config = TokenizerConfig.read(path.toAbsolutePath().getParent());
        Optional<Tokenizer> inJava = ByteLevelBpe.of(file, config).map(Tokenizer.class::cast);
        return inJava.or(() -> CharTokenizer.of(file, config)).orElseGet(() -> HuggingFaceTokenizer.of(file, config));
    }

    /// By way of a `tokenizer.json` that is gone again afterwards: the Hugging Face library reads files.
    private static Tokenizer ofGguf(Path path) {
        Path folder = null;
        try (var file = GgufFile.open(path)) {
            String json = GgufTokenizer.of(file).toString();
            folder = Files.createTempDirectory("headway-tokenizer");
            Files.writeString(folder.resolve("tokenizer.json"), json);
            TokenizerJson.writeConfig(
                    folder.resolve("tokenizer_config.json"),
                    SpecialTokens.ofEnds(
                            Optional.ofNullable(GgufTokenizer.token(file, "bos_token_id")),
                            Optional.ofNullable(GgufTokenizer.token(file, "eos_token_id"))));
            return of(folder);
        } catch (IOException e) {
            throw new TokenizerException(
                    "[tokenizer] %s: its vocabulary cannot be written to a temporary folder: %s"
                            .formatted(path, AtomicFiles.reason(e)),
                    e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("tokenizer.json"));
            Files.deleteIfExists(folder.resolve("tokenizer_config.json"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // The system's own place for such files; it is cleared there.
            folder.toFile().deleteOnExit();
        }
    }

    private static TokenizerException missing(Path folderOrFile, Path path) {
        if (!Files.isDirectory(folderOrFile)) {
            return new TokenizerException("[tokenizer] %s: no such file or folder; check the path".formatted(path));
        }
        for (String other : new String[] {"tokenizer.model", "vocab.json", "vocab.txt", "spiece.model"}) {
            if (Files.exists(folderOrFile.resolve(other))) {
                return new TokenizerException(
                        "[tokenizer] %s: has %s, but no tokenizer.json, the only form read in this version; make one in Python: "
                                        .formatted(folderOrFile, other)
                                + "AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR)");
            }
        }
        return new TokenizerException("[tokenizer] %s: no tokenizer.json; copy it from the model's Hugging Face page"
                .formatted(folderOrFile));
    }
}
