/// Tensors, derivatives, memory and threads: knows no layer.
module headway.tensor {
    requires transitive headway.kernels;

    exports headway.tensor;
    exports headway.tensor.op;
}
