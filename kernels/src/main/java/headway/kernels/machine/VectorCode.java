package headway.kernels.machine;

import static headway.kernels.machine.Instruction.*;

/// Vector code that reads the same at every [Level]: registers of the level's width, loads and stores of a whole
/// register or of its first lanes.
///
/// The first lanes are told by a mask: `k1` with AVX-512; with AVX2 a register of the caller's choice, since there are
/// only sixteen.
public final class VectorCode {
    private static final int EQUAL = 0;
    private static final int LESS = 1;
    private static final int NOT_EQUAL = 4;

    public final Assembler a;
    public final Level level;
    private final int maskRegister;

    /// @param maskRegister number of the vector register that holds the mask of [#first] under AVX2
    public VectorCode(Assembler a, Level level, int maskRegister) {
        this.a = a;
        this.level = level;
        this.maskRegister = maskRegister;
    }

    /// Whether registers have 512 bits.
    public boolean wide() {
        return level != Level.AVX2;
    }

    /// `f32` lanes of a register.
    public int lanes() {
        return level.lanes();
    }

    /// Bytes of a register.
    public int bytes() {
        return level.bits() / 8;
    }

    /// Register `number` in full width.
    public Vec v(int number) {
        return new Vec(number, level.bits());
    }

    public void load(Vec d, Mem m) {
        a.op(VMOVUPS, d, m);
    }

    public void store(Mem m, Vec s) {
        a.store(VMOVUPS_STORE, m, s);
    }

    public void zero(Vec d) {
        // The shorter form clears the whole register; it reaches the lower sixteen.
        Vec r = d.number() > 15 ? d : d.low(128);
        a.op(VXORPS, r, r, r);
    }

    /// Makes the mask of the first `count` (0 … lanes) lanes; `spare` is overwritten.
    public void first(Gp count, Gp spare) {
        if (wide()) {
            a.mov(spare, -1);
            a.bzhi(spare, spare, count);
            a.kmovw(Mask.K1, spare);
            return;
        }
        int[] table = new int[16];
        java.util.Arrays.fill(table, 0, 8, -1);
        a.lea(spare, a.constant(table).plus(32));
        a.shift(Shift.SHL, count, 2);
        a.sub(spare, count);
        a.shift(Shift.SHR, count, 2);
        a.op(VMOVUPS, v(maskRegister), spare.at());
    }

    /// The first lanes at `m`, the others 0; memory of the others is not touched.
    public void loadFirst(Vec d, Mem m) {
        if (wide()) {
            a.kz(Mask.K1).op(VMOVUPS, d, m);
        } else {
            a.op(VMASKMOVPS, d, v(maskRegister), m);
        }
    }

    /// Writes the first lanes.
    public void storeFirst(Mem m, Vec s) {
        if (wide()) {
            a.k(Mask.K1).store(VMOVUPS_STORE, m, s);
        } else {
            a.store(VMASKMOVPS_STORE, m, s, maskRegister);
        }
    }

    /// Of `d` the first lanes, of `fill` the others.
    void keepFirst(Vec d, Vec fill) {
        a.op(VBLENDVPS, d, fill, d, maskRegister);
    }

    /// `d = yes` where `x < bound`, both in registers; `spare` is overwritten.
    public void whereLess(Vec d, Vec yes, Vec x, Vec bound, Vec spare) {
        if (wide()) {
            a.compare(Mask.K2, x, bound, LESS);
            a.k(Mask.K2).op(VMOVUPS, d, yes);
        } else {
            a.op(VCMPPS, spare, x, bound, LESS);
            a.op(VBLENDVPS, d, d, yes, spare.number());
        }
    }

    /// Clears the lanes of `x` that are -infinity: a row that has seen no key yet, where -infinity minus -infinity
    /// would
    /// be NaN. `spare` is overwritten.
    public void zeroWhereInfinite(Vec x, Vec spare) {
        Mem infinite = a.constant(Float.NEGATIVE_INFINITY);
        if (wide()) {
            a.compare(Mask.K2, x, infinite, EQUAL);
            a.k(Mask.K2).op(VXORPS, x, x, x);
        } else {
            a.op(VCMPPS, spare, x, infinite, NOT_EQUAL);
            a.op(VANDPS, x, x, spare);
        }
    }

    /// `x`, at most `bound`; NaN stays NaN, since it is the second source. `spare` is overwritten.
    public void atMost(Vec x, float bound, Vec spare) {
        load(spare, a.constant(bound));
        a.op(VMINPS, x, spare, x);
    }

    /// `x`, at least `bound`; NaN stays NaN.
    public void atLeast(Vec x, float bound, Vec spare) {
        load(spare, a.constant(bound));
        a.op(VMAXPS, x, spare, x);
    }

    /// One number in all lanes.
    public void broadcast(Vec d, Mem m) {
        a.op(VBROADCASTSS, d, m);
    }

    /// The `f32` whose bits are in `bits`, in all lanes.
    public void broadcast(Vec d, Gp bits) {
        a.vmovd(d.low(128), bits);
        a.op(VBROADCASTSS, d, d.low(128));
    }

    /// All lanes of `x` taken together by `op` (a sum, a largest one), in each of the first four lanes; both registers
    /// are among the first sixteen.
    public void fold(Instruction op, Vec x, Vec spare) {
        if (wide()) {
            a.store(VEXTRACTF64X4, spare.low(256), x, 1);
            a.op(op, x.low(256), x.low(256), spare.low(256));
        }
        Vec low = x.low(128);
        Vec other = spare.low(128);
        a.store(VEXTRACTF128, other, x.low(256), 1);
        a.op(op, low, low, other);
        a.op(VPERMILPS, other, low, 0x4E);
        a.op(op, low, low, other);
        a.op(VPERMILPS, other, low, 0xB1);
        a.op(op, low, low, other);
    }

    /// The same in all lanes.
    public void foldToAll(Instruction op, Vec x, Vec spare) {
        fold(op, x, spare);
        a.op(VBROADCASTSS, x, x.low(128));
    }
}
