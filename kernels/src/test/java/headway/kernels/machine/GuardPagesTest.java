package headway.kernels.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.activation.Activation;
import headway.kernels.activation.ActivationKernel;
import headway.kernels.activation.GatedActivationKernel;
import headway.kernels.attention.AttentionShape;
import headway.kernels.attention.FlashAttention;
import headway.kernels.attention.Heads;
import headway.kernels.attention.Visibility;
import headway.kernels.convert.ConvertKernel;
import headway.kernels.elementwise.ElementwiseKernel;
import headway.kernels.elementwise.ReduceKernel;
import headway.kernels.gemm.Epilogue;
import headway.kernels.gemm.GemmKernel;
import headway.kernels.gemm.GemmShape;
import headway.kernels.gemm.MatVecKernel;
import headway.kernels.gemm.PackedMatrix;
import headway.kernels.norm.LayerNormKernel;
import headway.kernels.norm.RmsNormKernel;
import headway.kernels.optimizer.AdamWKernel;
import headway.kernels.optimizer.AdamWStep;
import headway.kernels.quantized.BlockSpan;
import headway.kernels.quantized.BlockType;
import headway.kernels.quantized.ByteActivations;
import headway.kernels.quantized.QuantizedGemmKernel;
import headway.kernels.quantized.QuantizedMatVecKernel;
import headway.kernels.rotary.RotaryKernel;
import headway.kernels.rotary.RotaryLayout;
import headway.kernels.rotary.RotaryShape;
import headway.kernels.scan.SelectiveScanKernel;
import headway.kernels.softmax.CrossEntropyKernel;
import headway.kernels.softmax.SoftmaxKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Every operand of every kernel lies against a page that must not be touched. A kernel that goes past an end does not
/// fail a comparison here: it ends the process.
class GuardPagesTest {
    private static final int[] EDGES = {1, 2, 5, 6, 7, 15, 16, 17, 31, 33, 63, 64, 65, 130};

    private final SplittableRandom random = new SplittableRandom(3);

    @BeforeEach
    void linux() {
        assumeTrue(System.getProperty("os.name").startsWith("Linux"), "guard pages are laid with Linux' mmap");
    }

    @ParameterizedTest
    @CsvSource({"F32, F32", "BF16, BF16", "F32, BF16", "F16, F32", "BF16, F32"})
    void products(DType typeA, DType typeB) {
        for (int transposition = 0; transposition < 4; transposition++) {
            for (boolean atEnd : new boolean[] {true, false}) {
                for (int size : EDGES) {
                    product(
                            GemmShape.of(size, 33, 17, (transposition & 1) != 0, transposition > 1),
                            typeA,
                            typeB,
                            atEnd);
                    product(
                            GemmShape.of(7, size, 18, (transposition & 1) != 0, transposition > 1),
                            typeA,
                            typeB,
                            atEnd);
                    product(
                            GemmShape.of(13, 65, size, (transposition & 1) != 0, transposition > 1),
                            typeA,
                            typeB,
                            atEnd);
                }
            }
        }
    }

    private void product(GemmShape s, DType typeA, DType typeB, boolean atEnd) {
        try (Arena arena = Arena.ofConfined()) {
            Span a = filled(arena, typeA, (long) s.M() * s.K(), atEnd);
            Span b = filled(arena, typeB, (long) s.K() * s.N(), atEnd);
            Span c = filled(arena, DType.F32, (long) s.M() * s.N(), atEnd);
            Span bias = filled(arena, DType.F32, s.N(), atEnd);
            Span residual = filled(arena, DType.F32, (long) s.M() * s.N(), atEnd);
            Span scratch = GuardedMemory.allocate(arena, DType.F32, GemmKernel.scratch(), atEnd);
            var epilogue = new Epilogue(bias, Activation.IDENTITY, residual, s.N());
            GemmKernel.block(c, a, b, s.rounding(true), epilogue, scratch, 0, s.M(), 0, s.N());
            assertThat(c.get(0)).isFinite();
        }
    }

    @Test
    void packed() {
        for (DType type : new DType[] {DType.F32, DType.BF16}) {
            assumeTrue(PackedMatrix.fits(type, true));
            for (boolean atEnd : new boolean[] {true, false}) {
                for (int size : EDGES) {
                    packed(GemmShape.of(size, 33, 17, false, size % 2 == 0), type, atEnd);
                    packed(GemmShape.of(7, size, 18, false, size % 2 == 0), type, atEnd);
                    packed(GemmShape.of(13, 65, size, false, size % 2 == 0), type, atEnd);
                }
            }
        }
    }

