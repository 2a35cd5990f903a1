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

/// Gradients of [SelectiveScanKernel] in machine code. Loaded only where machine code runs.
///
/// States are kept where pieces of the tokens begin; each piece is walked forward once more before it is walked back,
/// so that its states and decays come from the cache.
final class MachineScanBackward {
    private static final int LANES = Machine.level().lanes();
    private static final CodeTable CODE = new CodeTable(2, (a, i) -> {
        if (i == 0) {
            ScanBackwardCode.writeForward(a, Machine.level());
        } else {
            ScanBackwardCode.writeBack(a, Machine.level());
        }
    });

    /// Tokens of a piece.
    private static final int PIECE = 64;

    private final Operands g;
    private final Span dy;
    private final Operands x;
    private final Sizes s;
    private final long arguments;
    private final long skips;
    private final long decays;
    private final long states;
    private final long powers;
    private final long steps;
    private final long begins;
    private final long sums;

    private MachineScanBackward(Operands g, Span dy, Operands x, Sizes s, Span scratch) {
        this.g = g;
        this.dy = dy;
        this.x = x;
        this.s = s;
        long row = row(s);
        this.arguments = scratch.address();
        this.skips = arguments + ScanBackwardCode.ARGUMENTS;
        this.decays = skips + 2 * 4L * LANES;
        this.states = decays + 3 * row;
        this.powers = states + (PIECE + 1) * row;
        this.steps = powers + PIECE * row;
        this.begins = steps + PIECE * 4L * LANES;
        this.sums = begins + pieces(s) * row;
    }

    private static long row(Sizes s) {
        return 4L * LANES * s.N();
    }

    private static int pieces(Sizes s) {
        return (s.T() + PIECE - 1) / PIECE;
    }

    /// Elements of f32 that one thread needs.
    static long scratch(Sizes s) {
        long rows = 3 + 2L * PIECE + 1 + pieces(s) + 2L * s.T();
        return ScanBackwardCode.ARGUMENTS / 4 + (2L + PIECE) * LANES + rows * row(s) / 4;
    }

    /// Whether machine code reads and writes these: all of f32, apart from d.
    static boolean fits(Operands g, Span dy, Operands x, Sizes s) {
        return MachineScan.fits(dy, x, null, s)
                && Stream.of(g.u(), g.delta(), g.aLog(), g.b(), g.c(), g.d()).allMatch(o -> o.dtype() == DType.F32);
    }

    static void run(Operands g, Span dy, Operands x, Span scratch, Sizes s, int b0, int b1) {
        var walk = new MachineScanBackward(g, dy, x, s, scratch);
        for (int b = b0; b < b1 && s.T() > 0; b++) {
            walk.entry(b);
        }
    }

    private void entry(int b) {
        Memory.ALL.asSlice(sums, 2 * s.T() * row(s)).fill((byte) 0);
        for (int c = 0; c < s.C(); c += LANES) {
            channels(b, c, Math.min(LANES, s.C() - c));
        }
        for (long i = 0; i < (long) s.T() * s.N(); i++) {
            long at = (long) b * s.T() * s.N() + i;
            add(g.b(), at, lanes(sums + 2 * i * 4L * LANES));
            add(g.c(), at, lanes(sums + (2 * i + 1) * 4L * LANES));
        }
    }

    private static double lanes(long from) {
        double sum = 0;
        for (int i = 0; i < LANES; i++) {
            sum += Memory.f32(from + 4L * i);
        }
        return sum;
    }

    private static void add(Span to, long at, double value) {
        Memory.f32(to.address(at), (float) (Memory.f32(to.address(at)) + value));
    }

