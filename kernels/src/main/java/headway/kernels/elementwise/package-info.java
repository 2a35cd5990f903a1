/// Element by element, and sums over rows.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | sums, products, multiples | [ElementwiseKernel][headway.kernels.elementwise.ElementwiseKernel] | f32 lanes, one
/// rounding for product and sum |
/// | column sums, sums, sums of squares | [ReduceKernel][headway.kernels.elementwise.ReduceKernel] | fixed order;
/// blocks of rows, or eight `double` sums |
package headway.kernels.elementwise;
