package headway.kernels.rotary;

import headway.kernels.machine.CodeTable;
import headway.kernels.machine.Machine;

/// [RotaryKernel] in machine code. Loaded only where machine code runs.
final class MachineRotary {
    private static final RotaryLayout[] LAYOUTS = RotaryLayout.values();
    private static final CodeTable CODE =
            new CodeTable(LAYOUTS.length, (a, i) -> RotaryCode.write(a, Machine.level(), LAYOUTS[i]));

    private MachineRotary() {}

    /// Turns what fits of the `half` pairs of each head of a row; returns how many that is. Distances of heads in
    /// bytes.
    static int row(
            RotaryLayout layout,
            long y,
            long stepY,
            long x,
            long stepX,
            long cos,
            long sin,
            int half,
            int heads,
            boolean inverse,
            boolean accumulate) {
        int lanes = Machine.level().lanes() / 2;
        int fits = layout == RotaryLayout.HALF_SPLIT ? half : half / lanes * lanes;
        if (fits > 0 && heads > 0) {
            long sign = Float.floatToRawIntBits(inverse ? -1f : 1f) & 0xFFFF_FFFFL;
            long sizes = fits | (long) heads << 32;
            Machine.call(
                    CODE.of(layout.ordinal()), y, x, cos, sin, sizes, sign | (accumulate ? 1L << 32 : 0), stepY, stepX);
        }
        return fits;
    }
}
