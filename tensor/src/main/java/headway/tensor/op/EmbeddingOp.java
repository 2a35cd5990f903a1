package headway.tensor.op;

import headway.kernels.DType;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.kernels.embedding.EmbeddingKernel;
import headway.tensor.Gradients;
import headway.tensor.Op;
import headway.tensor.Parallel;
import headway.tensor.Rows;
import headway.tensor.Shape;
import headway.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// `y[r] = table[ids[r]]`; `dtable[ids[r]] += dy[r]`, rows in order.
///
/// @param ids `I32`, any axes; the value has those axes and the table's width
/// @param paddingId id whose row gets no gradient from here (`padding_idx`); -1 for none
public record EmbeddingOp(Tensor table, Tensor ids, int paddingId) implements Op {
    @Override
    public List<Tensor> inputs() {
        return List.of(table);
    }

    @Override
    public Tensor forward() {
        int V = table.shape().size(0);
        int D = table.shape().size(1);
        var dims = new ArrayList<>(ids.shape().dims());
        dims.add(new Shape.Dim("hidden", D));
        Tensor y = Tensor.allocate(new Shape(dims), table.dtype() == DType.F64 ? DType.F64 : DType.F32);
        var rows = ids.contiguousMemory("embedding");
        var from = table.contiguousMemory("embedding");
        Parallel.range(
                Math.toIntExact(ids.count()),
                Rows.grain(D),
                (lo, hi) -> EmbeddingKernel.gather(y.memory(), from, rows, V, D, lo, hi));
        return y;
    }

    @Override
    public void backward(Tensor y, Tensor dy, Gradients gradients) {
        int V = table.shape().size(0);
        int D = table.shape().size(1);
        Gradients.Sink into = gradients.of(table);
        var to = into.tensor().contiguousMemory("embedding");
        if (!into.accumulate()) {
            Parallel.elements(table.count(), Rows.grain(), (lo, hi) -> ElementwiseKernel.fill(to, 0, lo, hi));
        }
        int R = Math.toIntExact(ids.count());
        Parallel.range(
                D,
                64,
                (lo, hi) -> EmbeddingKernel.scatterAdd(to, dy.memory(), ids.memory(), paddingId, V, D, R, lo, hi));
    }
}
