/// Files in and out: safetensors, configurations, run files, tokenizers, sound, pictures, the Hugging Face hub and its
/// cache.
// The libraries for tokenizers and sound have no module descriptors of their own, hence are automatic modules.
@SuppressWarnings("requires-automatic")
module headway.io {
    requires transitive headway.kernels;
    requires transitive tools.jackson.databind;
    requires transitive tools.jackson.core;
    requires tools.jackson.dataformat.yaml;
    requires java.desktop;
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
