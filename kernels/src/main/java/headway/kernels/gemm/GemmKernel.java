package headway.kernels.gemm;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.activation.Activation;
import headway.kernels.activation.ActivationKernel;
import headway.kernels.simd.Rows;
import headway.kernels.simd.Simd;
import headway.kernels.simd.TileLanes;
import jdk.incubator.vector.FloatVector;

/// General matrix product with an epilogue,
/// [Goto & van de Geijn 2008](https://doi.org/10.1145/1356052.1356053).
///
///     C[m,n] = f( [C[m,n] +] Σ_k op(A)[m,k] · op(B)[k,n] + bias[n] ) + residual[m,n]
///
/// | operand    | shape                                    | access     |
/// |------------|------------------------------------------|------------|
/// | `C`        | `(M, N)`, row stride `ldc`               | write, read where accumulating |
/// | `A`        | `(M, K)`, or `(K, M)` where `transA`     | read       |
/// | `B`        | `(K, N)`, or `(N, K)` where `transB`     | read       |
/// | `bias`     | `(N)`                                    | read       |
/// | `residual` | `(M, N)`, may be C's own memory          | read       |
///
/// Cost: `2·M·N·K` FLOPs; compute-bound where all of `M`, `N`, `K` are above about 50. A and B are
/// packed again for each call: prefer few large blocks (several hundred rows and columns) to many
/// small ones.
///
/// Every element is one chain of fused multiply-adds over `k` in order, which starts at 0 or, where
/// accumulating, at C's old value. So the result does not depend on how callers cut C into blocks.
public final class GemmKernel {
    private GemmKernel() {}

    /// Rows of A and inner length that are packed at a time, and columns of B.
    private static final int MC = 192;

    private static final int KC = 256;
    private static final int NC = 1024;

    private static final int TILE_BYTES = 4 * 64 * Float.BYTES;

    /// Elements of f32 scratch that one thread needs for packing (an upper bound for any shape).
    public static long scratch() {
        long tiled = (long) MC * KC + (long) NC * KC + 2 * TILE_BYTES / Float.BYTES;
        return Tier.machine() ? Math.max(tiled, MachineGemm.scratch()) : tiled;
    }

    /// Computes the block `C[m0 … m1, n0 … n1)`, complete with epilogue.
    ///
    /// A and B may be f32, bf16 or f16 (widened when packed) with C in f32, which is what is fast; any
    /// other combination of types, f64 above all, runs in [#reference]. `scratch` holds [#scratch]
    /// elements of f32 and belongs to this call alone.
    ///
    /// A residual in C's own memory together with an activation or with accumulation also runs in the
    /// reference: partial sums would overwrite it.
    ///
    /// Throws `IndexOutOfBoundsException` where an operand is too small for `shape` or the block lies
    /// outside.
    public static void block(
            Span c, Span a, Span b, GemmShape shape, Epilogue epilogue, Span scratch, int m0, int m1, int n0, int n1) {
        java.util.Objects.checkFromToIndex(m0, m1, shape.M());
        java.util.Objects.checkFromToIndex(n0, n1, shape.N());
        if (m0 == m1 || n0 == n1) {
            return;
        }
        c.require("gemm", "c", shape.elementsC());
        a.require("gemm", "a", shape.elementsA());
        b.require("gemm", "b", shape.elementsB());
        if (epilogue.bias() != null) {
            epilogue.bias().require("gemm", "bias", shape.N());
        }
        if (epilogue.residual() != null) {
            epilogue.residual().require("gemm", "residual", (shape.M() - 1) * epilogue.residualStride() + shape.N());
        }
        if (Tier.vectors() && vectorizes(c, a, b, shape, epilogue)) {
            scratch.require("gemm", "scratch", scratch());
            if (Tier.machine()) {
                MachineGemm.block(c, a, b, shape, epilogue, scratch, m0, m1, n0, n1);
                return;
            }
            Vectorized.block(c, a, b, shape, epilogue, scratch, m0, m1, n0, n1);
        } else {
            reference(c, a, b, shape, epilogue, m0, m1, n0, n1);
        }
    }