    /// A matrix that is packed in two parts and multiplied: as many bytes as it says, at a page.
    private void packed(GemmShape shape, DType type, boolean atEnd) {
        GemmShape s = shape.rounding(true);
        try (Arena arena = Arena.ofConfined()) {
            Span a = filled(arena, DType.F32, (long) s.M() * s.K(), atEnd);
            Span b = filled(arena, type, (long) s.K() * s.N(), atEnd);
            Span c = filled(arena, DType.F32, (long) s.M() * s.N(), atEnd);
            Span scratch = GuardedMemory.allocate(arena, DType.F32, GemmKernel.scratch(), atEnd);
            PackedMatrix made = PackedMatrix.allocate(arena, type, true, s.N(), s.K());
            Span memory = GuardedMemory.allocate(
                    arena, DType.F32, made.memory().segment().byteSize() / 4, atEnd);
            var packed = new PackedMatrix(memory, s.N(), s.K(), made.pairs());
            int middle = s.N() / 128 * 64;
            packed.pack(b, s, scratch, 0, middle);
            packed.pack(b, s, scratch, middle, s.N());
            GemmKernel.block(c, a, packed, s, Epilogue.NONE, scratch, 0, s.M(), 0, s.N());
            Span want = Span.allocate(arena, DType.F32, (long) s.M() * s.N());
            GemmKernel.block(want, a, b, s, Epilogue.NONE, scratch, 0, s.M(), 0, s.N());
            assertThat(c.segment().mismatch(want.segment())).as("%s", s).isEqualTo(-1);
        }
    }

