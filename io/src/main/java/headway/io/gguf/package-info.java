/// GGUF, the container of llama.cpp: metadata and tensors in one file, many of them quantized.
///
/// [headway.io.gguf.GgufFile] reads and checks files; [headway.io.gguf.GgufConfig] and
/// [headway.io.gguf.GgufNames] say what they mean in Hugging Face's names, so that the same family serves both.
package headway.io.gguf;
