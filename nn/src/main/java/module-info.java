/// The catalogue of layers: knows no family and no file.
module headway.nn {
    requires transitive headway.tensor;

    exports headway.nn;
    exports headway.nn.attention;
    exports headway.nn.audio;
    exports headway.nn.cache;
    exports headway.nn.ffn;
    exports headway.nn.image;
    exports headway.nn.loss;
    exports headway.nn.mask;
    exports headway.nn.norm;
    exports headway.nn.position;
    exports headway.nn.recurrent;
    exports headway.nn.score;
}