    @Test
    void rows() {
        for (DType type : new DType[] {DType.F32, DType.BF16, DType.F16}) {
            for (int M = 1; M <= MatVecKernel.MAX_ROWS; M++) {
                for (int K : EDGES) {
                    for (boolean atEnd : new boolean[] {true, false}) {
                        try (Arena arena = Arena.ofConfined()) {
                            int N = 5;
                            Span x = filled(arena, DType.F32, (long) M * K, atEnd);
                            Span w = filled(arena, type, (long) N * K, atEnd);
                            Span y = filled(arena, DType.F32, (long) M * N, atEnd);
                            Span bias = filled(arena, DType.F32, N, atEnd);
                            MatVecKernel.run(y, x, w, M, N, K, Epilogue.bias(bias), 0, N);
                            assertThat(y.get(0)).isFinite();
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void quantizedRows(BlockType type) {
        for (int M : new int[] {1, 4, 5, 8, 13}) {
            int N = M == 1 || M == 8 ? 3 : 33;
            int K = (M == 1 ? 9 : 2) * type.size();
            for (boolean atEnd : new boolean[] {true, false}) {
                try (Arena arena = Arena.ofConfined()) {
                    Span bytes = GuardedMemory.allocate(arena, DType.U8, N * type.bytes(K), atEnd);
                    Span x = filled(arena, DType.F32, (long) M * K, atEnd);
                    Span y = filled(arena, DType.F32, (long) M * N, atEnd);
                    Span bias = filled(arena, DType.F32, N, atEnd);
                    Span scratch = GuardedMemory.allocate(arena, DType.F32, QuantizedMatVecKernel.scratch(K), atEnd);
                    var epilogue = new Epilogue(bias, Activation.IDENTITY, null, 0);
                    var w = new BlockSpan(bytes.segment(), type);
                    Span shared = GuardedMemory.allocate(
                            arena, DType.F32, Math.max(1, ByteActivations.shared(type, M, K)), atEnd);
                    ByteActivations.prepare(shared, x, type, M, 0, M, K);
                    for (Span form : M > MatVecKernel.MAX_ROWS ? new Span[0] : new Span[] {shared, null}) {
                        QuantizedMatVecKernel.run(y, x, form, w, M, N, K, epilogue, scratch, 0, N);
                        // All bits 0 are the value 0 in most types: what is left is the bias.
                        assertThat(y.get(0)).isFinite();
                    }
                    Span values = GuardedMemory.allocate(arena, DType.F32, (long) N * K, atEnd);
                    w.dequantize(values, 0, K, 0, N);
                    Span many = GuardedMemory.allocate(arena, DType.F32, QuantizedGemmKernel.scratch(N, K), atEnd);
                    QuantizedGemmKernel.run(y, x, shared, w, M, N, K, epilogue, many, 0, N);
                    assertThat(y.get(0)).isFinite();
                }
            }
        }
    }

    @Test
    void scans() {
        for (int C : new int[] {1, 8, 9, 33}) {
            for (int N : new int[] {1, 5, 16}) {
                for (boolean atEnd : new boolean[] {true, false}) {
                    try (Arena arena = Arena.ofConfined()) {
                        var s = new SelectiveScanKernel.Sizes(2, 70, C, N);
                        var x = scan(arena, s, 1, atEnd);
                        var g = scan(arena, s, s.B(), atEnd);
                        Span y = filled(arena, DType.F32, x.u().count(), atEnd);
                        Span state = filled(arena, DType.F32, (long) s.B() * C * N, atEnd);
                        Span few = GuardedMemory.allocate(
                                arena, DType.F32, Math.max(1, SelectiveScanKernel.scratch(s)), atEnd);
                        SelectiveScanKernel.forward(y, x, state, few, s, 0, 2 * C);
                        Span more = GuardedMemory.allocate(
                                arena, DType.F32, Math.max(1, SelectiveScanKernel.backwardScratch(s)), atEnd);
                        SelectiveScanKernel.backward(g, y, x, more, s, 0, 2);
                        assertThat(g.d().get(0)).isFinite();
                    }
                }
            }
        }
    }

    /// Operands of a scan, or gradients of them, with `entries` times those of parameters.
    private SelectiveScanKernel.Operands scan(Arena arena, SelectiveScanKernel.Sizes s, int entries, boolean atEnd) {
        long tokens = (long) s.B() * s.T();
        return new SelectiveScanKernel.Operands(
                filled(arena, DType.F32, tokens * s.C(), atEnd),
                filled(arena, DType.F32, tokens * s.C(), atEnd),
                filled(arena, DType.F32, (long) entries * s.C() * s.N(), atEnd),
                filled(arena, DType.F32, tokens * s.N(), atEnd),
                filled(arena, DType.F32, tokens * s.N(), atEnd),
                filled(arena, DType.F32, (long) entries * s.C(), atEnd));
    }

    @ParameterizedTest
    @EnumSource
    void activations(Activation f) {
        for (int count : EDGES) {
            for (boolean atEnd : new boolean[] {true, false}) {
                try (Arena arena = Arena.ofConfined()) {
                    Span x = filled(arena, DType.F32, count, atEnd);
                    Span y = filled(arena, DType.F32, count, atEnd);
                    Span dx = filled(arena, DType.F32, count, atEnd);
                    Span dup = filled(arena, DType.F32, count, atEnd);
                    ActivationKernel.forward(y, x, f, 0, count);
                    ActivationKernel.backward(dx, x, y, f, true, 0, count);
                    GatedActivationKernel.forward(y, x, count, dx, count, f, count, 0, 1);
                    GatedActivationKernel.backward(dx, dup, x, count, y, count, y, f, true, count, 0, 1);
                    assertThat(dx.get(count - 1)).isFinite();
                }
            }
        }
    }

    @Test
    void rowKernels() {
        for (int C : EDGES) {
            for (boolean atEnd : new boolean[] {true, false}) {
                try (Arena arena = Arena.ofConfined()) {
                    softmax(arena, C, atEnd);
                    norms(arena, C, atEnd);
                    elements(arena, C, atEnd);
                    rotary(arena, C, atEnd);
                }
            }
        }
    }

    private void softmax(Arena arena, int C, boolean atEnd) {
        Span x = filled(arena, DType.F32, 2L * C, atEnd);
        Span y = filled(arena, DType.F32, 2L * C, atEnd);
        Span dx = filled(arena, DType.F32, 2L * C, atEnd);
        SoftmaxKernel.forward(y, x, C, 0, 2);
        SoftmaxKernel.backward(dx, y, x, true, C, 0, 2);
        SoftmaxKernel.logForward(y, x, C, 0, 2);
        SoftmaxKernel.logBackward(dx, y, x, true, C, 0, 2);
        assertThat(dx.get(2L * C - 1)).isFinite();
        Span loss = filled(arena, DType.F32, 2, atEnd);
        Span lse = filled(arena, DType.F32, 2, atEnd);
        Span labels = GuardedMemory.allocate(arena, DType.I32, 2, atEnd);
        CrossEntropyKernel.forward(loss, lse, x, labels, -100, C, 0, 2);
        CrossEntropyKernel.backward(dx, x, lse, labels, -100, 1, C, 0, 2);
        assertThat(dx.get(2L * C - 1)).isFinite();
    }

    private void norms(Arena arena, int C, boolean atEnd) {
        Span x = filled(arena, DType.F32, 2L * C, atEnd);
        Span y = filled(arena, DType.F32, 2L * C, atEnd);
        Span w = filled(arena, DType.F32, C, atEnd);
        Span b = filled(arena, DType.F32, C, atEnd);
        Span both = filled(arena, DType.F32, 2L * C, atEnd);
        Span one = filled(arena, DType.F32, C, atEnd);
        LayerNormKernel.forward(y, x, w, b, 1e-5, C, 0, 2);
        LayerNormKernel.backward(y, both, x, w, x, 1e-5, true, C, 0, 2);
        RmsNormKernel.forward(y, x, w, 1, 1e-5, C, 0, 2);
        RmsNormKernel.backward(y, one, x, w, x, 1, 1e-5, true, C, 0, 2);
        assertThat(y.get(2L * C - 1)).isFinite();
    }

    private void elements(Arena arena, int count, boolean atEnd) {
        Span w = filled(arena, DType.F32, count, atEnd);
        Span g = filled(arena, DType.F32, count, atEnd);
        Span m = filled(arena, DType.F32, count, atEnd);
        Span v = filled(arena, DType.F32, count, atEnd);
        ElementwiseKernel.fill(v, 1, 0, count);
        AdamWKernel.step(w, g, m, v, new AdamWStep(1e-3, 0.9, 0.99, 1e-8, 0.1, 1, 1), 0, count);
        for (DType type : new DType[] {DType.BF16, DType.F16}) {
            Span narrow = filled(arena, type, count, atEnd);
            ConvertKernel.run(narrow, w, 0, count);
            ConvertKernel.run(w, narrow, 0, count);
        }
        assertThat(ReduceKernel.sumSquares(w, 0, count)).isFinite();
        ElementwiseKernel.add(w, g, m, 0, count);
        ElementwiseKernel.multiply(w, w, g, 0, count);
        ElementwiseKernel.multiplyAdd(w, g, m, 0, count);
        ElementwiseKernel.scale(w, w, 0.5, 0, count);
        ElementwiseKernel.axpy(w, g, 0.5, 0, count);
        Span rows = filled(arena, DType.F32, 3L * count, atEnd);
        ReduceKernel.columnSum(w, rows, count, 3, true, 0, count);
        assertThat(w.get(count - 1)).isFinite();
    }

    private void rotary(Arena arena, int half, boolean atEnd) {
        Span x = filled(arena, DType.F32, 4L * half, atEnd);
        Span y = filled(arena, DType.F32, 4L * half, atEnd);
        Span cos = filled(arena, DType.F32, half, atEnd);
        Span sin = filled(arena, DType.F32, half, atEnd);
        Span positions = GuardedMemory.allocate(arena, DType.I32, 1, atEnd);
        var shape = new RotaryShape(1, 2, 2 * half, 2 * half);
        for (RotaryLayout layout : RotaryLayout.values()) {
            Heads to = Heads.rows(y, 1, 2, 2 * half);
            Heads from = Heads.rows(x, 1, 2, 2 * half);
            RotaryKernel.apply(to, from, cos, sin, positions, layout, shape, false, true, 0, 1);
        }
        assertThat(y.get(4L * half - 1)).isFinite();
    }

    @Test
    void attention() {
        for (int T : new int[] {4, 17, 64, 65}) {
            for (int Dh : new int[] {8, 20, 64}) {
                for (boolean atEnd : new boolean[] {true, false}) {
                    try (Arena arena = Arena.ofConfined()) {
                        attention(arena, new AttentionShape(1, 2, 1, T, T, Dh, Dh, 0.3), atEnd);
                        attention(arena, new AttentionShape(1, 2, 1, T, T, Dh, Dh, 0.3).rounding(true), atEnd);
                    }
                }
            }
        }
    }

    @Test
    void attentionOfFewQueries() {
        int[][] heads = {{1, 1}, {2, 1}, {5, 1}, {4, 2}};
        for (int[] h : heads) {
            for (int S : new int[] {1, 3, 4, 6, 127, 128, 129, 131}) {
                for (int Dh : new int[] {1, 8, 20, 64, 80}) {
                    for (boolean atEnd : new boolean[] {true, false}) {
                        try (Arena arena = Arena.ofConfined()) {
                            attention(arena, new AttentionShape(1, h[0], h[1], 1, S, Dh, Dh, 0.3), atEnd);
                            narrow(arena, new AttentionShape(1, h[0], h[1], 1, S, Dh, Dh, 0.3), atEnd);
                        }
                    }
                }
            }
        }
    }

    private void attention(Arena arena, AttentionShape s, boolean atEnd) {
        Heads q = heads(arena, s.T(), s.H(), s.Dh(), atEnd);
        Heads k = heads(arena, s.S(), s.Hkv(), s.Dh(), atEnd);
        Heads v = heads(arena, s.S(), s.Hkv(), s.Dv(), atEnd);
        Heads o = heads(arena, s.T(), s.H(), s.Dv(), atEnd);
        Span lse = GuardedMemory.allocate(arena, DType.F32, (long) s.H() * s.T(), atEnd);
        Span scratch = GuardedMemory.allocate(arena, DType.F32, FlashAttention.forwardScratch(s), atEnd);
        Visibility see = new Visibility(true, 0, 0, 0, null);
        FlashAttention.forward(o, lse, q, k, v, s, see, scratch, 0, FlashAttention.forwardUnits(s));
        Span more = GuardedMemory.allocate(arena, DType.F32, FlashAttention.backwardScratch(s), atEnd);
        Heads dq = heads(arena, s.T(), s.H(), s.Dh(), atEnd);
        Heads dk = heads(arena, s.S(), s.Hkv(), s.Dh(), atEnd);
        Heads dv = heads(arena, s.S(), s.Hkv(), s.Dv(), atEnd);
        FlashAttention.backward(dq, dk, dv, q, k, v, o, o, lse, s, see, more, 0, FlashAttention.backwardUnits(s));
        assertThat(lse.get(0)).isFinite();
    }

    /// Keys and values of sixteen bits.
    private void narrow(Arena arena, AttentionShape s, boolean atEnd) {
        Heads q = heads(arena, s.T(), s.H(), s.Dh(), atEnd);
        Heads o = heads(arena, s.T(), s.H(), s.Dv(), atEnd);
        Span keys = filled(arena, DType.F16, (long) s.S() * s.Hkv() * s.Dh(), atEnd);
        Span values = filled(arena, DType.F16, (long) s.S() * s.Hkv() * s.Dv(), atEnd);
        Heads k = Heads.rows(keys, s.S(), s.Hkv(), s.Dh());
        Heads v = Heads.rows(values, s.S(), s.Hkv(), s.Dv());
        Span scratch = GuardedMemory.allocate(arena, DType.F32, FlashAttention.forwardScratch(s), atEnd);
        Visibility see = new Visibility(true, s.S() - 1, 0, 0, null);
        FlashAttention.forward(o, null, q, k, v, s, see, scratch, 0, FlashAttention.forwardUnits(s));
        assertThat(o.span().get(0)).isFinite();
    }

    private Heads heads(Arena arena, int rows, int heads, int width, boolean atEnd) {
        return Heads.rows(filled(arena, DType.F32, (long) rows * heads * width, atEnd), rows, heads, width);
    }

    private Span filled(Arena arena, DType type, long count, boolean atEnd) {
        Span span = GuardedMemory.allocate(arena, type, count, atEnd);
        for (long i = 0; i < count; i++) {
            span.set(i, random.nextDouble(-1, 1));
        }
        return span;
    }

    /// The check of registers finds a kernel that leaves one changed.
    @Test
    void aKernelThatKeepsARegisterIsFound() {
        assumeTrue(CheckedCall.WANTED, "runs with -Dheadway.machine.check=true");
        var bad = new Assembler();
        bad.mov(Gp.R13, 5);
        bad.ret();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment code = ExecutableMemory.install(bad.finish(), arena);
            assertThatThrownBy(() -> Machine.call(code, 0, 0, 0, 0, 0, 0, 0, 0))
                    .hasMessageStartingWith("[machine code] a kernel changed registers of its caller: bits 1000 of");
        }
    }
}
