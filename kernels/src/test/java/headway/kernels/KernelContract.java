package headway.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;

/// What tests of all kernels share: sizes around lane counts, operands that start off a vector's
/// boundary, guard zones around memory, comparison of two results, finite differences.
public abstract class KernelContract {
    protected KernelContract() {}

    /// Surefire also runs all tests with narrower vectors than the machine's; a width that it lacks
    /// would run in the Vector API's Java fallback, which proves nothing about the machine and takes
    /// minutes.
    @BeforeAll
    static void skipWidthsThatTheMachineLacks() {
        int bits = Integer.getInteger("headway.vector.bits", 0);
        if (Tier.current() == Tier.VECTOR && bits != 0) {
            int widest = jdk.incubator.vector.VectorShape.preferredShape().vectorBitSize();
            assumeTrue(
                    bits <= widest,
                    "skipped: headway.vector.bits=%d, but this machine's vectors have %d".formatted(bits, widest));
        }
    }

    /// Around every lane count (4, 8, 16), around powers of two, and long enough for unrolled loops.
    public static final int[] SIZES = {0, 1, 2, 3, 5, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 255, 1023};

    /// Elements by which operands miss a vector's alignment.
    public static final int[] OFFSETS = {0, 1, 3};

    /// One unit in the last place of a number near 1: the relative spacing of `float`.
    public static final double EPS = Math.ulp(1f);

    private static final int GUARD = 64;
    private static final byte PATTERN = 0x5A;

    /// Memory between two guard zones.
    public record Guarded(Span span, MemorySegment whole) {
        /// Fails where a kernel wrote outside of `span`.
        public void check(String what) {
            long before = span.address() - whole.address();
            long after = before + span.segment().byteSize();
            for (long i = 0; i < whole.byteSize(); i++) {
                if ((i < before || i >= after) && Memory.i8(whole.address() + i) != PATTERN) {
                    throw new AssertionError(
                            "%s: byte %d relative to the operand was overwritten".formatted(what, i - before));
                }
            }
        }
    }

    /// One size and offset of a contract.
    @FunctionalInterface
    public interface Case {
        void run(int size, int offset, String what);
    }

    public static void everySize(Case c) {
        for (int size : SIZES) {
            for (int offset : OFFSETS) {
                c.run(size, offset, "size %d, offset %d".formatted(size, offset));
            }
        }
    }

    public static Guarded guarded(DType type, long count, int offset) {
        MemorySegment whole = Arena.ofAuto().allocate((count + offset + 2 * GUARD) * type.bytes(), Span.ALIGNMENT);
        whole.fill(PATTERN);
        Span all = new Span(whole, type);
        return new Guarded(all.slice(GUARD + offset, count), whole);
    }

    public static Span span(DType type, long count, int offset) {
        return guarded(type, count, offset).span();
    }

    /// Reproducible numbers in `[low, high)`.
    public static Span random(DType type, long count, int offset, long seed, double low, double high) {
        Span span = span(type, count, offset);
        SplittableRandom random = new SplittableRandom(seed);
        for (long i = 0; i < count; i++) {
            span.set(i, random.nextDouble(low, high));
        }
        return span;
    }

    public static Span copy(Span span) {
        Span copy = span(span.dtype(), span.count(), 0);
        copy.segment().copyFrom(span.segment());
        return copy;
    }

    public static Span of(DType type, double... values) {
        Span span = span(type, values.length, 0);
        for (int i = 0; i < values.length; i++) {
            span.set(i, values[i]);
        }
        return span;
    }

    public static double[] values(Span span) {
        double[] values = new double[(int) span.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = span.get(i);
        }
        return values;
    }

    /// Equal within `absolute + relative·|expected|`; NaN equals NaN, infinities only themselves.
    public static void assertClose(Span actual, Span expected, double relative, double absolute, String what) {
        assertThat(actual.count()).as(what).isEqualTo(expected.count());
        for (long i = 0; i < actual.count(); i++) {
            double a = actual.get(i);
            double e = expected.get(i);
            boolean close = Double.compare(a, e) == 0 || Math.abs(a - e) <= absolute + relative * Math.abs(e);
            if (!close) {
                throw new AssertionError("%s: element %d is %s; expected %s ± %s"
                        .formatted(what, i, a, e, absolute + relative * Math.abs(e)));
            }
        }
    }

    public static void assertSameBits(Span actual, Span expected, String what) {
        assertThat(actual.segment().mismatch(expected.segment()))
                .as("%s: first differing byte", what)
                .isEqualTo(-1);
    }

    /// Checks `dx` = ∂(Σ dy·y)/∂x by central differences; all of F64, where the truncation error h²
    /// and the rounding error ε/h are both near 1e-10.
    public static void assertGradient(Span x, Span dx, Span y, Span dy, Runnable forward, String what) {
        double h = 1e-5;
        for (long i = 0; i < x.count(); i++) {
            double at = x.get(i);
            x.set(i, at + h);
            forward.run();
            double above = dot(y, dy);
            x.set(i, at - h);
            forward.run();
            double below = dot(y, dy);
            x.set(i, at);
            assertThat(dx.get(i))
                    .as("%s: gradient of element %d", what, i)
                    .isCloseTo((above - below) / (2 * h), org.assertj.core.data.Offset.offset(2e-8));
        }
        forward.run();
    }

    private static double dot(Span a, Span b) {
        double sum = 0;
        for (long i = 0; i < a.count(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }
}
