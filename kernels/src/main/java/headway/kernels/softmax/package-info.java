/// Softmax over rows and the loss on top.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | softmax, log-softmax | [SoftmaxKernel][headway.kernels.softmax.SoftmaxKernel] | maximum subtracted; exponential on
/// lanes |
/// | cross entropy | [CrossEntropyKernel][headway.kernels.softmax.CrossEntropyKernel] | log-sum-exp kept, probabilities
/// never stored; gradient in place |
package headway.kernels.softmax;