    /// Channels that lie side by side.
    private void channels(int b, int c, int count) {
        int N = s.N();
        long row = row(s);
        for (int i = 0; i < LANES; i++) {
            Memory.f32(skips + 4L * i, i < count ? (float) x.d().get(c + i) : 0);
            Memory.f32(skips + 4L * (LANES + i), 0);
        }
        SideBySide.run(decays, 4L * LANES, x.aLog().address((long) c * N), 4L * N, count, N);
        Memory.ALL.asSlice(decays + row, 2 * row).fill((byte) 0);
        Memory.ALL.asSlice(states, row).fill((byte) 0);
        Memory.i64(arguments + ScanBackwardCode.CHANNELS, decays);
        Memory.i64(arguments + ScanBackwardCode.SKIPS, skips);
        Memory.i64(arguments + ScanBackwardCode.N, N);
        Memory.i64(arguments + ScanBackwardCode.STRIDE, 4L * s.C());
        Memory.i64(arguments + ScanBackwardCode.COUNT, count);
        int last = pieces(s) - 1;
        for (int p = 0; p < last; p++) {
            Memory.ALL.asSlice(begins + p * row, row).copyFrom(Memory.ALL.asSlice(states, row));
            forward(b, c, p, p == 0);
            Memory.ALL.asSlice(states, row).copyFrom(Memory.ALL.asSlice(states + PIECE * row, row));
        }
        for (int p = last; p >= 0; p--) {
            if (p < last) {
                Memory.ALL.asSlice(states, row).copyFrom(Memory.ALL.asSlice(begins + p * row, row));
            }
            forward(b, c, p, last == 0);
            back(b, c, p);
        }
        for (int i = 0; i < count; i++) {
            add(g.d(), (long) b * s.C() + c + i, Memory.f32(skips + 4L * (LANES + i)));
            for (int n = 0; n < N; n++) {
                long at = ((long) b * s.C() + c + i) * N + n;
                add(g.aLog(), at, Memory.f32(decays + 2 * row + 4L * (n * LANES + i)));
            }
        }
    }

    private int tokens(int p) {
        return Math.min(PIECE, s.T() - p * PIECE);
    }

    /// States and decays of piece `p`.
    ///
    /// @param first whether these channels' decays are still logarithms
    private void forward(int b, int c, int p, boolean first) {
        operands((long) b * s.T() + p * PIECE, c);
        Memory.i64(arguments + ScanBackwardCode.STATES, states);
        Memory.i64(arguments + ScanBackwardCode.POWERS, powers);
        Memory.i64(arguments + ScanBackwardCode.STEPS, steps);
        Memory.i64(arguments + ScanBackwardCode.T, tokens(p));
        Memory.i64(arguments + ScanBackwardCode.FIRST, first ? 1 : 0);
        Machine.call(CODE.of(0), arguments, 0, 0, 0, 0, 0, 0, 0);
    }

    /// Gradients of piece `p`, whose states and decays stand.
    private void back(int b, int c, int p) {
        long row = row(s);
        int last = tokens(p) - 1;
        long t = (long) p * PIECE + last;
        long token = (long) b * s.T() + t;
        operands(token, c);
        Memory.i64(arguments + ScanBackwardCode.DY, dy.address(token * s.C() + c));
        Memory.i64(arguments + ScanBackwardCode.DU, g.u().address(token * s.C() + c));
        Memory.i64(arguments + ScanBackwardCode.DDELTA, g.delta().address(token * s.C() + c));
        Memory.i64(arguments + ScanBackwardCode.STATES, states + last * row);
        Memory.i64(arguments + ScanBackwardCode.POWERS, powers + last * row);
        Memory.i64(arguments + ScanBackwardCode.STEPS, steps + last * 4L * LANES);
        Memory.i64(arguments + ScanBackwardCode.SUMS, sums + 2 * t * row);
        Machine.call(CODE.of(1), arguments, 0, 0, 0, 0, 0, 0, 0);
    }

    private void operands(long token, int c) {
        Memory.i64(arguments + ScanBackwardCode.U, x.u().address(token * s.C() + c));
        Memory.i64(arguments + ScanBackwardCode.DELTA, x.delta().address(token * s.C() + c));
        Memory.i64(arguments + ScanBackwardCode.B, x.b().address(token * s.N()));
        Memory.i64(arguments + ScanBackwardCode.C, x.c().address(token * s.N()));
    }
}
