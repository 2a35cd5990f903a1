/// Files in and out: safetensors, configurations, run files, tokenizers, the Hugging Face cache.
// The tokenizers library has no module descriptor of its own, hence is an automatic module.
@SuppressWarnings("requires-automatic")
module headway.io {
    requires transitive headway.kernels;
    requires transitive tools.jackson.databind;
    requires transitive tools.jackson.core;
    requires tools.jackson.dataformat.yaml;
    requires ai.djl.tokenizers;

    exports headway.io;
    exports headway.io.gguf;
    exports headway.io.tokenizer;
}
