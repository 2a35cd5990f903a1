package headway.kernels.gemm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import headway.kernels.DType;
import headway.kernels.Span;
import headway.kernels.Tier;
import headway.kernels.activation.Activation;
import headway.kernels.machine.GuardedMemory;
import headway.kernels.machine.Level;
import headway.kernels.machine.Machine;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Products of bf16 at the edges of tiles (sixteen rows, sixteen columns, 32 along k), every operand against a page
/// that must not be touched. `testkit/proofs/amx.sh` runs this where there are no tiles.
class TileProductTest {
    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void everyEdge() {
        assumeTrue(Tier.machine() && System.getProperty("os.name").startsWith("Linux"));
        for (int M : new int[] {1, 15, 16, 17, 31, 32, 33, 50}) {
            for (int N : new int[] {1, 16, 17, 33, 63, 64, 65}) {
                check(GemmShape.of(M, N, 37 + M % 2, false, N % 2 == 0), DType.BF16, true, N % 3 > 0);
            }
        }
        for (int K : new int[] {1, 2, 31, 32, 33, 62, 64, 65, 66, 512, 514, 577, 1056, 2050, 2100}) {
            check(GemmShape.of(18, 40, K, false, K % 2 == 0), DType.BF16, true, K % 4 > 1);
            check(GemmShape.of(33, 20, K, K % 4 > 1, true), DType.F32, true, false);
        }
        // Sums that go on from C, no bias, no residual; rows at a distance that is copied.
        check(GemmShape.of(34, 70, 96, false, true).accumulating(), DType.BF16, false, true);
        check(GemmShape.of(20, 48, 512, false, true), DType.BF16, false, true);
        check(GemmShape.of(200, 18, 34, true, false), DType.BF16, false, false);
    }

    /// Rows of A that end with a page, and rows that begin with one.
    private void check(GemmShape shape, DType typeA, boolean more, boolean atEnd) {
        GemmShape s = shape.rounding(true);
        try (Arena arena = Arena.ofConfined()) {
            Span a = filled(arena, typeA, (long) s.M() * s.K(), atEnd);
            Span b = filled(arena, DType.BF16, (long) s.K() * s.N(), atEnd);
            Span c = filled(arena, DType.F32, (long) s.M() * s.N(), atEnd);
            Span bias = more ? filled(arena, DType.F32, s.N(), atEnd) : null;
            Span residual = more ? filled(arena, DType.F32, (long) s.M() * s.N(), atEnd) : null;
            var epilogue = new Epilogue(bias, Activation.IDENTITY, residual, more ? s.N() : 0);
            boolean rounded = Machine.level().has(Level.AVX512BF16);
            Span x = Span.allocate(arena, DType.F64, (long) s.M() * s.K());
            Span want = Span.allocate(arena, DType.F64, (long) s.M() * s.N());
            Span magnitude = Span.allocate(arena, DType.F64, (long) s.M() * s.N());
            for (long i = 0; i < (long) s.M() * s.K(); i++) {
                x.set(i, rounded ? rounded(arena, a.get(i)) : a.get(i));
            }
            for (long i = 0; i < (long) s.M() * s.N(); i++) {
                want.set(i, c.get(i));
                magnitude.set(i, Math.abs(c.get(i)));
            }
            GemmKernel.reference(want, x, b, s, epilogue, 0, s.M(), 0, s.N());
            // Sums of magnitudes, for the bound.
            Span xs = magnitudes(arena, x, (long) s.M() * s.K());
            Span bs = magnitudes(arena, b, (long) s.K() * s.N());
            GemmKernel.reference(magnitude, xs, bs, s, Epilogue.NONE, 0, s.M(), 0, s.N());
            Span scratch = GuardedMemory.allocate(arena, DType.F32, GemmKernel.scratch(), atEnd);
            GemmKernel.block(c, a, b, s, epilogue, scratch, 0, s.M(), 0, s.N());
            for (long i = 0; i < (long) s.M() * s.N(); i++) {
                double bound = (s.K() + 3) * 0x1p-24 * (magnitude.get(i) + 2);
                assertThat(Math.abs(c.get(i) - want.get(i)))
                        .as("%s, element (%d, %d)", s, i / s.N(), i % s.N())
                        .isLessThanOrEqualTo(bound);
            }
        }
    }

    private static Span magnitudes(Arena arena, Span of, long count) {
        Span result = Span.allocate(arena, DType.F64, count);
        for (long i = 0; i < count; i++) {
            result.set(i, Math.abs(of.get(i)));
        }
        return result;
    }

    private static double rounded(Arena arena, double value) {
        Span one = Span.allocate(arena, DType.BF16, 1);
        one.set(0, value);
        return one.get(0);
    }

    private Span filled(Arena arena, DType type, long count, boolean atEnd) {
        Span span = GuardedMemory.allocate(arena, type, count, atEnd);
        for (long i = 0; i < count; i++) {
            span.set(i, random.nextDouble(-1, 1));
        }
        return span;
    }
}
