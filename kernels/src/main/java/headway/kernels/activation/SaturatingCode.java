package headway.kernels.activation;

import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// The activations without a gate of their own: identity, RELU, and the two that saturate,
///
///     σ = 1/(1 + e^-x), σ' = e·σ²        tanh x = x·P(x²) near 0, else ±(1 - 2/(e^(2|x|) + 1)), tanh' = 4σ'(2x)
///
/// with the polynomial of [headway.kernels.simd.Simd#tanh].
final class SaturatingCode implements ActivationCode.Function {
    private static final float[] TANH = {-0.00571704537f, 0.0206505876f, -0.0537434982f, 0.133314913f, -0.333332839f, 1f
    };
    private static final float TANH_SPLIT = 0.625f;

    private final Assembler a;
    private final VectorCode v;
    private final Activation f;
    private final ExpCode exp;

    SaturatingCode(VectorCode v, Activation f) {
        this.a = v.a;
        this.v = v;
        this.f = f;
        this.exp = new ExpCode(v, v.wide() ? 16 : -1);
    }

    @Override
    public void prepare() {
        if (f == Activation.TANH || f == Activation.SIGMOID) {
            exp.prepare();
        }
    }

    @Override
    public void value(Vec y, Vec x) {
        switch (f) {
            case RELU -> {
                v.zero(y);
                a.op(VMAXPS, y, y, x);
            }
            case SIGMOID -> {
                Vec e = v.v(0);
                negative(e, x);
                exp.exp(e, v.v(1), v.v(2), v.v(3));
                reciprocal(y, e);
            }
            case TANH -> tanh(y, x);
            default -> a.op(VMOVUPS, y, x);
        }
    }

    @Override
    public void slope(Vec d, Vec y, Vec x) {
        switch (f) {
            case RELU -> step(d, y, x);
            case SIGMOID -> sigmoidSlope(d, y, x);
            case TANH -> {
                a.op(VMOVUPS, v.v(11), x);
                tanh(y, x);
                a.op(VADDPS, x, v.v(11), v.v(11));
                sigmoidSlope(d, v.v(4), x);
                a.op(VMULPS, d, d, a.constant(4f));
            }
            default -> {
                a.op(VMOVUPS, y, x);
                v.load(d, a.constant(1f));
            }
        }
    }

    /// 1 above 0, else 0; a NaN comes through in what is then added, 0 times at most 1.
    private void step(Vec d, Vec y, Vec x) {
        v.zero(v.v(0));
        v.load(v.v(1), a.constant(1f));
        a.op(VMAXPS, y, v.v(0), x);
        a.op(VMINPS, d, v.v(1), y);
        a.op(VMULPS, d, d, v.v(0));
        v.whereLess(d, v.v(1), v.v(0), x, v.v(2));
    }

    private void sigmoidSlope(Vec d, Vec y, Vec x) {
        Vec e = v.v(0);
        negative(e, x);
        // Beyond, σ is 0 for all purposes, and e·σ stays finite.
        v.atMost(e, 80f, v.v(1));
        exp.exp(e, v.v(1), v.v(2), v.v(3));
        a.op(VMOVUPS, d, e);
        reciprocal(y, e);
        a.op(VMULPS, d, d, y);
        a.op(VMULPS, d, d, y);
    }

    private void tanh(Vec y, Vec x) {
        Vec size = v.v(4);
        Vec sign = v.v(12);
        Vec e = v.v(0);
        a.op(VANDPS, size, x, a.constant(0x7fffffff));
        a.op(VANDPS, sign, x, a.constant(0x80000000));
        a.op(VADDPS, e, size, size);
        exp.exp(e, v.v(1), v.v(2), v.v(3));
        reciprocal(y, e);
        v.load(e, a.constant(1f));
        a.op(VFNMADD231PS, e, y, a.constant(2f));
        a.op(VORPS, y, e, sign);
        Vec square = v.v(1);
        Vec near = v.v(2);
        a.op(VMULPS, square, x, x);
        v.load(near, a.constant(TANH[0]));
        for (int i = 1; i < TANH.length; i++) {
            a.op(VFMADD213PS, near, square, a.constant(TANH[i]));
        }
        a.op(VMULPS, near, near, x);
        v.load(v.v(3), a.constant(TANH_SPLIT));
        v.whereLess(y, near, size, v.v(3), v.v(13));
    }

    private void negative(Vec d, Vec x) {
        a.op(VXORPS, d, x, a.constant(0x80000000));
    }

    /// `y = 1/(1 + e)`; register 1 is overwritten.
    private void reciprocal(Vec y, Vec e) {
        v.load(v.v(1), a.constant(1f));
        a.op(VADDPS, e, e, v.v(1));
        a.op(VDIVPS, y, v.v(1), e);
    }
}
