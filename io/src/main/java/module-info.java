/// Files in and out: safetensors, configurations, run files, tables, tokenizers, sound, pictures, the Hugging Face hub
/// and its cache.
// The libraries for tokenizers, sound and Parquet have no module descriptors of their own, hence are automatic modules.
@SuppressWarnings("requires-automatic")
module headway.io {
    requires transitive headway.kernels;
    requires transitive tools.jackson.databind;
    requires transitive tools.jackson.core;
    requires tools.jackson.dataformat.yaml;
    requires dev.hardwood.core;
    requires java.desktop;
    requires java.logging;
    requires java.net.http;
    requires ai.djl.tokenizers;
    requires jflac.codec;
    requires jlayer;

    exports headway.io;
    exports headway.io.audio;
    exports headway.io.chat;
    exports headway.io.gguf;
    exports headway.io.hub;
    exports headway.io.image;
    exports headway.io.tokenizer;
}
