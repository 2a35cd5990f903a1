/// Vector lanes, and the functions that the JDK has no vector form of. Loaded by the vector tier only.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | lanes, exp, sigmoid, tanh, normal tail | [Simd][headway.kernels.simd.Simd] | minimax polynomials; constants held
/// as vectors |
package headway.kernels.simd;
