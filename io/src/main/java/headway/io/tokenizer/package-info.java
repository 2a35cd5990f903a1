/// Text to token ids and back.
///
/// | tokenizer | class | trained by |
/// |-----------|-------|------------|
/// | any `tokenizer.json` | [headway.io.tokenizer.HuggingFaceTokenizer] | – |
/// | byte-level BPE (GPT-2's form) | [headway.io.tokenizer.ByteLevelBpe] | [headway.io.tokenizer.BpeTrainer] |
/// | one token a byte | [headway.io.tokenizer.ByteTokenizer] | – |
/// | one token a character | [headway.io.tokenizer.CharTokenizer] | `CharTokenizer.of` |
///
/// [headway.io.tokenizer.Tokenizers] finds the one that a model folder needs.
package headway.io.tokenizer;
