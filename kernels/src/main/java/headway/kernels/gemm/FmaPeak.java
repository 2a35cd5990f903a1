package headway.kernels.gemm;

import headway.kernels.Tier;
import headway.kernels.simd.Simd;
import jdk.incubator.vector.FloatVector;

/// What one core can do at most: chains of fused multiply-adds that touch no memory. The roof that products are held
/// against.
///
/// Cost: `2·12·lanes` FLOPs a round, no bytes. Twelve chains, because an addition takes about four cycles and two
/// start in each.
public final class FmaPeak {
    private FmaPeak() {}

    /// GFLOP/s of the calling thread over `rounds` rounds; a new process needs some calls until it is compiled.
    public static double gigaflops(int rounds) {
        return switch (Tier.current()) {
            case NATIVE -> MachinePeak.f32(rounds);
            case VECTOR -> Vectorized.run(rounds);
            case REFERENCE -> reference(rounds);
        };
    }

    static double reference(int rounds) {
        double a = 1, b = 1, c = 1, d = 1;
        long start = System.nanoTime();
        for (int i = 0; i < rounds; i++) {
            a = Math.fma(a, 0.999, 0.999);
            b = Math.fma(b, 0.999, 0.999);
            c = Math.fma(c, 0.999, 0.999);
            d = Math.fma(d, 0.999, 0.999);
        }
        return used(a + b + c + d, 8.0 * rounds, start);
    }

    private static double used(double result, double flops, long start) {
        double seconds = (System.nanoTime() - start) * 1e-9;
        // The result must be looked at, or the loop would be compiled away.
        return Double.isNaN(result) ? Double.NaN : flops / seconds * 1e-9;
    }

    /// Same on vector lanes. Nested, so that the outer class loads without the incubator module.
    private static final class Vectorized {
        static double run(int rounds) {
            FloatVector x = FloatVector.broadcast(Simd.F, 0.999f);
            FloatVector s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x, s8 = x, s9 = x, sa = x, sb = x;
            long start = System.nanoTime();
            for (int i = 0; i < rounds; i++) {
                s0 = s0.fma(x, x);
                s1 = s1.fma(x, x);
                s2 = s2.fma(x, x);
                s3 = s3.fma(x, x);
                s4 = s4.fma(x, x);
                s5 = s5.fma(x, x);
                s6 = s6.fma(x, x);
                s7 = s7.fma(x, x);
                s8 = s8.fma(x, x);
                s9 = s9.fma(x, x);
                sa = sa.fma(x, x);
                sb = sb.fma(x, x);
            }
            FloatVector all = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
            all = all.add(s6).add(s7).add(s8).add(s9).add(sa).add(sb);
            return used(all.lane(0), 24.0 * Simd.LANES * rounds, start);
        }
    }
}
