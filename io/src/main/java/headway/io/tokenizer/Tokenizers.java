package headway.io.tokenizer;

import headway.io.gguf.GgufFile;
import headway.io.gguf.GgufTokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Finds the tokenizer of a model.
public final class Tokenizers {
    private Tokenizers() {}

    /// Whether the model in `folderOrFile` has a tokenizer that [#of] reads.
    public static boolean has(Path folderOrFile) {
        if (!GgufFile.isNamed(folderOrFile) || Files.isDirectory(folderOrFile)) {
            return Files.exists(folderOrFile.resolve("tokenizer.json"))
                    || Files.isDirectory(folderOrFile)
                            && (NumberedPieces.isIn(folderOrFile)
                                    || VocabularyFiles.find(folderOrFile).isPresent());
        }
        try (var file = GgufFile.open(folderOrFile)) {
            return GgufTokenizer.isKnown(file);
        }
    }

    /// The tokenizer in a model folder, of a `tokenizer.json`, a GGUF file, or one of the vocabulary files that
    /// [headway.io.tokenizer] lists.
    ///
    /// Byte-level BPE and character vocabularies are read in Java, all others by the Hugging Face library.
    ///
    /// @throws TokenizerException when there is none, or it cannot be read
    public static Tokenizer of(Path folderOrFile) {
        if (!Files.exists(folderOrFile)) {
            throw new TokenizerException(
                    "[tokenizer] %s: no such file or folder; check the path".formatted(folderOrFile));
        }
        Path path = Files.isDirectory(folderOrFile) ? inFolder(folderOrFile) : folderOrFile;
        if (Files.isDirectory(path)) {
            return NumberedPieces.of(path);
        }
        if (GgufFile.isNamed(path)) {
            return ofGguf(path);
        }
        String name = path.getFileName().toString();
        if (VocabularyFiles.isNamed(path) && !isTokenizerJson(path)) {
            return VocabularyFiles.convert(path).tokenizer(path);
        }
        if (!name.endsWith(".json")) {
            throw new TokenizerException(
                    "[tokenizer] %s: not a vocabulary by its name; tokenizer.json, vocab.txt, vocab.json, .model, .tiktoken and .gguf are read"
                            .formatted(path));
        }
        var file = TokenizerFile.read(path);
        Path folder = path.toAbsolutePath().getParent();
        var config = TokenizerConfig.read(folder);
        byte[] changed = ConfigOverrides.of(file, new FolderSettings(folder));
        return changed == null
                ? inJava(file, config).orElseGet(() -> HuggingFaceTokenizer.of(file, config))
                : of(changed, config, path);
    }

    /// A `vocab.json` may be a whole `tokenizer.json` by another name; it is not when it has merges beside it.
    private static boolean isTokenizerJson(Path path) {
        return path.getFileName().toString().equals("vocab.json") && !Files.exists(path.resolveSibling("merges.txt"));
    }

    private static Path inFolder(Path folder) {
        if (Files.exists(folder.resolve("tokenizer.json"))) {
            return folder.resolve("tokenizer.json");
        }
        return NumberedPieces.isIn(folder)
                ? folder
                : VocabularyFiles.find(folder).orElseThrow(() -> missing(folder));
    }

    private static Optional<Tokenizer> inJava(TokenizerFile file, TokenizerConfig config) {
        Optional<Tokenizer> bytes = ByteLevelBpe.of(file, config).map(Tokenizer.class::cast);
        return bytes.or(() -> CharTokenizer.of(file, config));
    }

    /// The tokenizer of a `tokenizer.json` that was made from `path`.
    static Tokenizer of(ObjectNode json, TokenizerConfig config, Path path) {
        return of(json, config, path, null);
    }

    static Tokenizer of(ObjectNode json, TokenizerConfig config, Path path, PrefixNormalizer before) {
        var file = TokenizerFile.read(path, json);
        return inJava(file, config)
                .orElseGet(() -> HuggingFaceTokenizer.of(
                        file, config, json.toString().getBytes(StandardCharsets.UTF_8), before));
    }

    private static Tokenizer of(byte[] bytes, TokenizerConfig config, Path path) {
        var file = TokenizerFile.read(path, bytes);
        return inJava(file, config).orElseGet(() -> HuggingFaceTokenizer.of(file, config, bytes, null));
    }

    private static Tokenizer ofGguf(Path path) {
        try (var file = GgufFile.open(path)) {
            var tokens = SpecialTokens.ofEnds(
                    Optional.ofNullable(GgufTokenizer.token(file, "bos_token_id")),
                    Optional.ofNullable(GgufTokenizer.token(file, "eos_token_id")));
            return of(GgufTokenizer.of(file), TokenizerConfig.of(tokens), path);
        }
    }

    private static TokenizerException missing(Path folder) {
        for (String half : new String[] {"vocab.json", "merges.txt"}) {
            if (Files.exists(folder.resolve(half))) {
                return new TokenizerException("[tokenizer] %s: has %s, but not %s, which belongs to it"
                        .formatted(folder, half, half.equals("vocab.json") ? "merges.txt" : "vocab.json"));
            }
        }
        return new TokenizerException(
                "[tokenizer] %s: no tokenizer.json, nor vocab.txt, vocab.json with merges.txt, a SentencePiece .model or a .tiktoken file; copy it from the model's Hugging Face page"
                        .formatted(folder));
    }
}
