/// Files in and out: safetensors, configurations, run files, tokenizers, the Hugging Face cache.
module headway.io {
    requires transitive headway.kernels;
    requires transitive tools.jackson.databind;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;

    exports headway.io;
}
