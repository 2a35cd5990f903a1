package headway.kernels.optimizer;

import headway.kernels.Memory;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;
import headway.kernels.simd.Tail;

/// [AdamWKernel] in machine code. Loaded only where machine code runs.
final class MachineAdamW {
    /// Elements of a call: some tens of microseconds.
    private static final long PIECE = 1 << 16;

    private static final CodeTable CODE = new CodeTable(1, (a, _) -> AdamWCode.write(a, Machine.level()));

    private MachineAdamW() {}

    static void step(long w, long g, long m, long v, AdamWStep step, long n) {
        long factors = Tail.slots();
        Memory.f32(factors, (float) step.gradScale());
        Memory.f32(factors + 4, (float) (1 - step.beta1()));
        Memory.f32(factors + 8, (float) step.beta2());
        Memory.f32(factors + 12, (float) (1 - step.beta2()));
        Memory.f32(factors + 16, (float) (1 - step.learningRate() * step.weightDecay()));
        Memory.f32(factors + 20, (float) -step.stepSize());
        Memory.f32(factors + 24, (float) step.rootOfCorrection2());
        Memory.f32(factors + 28, (float) step.eps());
        for (long i = 0; i < n; i += PIECE) {
            Machine.call(CODE.of(0), w + 4 * i, g + 4 * i, m + 4 * i, v + 4 * i, Math.min(PIECE, n - i), factors, 0, 0);
        }
    }
}