    /// The same with B packed before; A, C, bias and residual in f32, and a residual not in C's own memory.
    public static void block(
            Span c,
            Span a,
            PackedMatrix b,
            GemmShape shape,
            Epilogue epilogue,
            Span scratch,
            int m0,
            int m1,
            int n0,
            int n1) {
        java.util.Objects.checkFromToIndex(m0, m1, shape.M());
        java.util.Objects.checkFromToIndex(n0, n1, shape.N());
        if (shape.N() != b.N() || shape.K() != b.K()) {
            throw new IllegalArgumentException("[gemm] packed b is (k=%d, n=%d); expected (k=%d, n=%d)"
                    .formatted(b.K(), b.N(), shape.K(), shape.N()));
        }
        c.require("gemm", "c", shape.elementsC());
        a.require("gemm", "a", shape.elementsA());
        scratch.require("gemm", "scratch", scratch());
        c.requireType("gemm", "c", DType.F32);
        a.requireType("gemm", "a", DType.F32);
        MachineGemm.block(c, a, b, shape, epilogue, scratch, m0, m1, n0, n1);
    }

    private static boolean vectorizes(Span c, Span a, Span b, GemmShape shape, Epilogue epilogue) {
        // A residual in C's own memory would be lost under partial sums: it has to start the chains
        // instead.
        boolean overwritten = epilogue.residual() != null && epilogue.residual().address() == c.address();
        return c.dtype() == DType.F32
                && (!overwritten || inPlace(c, shape, epilogue))
                && narrow(a.dtype())
                && narrow(b.dtype())
                && (epilogue.bias() == null || epilogue.bias().dtype() == DType.F32)
                && (epilogue.residual() == null || epilogue.residual().dtype() == DType.F32);
    }

    /// Whether adding the residual is the same as continuing from C.
    static boolean inPlace(Span c, GemmShape shape, Epilogue epilogue) {
        return epilogue.residual() != null
                && epilogue.residual().address() == c.address()
                && epilogue.residualStride() == shape.ldc()
                && epilogue.activation() == Activation.IDENTITY
                && !shape.accumulate();
    }

    private static boolean narrow(DType type) {
        return type == DType.F32 || type == DType.BF16 || type == DType.F16;
    }

    /// Scalar reference, summing in f64: the specification, for every type.
    static void reference(Span c, Span a, Span b, GemmShape shape, Epilogue epilogue, int m0, int m1, int n0, int n1) {
        long mA = shape.transA() ? 1 : shape.lda();
        long kA = shape.transA() ? shape.lda() : 1;
        long kB = shape.transB() ? 1 : shape.ldb();
        long nB = shape.transB() ? shape.ldb() : 1;
        for (int m = m0; m < m1; m++) {
            for (int n = n0; n < n1; n++) {
                long at = c.address(m * shape.ldc() + n);
                double sum = shape.accumulate() ? c.dtype().get(at) : 0;
                for (int k = 0; k < shape.K(); k++) {
                    sum += a.dtype().get(a.address(m * mA + k * kA)) * b.dtype().get(b.address(k * kB + n * nB));
                }
                finish(c, m * shape.ldc() + n, sum, epilogue, m, n);
            }
        }
    }

    /// The epilogue of one element, for the reference tier and for kernels that sum an element at a time; nothing is
    /// checked.
    public static void finish(Span c, long at, double sum, Epilogue epilogue, int m, int n) {
        double value = epilogue.bias() == null ? sum : sum + epilogue.bias().get(n);
        // The residual is read before C is written, because it may be C's own memory.
        double residual = epilogue.residual() == null ? 0 : epilogue.residual().get(m * epilogue.residualStride() + n);
        if (epilogue.activation() != Activation.IDENTITY) {
            c.set(at, value);
            ActivationKernel.forward(c, c, epilogue.activation(), at, at + 1);
            value = c.get(at);
        }
        c.set(at, value + residual);
    }

    /// Packed blocks and register tiles. Nested, so that the outer class loads without the incubator
    /// module.
    static final class Vectorized {
        private static final int MR = TileLanes.ROWS;
        private static final int NR = TileLanes.COLUMNS;

        private Vectorized() {}

