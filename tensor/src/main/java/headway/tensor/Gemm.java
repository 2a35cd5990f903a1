package headway.tensor;

import headway.kernels.Span;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.GemmKernel;
import headway.kernels.gemm.GemmShape;
import headway.kernels.gemm.PackedMatrix;
import java.lang.foreign.Arena;

/// Matrix products over the pool: cuts the result into blocks and lets each thread pack what its block needs.
///
/// Every element of a product is one chain of additions whatever the cut, so the number of threads does not show.
public final class Gemm {
    /// Multiply-adds below which waking another thread costs more than it saves.
    private static final long SMALL = 1 << 17;

    private static final int ROW_STEP = 64;
    private static final int COLUMN_STEP = 128;

    private Gemm() {}

    /// `c (+)= op(a) · op(b)`, then the epilogue.
    public static void run(Span c, Span a, Span b, GemmShape shape, Epilogue epilogue) {
        int M = shape.M();
        int N = shape.N();
        if ((long) M * N * Math.max(1, shape.K()) <= SMALL || Parallel.threads() == 1) {
            GemmKernel.block(c, a, b, shape, epilogue, Parallel.scratch(GemmKernel.scratch()), 0, M, 0, N);
            // A transposed b is the dear one to pack: its columns are shared out, so that each is packed once.
        } else if (M >= N && !(shape.transB() && N >= 4 * COLUMN_STEP)) {
            Parallel.range(
                    M,
                    step(M, ROW_STEP),
                    (lo, hi) -> GemmKernel.block(
                            c, a, b, shape, epilogue, Parallel.scratch(GemmKernel.scratch()), lo, hi, 0, N));
        } else {
            Parallel.range(
                    N,
                    step(N, COLUMN_STEP),
                    (lo, hi) -> GemmKernel.block(
                            c, a, b, shape, epilogue, Parallel.scratch(GemmKernel.scratch()), 0, M, lo, hi));
        }
    }

    /// Rows between which a packed weight pays: one or two are as fast on the weight as it lies, and beyond the most a
    /// product packs for itself in a few percent of its time.
    private static final int LEAST_ROWS = 3;

    private static final int MOST_ROWS = 64;

    /// Uses by a few rows before a weight is packed. A prompt uses each weight once; a batch that decodes does it again
    /// and again.
    private static final int PATIENCE = 4;

    /// `weight`, packed, where a batch of a few rows keeps coming back to it; else null. It takes as much memory again,
    /// as long as the weight lives.
    public static PackedMatrix packed(Tensor weight, boolean inOut, int M) {
        if (!packs(weight, M)) {
            return null;
        }
        if (weight.packed == null && ++weight.fewRows > PATIENCE) {
            weight.packed = pack(weight, inOut);
        }
        return weight.packed;
    }

    /// Whether `weight` is packed sooner or later, where products of M rows keep coming. Until then they
    /// must run on the kernel that runs afterwards, too: else results would depend on how often there was
    /// one before.
    public static boolean packs(Tensor weight, int M) {
        return M >= LEAST_ROWS
                && M <= MOST_ROWS
                && weight.lasting()
                && !weight.requiresGradient()
                && !Tape.running()
                && PackedMatrix.fits(weight.dtype(), weight.rounds());
    }

    private static PackedMatrix pack(Tensor weight, boolean inOut) {
        int N = weight.shape().size(inOut ? 1 : 0);
        int K = weight.shape().size(inOut ? 0 : 1);
        PackedMatrix to = PackedMatrix.allocate(Arena.ofAuto(), weight.dtype(), weight.rounds(), N, K);
        GemmShape shape = GemmShape.of(1, N, K, false, !inOut);
        Span from = weight.contiguousMemory("gemm");
        Parallel.range(
                N, COLUMN_STEP, (lo, hi) -> to.pack(from, shape, Parallel.scratch(GemmKernel.scratch()), lo, hi));
        return to;
    }

    /// The product with a packed weight.
    public static void run(Span c, Span a, PackedMatrix b, GemmShape shape, Epilogue epilogue) {
        Parallel.range(
                shape.N(),
                step(shape.N(), COLUMN_STEP),
                (lo, hi) -> GemmKernel.block(
                        c, a, b, shape, epilogue, Parallel.scratch(GemmKernel.scratch()), 0, shape.M(), lo, hi));
    }

    /// One chunk a thread: each chunk packs what it needs, and packing it twice costs more than an idle core now and
    /// then (61 to 73 % of the peak with two chunks a thread, 70 to 78 % with one).
    private static int step(int size, int multiple) {
        int chunks = Parallel.threads();
        int step = (size + chunks - 1) / chunks;
        return Math.max(multiple, (step + multiple - 1) / multiple * multiple);
    }
}
