/// Decoding: settings, logits transforms, samplers, and the loop that drives a decoder with its cache.
module headway.generate {
    requires transitive headway.models;

    exports headway.generate;
    exports headway.generate.sample;
    exports headway.generate.transform;
}
