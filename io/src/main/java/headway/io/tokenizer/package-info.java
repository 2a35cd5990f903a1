/// Text to token ids and back.
///
/// | tokenizer | class | trained by |
/// |-----------|-------|------------|
/// | any `tokenizer.json` | [headway.io.tokenizer.HuggingFaceTokenizer] | – |
/// | byte-level BPE (GPT-2's form) | [headway.io.tokenizer.ByteLevelBpe] | [headway.io.tokenizer.BpeTrainer] |
/// | SentencePiece with `vocab.json`: Marian, M2M-100 | `NumberedPieces` | – |
/// | one token a byte | [headway.io.tokenizer.ByteTokenizer] | – |
/// | one token a character | [headway.io.tokenizer.CharTokenizer] | `CharTokenizer.of` |
///
/// Other files become a `tokenizer.json` first: `vocab.txt`, `vocab.json` with `merges.txt`, SentencePiece's `.model`
/// and `.spm`, `.tiktoken`, and the vocabulary of a GGUF file.
///
/// [headway.io.tokenizer.Tokenizers] finds the one that a model folder needs.
package headway.io.tokenizer;
