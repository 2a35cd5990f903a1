package headway.kernels.rotary;

import headway.kernels.Span;
import headway.kernels.attention.Heads;

public final class RotaryKernel {
    private RotaryKernel() {}
    /// Rotates the first rotaryDim elements of each head of each row, copies the rest. Rows are (b, t) pairs,
    /// row = b·T
    /// + t; the angle row is positions[row] (I32) into cos and sin of shape (P, rotaryDim/2), f32 (f64 in f64
    /// runs).
    /// inverse = true rotates back (the derivative); accumulate adds to y. y may be x when accumulate is false.
    /// positions outside 0…P-1: IndexOutOfBoundsException.
    public static void apply(
            Heads y,
            Heads x,
            Span cos,
            Span sin,
            Span positions,
            RotaryLayout layout,
            RotaryShape shape,
            boolean inverse,
            boolean accumulate,
            int r0,
            int r1) {
        throw new UnsupportedOperationException("to be written");
    }
}