        static void block(
                Span c, Span a, Span b, GemmShape s, Epilogue epilogue, Span scratch, int m0, int m1, int n0, int n1) {
            // Between packing and multiplying the edge tile is free: the packing of narrow types uses
            // it.
            long edge = scratch.address() + TILE_BYTES;
            long packedA = edge + TILE_BYTES;
            long packedB = packedA + 4L * MC * KC;
            Memory.ALL.asSlice(scratch.address(), TILE_BYTES).fill((byte) 0);
            boolean continues = s.accumulate() || inPlace(c, s, epilogue);
            long mA = s.transA() ? 1 : s.lda();
            long kA = s.transA() ? s.lda() : 1;
            long kB = s.transB() ? 1 : s.ldb();
            long nB = s.transB() ? s.ldb() : 1;
            for (int n = n0; n < n1; n += NC) {
                int columns = Math.min(NC, n1 - n);
                // The first pass runs even where K is 0: it writes the empty sum.
                for (int k = 0; k == 0 || k < s.K(); k += KC) {
                    int depth = Math.min(KC, s.K() - k);
                    GemmPacking.pack(packedB, b.address(k * kB + n * nB), b.dtype(), nB, kB, columns, depth, NR, edge);
                    for (int m = m0; m < m1; m += MC) {
                        int rows = Math.min(MC, m1 - m);
                        GemmPacking.pack(packedA, a.address(m * mA + k * kA), a.dtype(), mA, kA, rows, depth, MR, edge);
                        long at = c.address(m * s.ldc() + n);
                        multiply(at, 4 * s.ldc(), scratch.address(), rows, columns, depth, continues || k > 0);
                        if (k + KC >= s.K()) {
                            finish(c, s, epilogue, m, rows, n, columns);
                        }
                    }
                }
            }
        }

        /// Packed A times packed B into C, tile by tile. Scratch begins with a tile of zeros, then one
        /// for edges.
        private static void multiply(
                long c, long rowC, long scratch, int rows, int columns, int depth, boolean continues) {
            long edge = scratch + TILE_BYTES;
            long packedA = edge + TILE_BYTES;
            long packedB = packedA + 4L * MC * KC;
            for (int j = 0; j < columns; j += NR) {
                long panelB = packedB + 4L * j * depth;
                for (int i = 0; i < rows; i += MR) {
                    long panelA = packedA + 4L * i * depth;
                    long tile = c + i * rowC + 4L * j;
                    if (i + MR <= rows && j + NR <= columns) {
                        long from = continues ? tile : scratch;
                        long rowFrom = continues ? rowC : 0;
                        TileLanes.packed(tile, rowC, from, rowFrom, panelA, panelB, depth);
                    } else {
                        int tall = Math.min(MR, rows - i);
                        int wide = Math.min(NR, columns - j);
                        if (continues) {
                            copy(edge, 4 * NR, tile, rowC, tall, wide);
                        }
                        long from = continues ? edge : scratch;
                        TileLanes.packed(edge, 4 * NR, from, 4 * NR, panelA, panelB, depth);
                        copy(tile, rowC, edge, 4 * NR, tall, wide);
                    }
                }
            }
        }

        private static void copy(long to, long rowTo, long from, long rowFrom, int rows, int columns) {
            for (int i = 0; i < rows; i++) {
                int j = 0;
                for (; j + Simd.LANES <= columns; j += Simd.LANES) {
                    FloatVector.fromMemorySegment(Simd.F, Memory.ALL, from + i * rowFrom + 4L * j, Memory.ORDER)
                            .intoMemorySegment(Memory.ALL, to + i * rowTo + 4L * j, Memory.ORDER);
                }
                for (; j < columns; j++) {
                    Memory.f32(to + i * rowTo + 4L * j, Memory.f32(from + i * rowFrom + 4L * j));
                }
            }
        }

        /// The epilogue over finished rows, while they are in cache.
        private static void finish(Span c, GemmShape s, Epilogue epilogue, int m, int rows, int n, int columns) {
            Span residual = inPlace(c, s, epilogue) ? null : epilogue.residual();
            for (int i = m; i < m + rows; i++) {
                long first = i * s.ldc() + n;
                if (epilogue.bias() != null) {
                    Rows.add(c.address(first), c.address(first), epilogue.bias().address(n), columns);
                }
                if (epilogue.activation() != Activation.IDENTITY) {
                    ActivationKernel.forward(c, c, epilogue.activation(), first, first + columns);
                }
                if (residual != null) {
                    Rows.add(
                            c.address(first),
                            c.address(first),
                            residual.address(i * epilogue.residualStride() + n),
                            columns);
                }
            }
        }
    }
}
