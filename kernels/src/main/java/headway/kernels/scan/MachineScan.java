package headway.kernels.scan;

import headway.kernels.DType;
import headway.kernels.Memory;
import headway.kernels.Span;
import headway.kernels.gemm.SideBySide;
import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;
import headway.kernels.scan.SelectiveScanKernel.Operands;
import headway.kernels.scan.SelectiveScanKernel.Sizes;
import java.util.stream.Stream;

/// [SelectiveScanKernel] in machine code. Loaded only where machine code runs.
final class MachineScan {
    private static final int LANES = Machine.level().lanes();
    private static final CodeTable CODE = new CodeTable(1, (a, _) -> ScanCode.write(a, Machine.level()));

    /// Tokens of one call: the garbage collector waits for it.
    private static final int TOKENS = 2048;

    private MachineScan() {}

    /// Elements of f32 that one thread needs.
    static long scratch(Sizes s) {
        return ScanCode.ARGUMENTS / 4 + LANES * (1L + 2L * s.N());
    }

    /// Whether machine code reads these: all of f32, apart from d.
    static boolean fits(Span y, Operands x, Span state, Sizes s) {
        return s.N() > 0
                && (state == null || state.dtype() == DType.F32)
                && Stream.of(y, x.u(), x.delta(), x.aLog(), x.b(), x.c()).allMatch(o -> o.dtype() == DType.F32);
    }

    static void forward(Span y, Operands x, Span state, Span scratch, Sizes s, int r0, int r1) {
        for (int r = r0; r < r1; ) {
            int count = Math.min(Math.min(LANES, r1 - r), s.C() - r % s.C());
            channels(y, x, state, scratch.address(), s, r, count);
            r += count;
        }
    }

    /// Channels that lie side by side.
    private static void channels(Span y, Operands x, Span state, long arguments, Sizes s, int r, int count) {
        int c = r % s.C();
        int N = s.N();
        long skips = arguments + ScanCode.ARGUMENTS;
        long decays = skips + 4L * LANES;
        long states = decays + 4L * LANES * N;
        for (int i = 0; i < LANES; i++) {
            Memory.f32(skips + 4L * i, i < count ? (float) x.d().get(c + i) : 0);
        }
        SideBySide.run(decays, 4L * LANES, x.aLog().address((long) c * N), 4L * N, count, N);
        if (state == null) {
            Memory.ALL.asSlice(states, 4L * LANES * N).fill((byte) 0);
        } else {
            SideBySide.run(states, 4L * LANES, state.address((long) r * N), 4L * N, count, N);
        }
        Memory.i64(arguments + ScanCode.CHANNELS, skips);
        Memory.i64(arguments + ScanCode.N, N);
        Memory.i64(arguments + ScanCode.STRIDE, 4L * s.C());
        Memory.i64(arguments + ScanCode.COUNT, count);
        long token = (long) (r / s.C()) * s.T();
        for (int t = 0; t < s.T(); t += TOKENS) {
            long at = (token + t) * s.C() + c;
            Memory.i64(arguments + ScanCode.Y, y.address(at));
            Memory.i64(arguments + ScanCode.U, x.u().address(at));
            Memory.i64(arguments + ScanCode.DELTA, x.delta().address(at));
            Memory.i64(arguments + ScanCode.B, x.b().address((token + t) * N));
            Memory.i64(arguments + ScanCode.C, x.c().address((token + t) * N));
            Memory.i64(arguments + ScanCode.T, Math.min(TOKENS, s.T() - t));
            Memory.i64(arguments + ScanCode.FIRST, t == 0 ? 1 : 0);
            Machine.call(CODE.of(0), arguments, 0, 0, 0, 0, 0, 0, 0);
        }
        for (int i = 0; state != null && i < count; i++) {
            for (int n = 0; n < N; n++) {
                Memory.f32(state.address((long) (r + i) * N + n), Memory.f32(states + 4L * (n * LANES + i)));
            }
        }
    }
}
