/// Arithmetic on bare memory: knows no tensor, allocates nothing, starts no thread.
module headway.kernels {
    requires jdk.incubator.vector;

    exports headway.kernels;
    exports headway.kernels.activation;
    exports headway.kernels.attention;
    exports headway.kernels.convert;
    exports headway.kernels.elementwise;
    exports headway.kernels.embedding;
    exports headway.kernels.gemm;
    exports headway.kernels.machine;
    exports headway.kernels.norm;
    exports headway.kernels.optimizer;
    exports headway.kernels.random;
    exports headway.kernels.rotary;
    exports headway.kernels.scan;
    exports headway.kernels.softmax;
}
