/// What runs along a sequence with a state: convolutions of a few tokens and selective scans.
///
/// | technique | class | paper | used by |
/// |---|---|---|---|
/// | causal depthwise convolution | [headway.kernels.scan.CausalConvKernel] | – | Mamba |
/// | selective scan | [headway.kernels.scan.SelectiveScanKernel] | [Gu & Dao 2023](https://arxiv.org/abs/2312.00752) |
/// Mamba |
package headway.kernels.scan;
