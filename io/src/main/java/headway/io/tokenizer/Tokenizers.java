package headway.io.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds the tokenizer of a model.
public final class Tokenizers {
    private Tokenizers() {}

    /// The tokenizer in a model folder, or of a `tokenizer.json`.
    ///
    /// Byte-level BPE and character vocabularies are read in Java, all others by the Hugging Face library.
    ///
    /// @throws TokenizerException when there is none, or it cannot be read
    public static Tokenizer of(Path folderOrFile) {
        Path path = Files.isDirectory(folderOrFile) ? folderOrFile.resolve("tokenizer.json") : folderOrFile;
        if (!Files.exists(path)) {
            throw missing(folderOrFile, path);
        }
        String name = path.getFileName().toString();
        if (!name.endsWith(".json")) {
            throw new TokenizerException(
                    "[tokenizer] %s: only tokenizer.json files are read in this version".formatted(path));
        }
        var file = TokenizerFile.read(path);
        var specialTokens = SpecialTokens.read(path.toAbsolutePath().getParent());
        Optional<Tokenizer> inJava = ByteLevelBpe.of(file, specialTokens).map(Tokenizer.class::cast);
        return inJava.or(() -> CharTokenizer.of(file, specialTokens))
                .orElseGet(() -> HuggingFaceTokenizer.of(file, specialTokens));
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
