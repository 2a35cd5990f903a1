package headway.kernels.machine;

import static headway.kernels.machine.Instruction.*;

/// `e^x` lane by lane, the same polynomial as [headway.kernels.simd.Simd#exp]: relative error below 2e-7 for x in
/// [-86.9, 88.72]; smaller x gives 0, larger x infinity, NaN stays NaN.
public final class ExpCode {
    private static final float[] CONSTANTS = {
        89f,
        -87.4f,
        1.44269504088896341f,
        12583038f,
        -0.693359375f,
        2.12194440e-4f,
        2 * 1.9875691500e-4f,
        2 * 1.3981999507e-3f,
        2 * 8.3334519073e-3f,
        2 * 4.1665795894e-2f,
        2 * 1.6666665459e-1f,
        2 * 5.0000001201e-1f,
        2f
    };

    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int LOG2E = 2;
    private static final int ROUNDER = 3;
    private static final int MINUS_LN2_HIGH = 4;
    private static final int MINUS_LN2_LOW = 5;
    private static final int HIGHEST_POWER = 6;
    private static final int FIRST_POWER = 11;
    private static final int TWO = 12;

    private final VectorCode v;
    private final int first;

    /// @param first number of the first of thirteen registers that keep the constants; -1 to read them from memory
    public ExpCode(VectorCode v, int first) {
        this.v = v;
        this.first = first;
    }

    /// Loads the registers.
    public void prepare() {
        for (int i = 0; first >= 0 && i < CONSTANTS.length; i++) {
            v.load(v.v(first + i), v.a.constant(CONSTANTS[i]));
        }
    }

    private Operand constant(int i) {
        return first >= 0 ? v.v(first + i) : v.a.constant(CONSTANTS[i]);
    }

    private void copy(Vec d, int i) {
        v.a.op(VMOVUPS, d, constant(i));
    }

    /// `x = e^x`; `s`, `p` and `q` are overwritten.
    public void exp(Vec x, Vec s, Vec p, Vec q) {
        Assembler a = v.a;
        // The second source is the one that a NaN comes through.
        copy(s, HIGH);
        a.op(VMINPS, x, s, x);
        copy(s, LOW);
        a.op(VMAXPS, x, s, x);
        copy(s, ROUNDER);
        a.op(VFMADD231PS, s, x, constant(LOG2E));
        a.op(VSUBPS, p, s, constant(ROUNDER));
        a.op(VFMADD231PS, x, p, constant(MINUS_LN2_HIGH));
        a.op(VFMADD231PS, x, p, constant(MINUS_LN2_LOW));
        a.op(VPSLLD, s, s, 23);
        copy(p, HIGHEST_POWER);
        for (int i = HIGHEST_POWER + 1; i <= FIRST_POWER; i++) {
            a.op(VFMADD213PS, p, x, constant(i));
        }
        copy(q, TWO);
        a.op(VFMADD213PS, q, x, constant(TWO));
        a.op(VMULPS, x, x, x);
        a.op(VFMADD213PS, p, x, q);
        a.op(VMULPS, x, p, s);
    }
}
