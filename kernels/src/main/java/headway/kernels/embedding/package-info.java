/// Rows of a table by id.
///
/// | kernel | file | technique |
/// |---|---|---|
/// | gather and scatter-add | [EmbeddingKernel][headway.kernels.embedding.EmbeddingKernel] | derivative split over
/// columns, rows in order |
package headway.kernels.embedding;
