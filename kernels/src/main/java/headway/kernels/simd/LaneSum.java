package headway.kernels.simd;

import static headway.kernels.simd.Simd.F;
import static headway.kernels.simd.Simd.LANES;

import headway.kernels.Memory;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/// Sum of the lanes in a fixed order, halves onto halves, without leaving the registers.
///
/// `reduceLanes` leaves the order open, and interpreter and compiler may differ in it.
public final class LaneSum {
    // Public for the one caller that must write the sum out itself.
    public static final VectorShuffle<Float> BY_8 = rotation(8);
    public static final VectorShuffle<Float> BY_4 = rotation(4);
    public static final VectorShuffle<Float> BY_2 = rotation(2);
    public static final VectorShuffle<Float> BY_1 = rotation(1);

    private LaneSum() {}

    public static float of(FloatVector v) {
        FloatVector sum = v;
        if (LANES >= 16) {
            sum = sum.add(sum.rearrange(BY_8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(BY_4));
        }
        sum = sum.add(sum.rearrange(BY_2));
        return sum.add(sum.rearrange(BY_1)).lane(0);
    }

    /// The same of the vector at `address`: for callers so large that nothing more is inlined into
    /// them.
    public static float at(long address) {
        return of(FloatVector.fromMemorySegment(Simd.F, Memory.ALL, address, Memory.ORDER));
    }

    private static VectorShuffle<Float> rotation(int by) {
        return VectorShuffle.fromOp(F, lane -> (lane + by) % LANES);
    }
}
