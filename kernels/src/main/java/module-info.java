/// Arithmetic on bare memory: knows no tensor, allocates nothing, starts no thread.
module headway.kernels {
    // Only the vector tier needs it: machine code runs without, and the JVM warns of no incubator.
    requires static jdk.incubator.vector;

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
    exports headway.kernels.quantized;
    exports headway.kernels.random;
    exports headway.kernels.rotary;
    exports headway.kernels.scan;
    exports headway.kernels.softmax;
}
