package headway.kernels.attention;

import static headway.kernels.machine.Gp.*;
import static headway.kernels.machine.Instruction.*;

import headway.kernels.machine.Alu;
import headway.kernels.machine.Assembler;
import headway.kernels.machine.DotRows;
import headway.kernels.machine.ExpCode;
import headway.kernels.machine.Gp;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.Mem;
import headway.kernels.machine.Shift;
import headway.kernels.machine.Sweep;
import headway.kernels.machine.Vec;
import headway.kernels.machine.VectorCode;

/// Machine code of [FewQueries]: one query of each of up to four heads that share keys and values, which are read once
/// for all of them.
///
/// Scores lie head by head, [FewQueries#ROW] numbers apart.
final class FewQueriesCode {
    /// Heads at a time.
    static final int HEADS = 4;

    private static final int ROW = 4 * FewQueries.ROW;

    private final Assembler a;
    private final VectorCode v;
    private final int heads;

    private FewQueriesCode(Assembler a, Level level, int heads) {
        this.a = a;
        this.v = new VectorCode(a, level, 15);
        this.heads = heads;
    }

    /// Heads that the registers of a level have room for.
    static int heads(Level level) {
        return level == Level.AVX2 ? 2 : HEADS;
    }

    /// `s[h,j] = scale · q[h]·k[j]`, four keys at a time; up to three scores behind the last one are written too.
    ///
    /// Arguments: s, q, distance of its rows in bytes, k, distance of its rows, Dh (not 0), keys (not 0), bits of
    /// the scale.
    static void scores(Assembler a, Level level, int heads) {
        new FewQueriesCode(a, level, heads).scores();
    }

    /// The softmax as far as it has come: of each head the largest score, the sum, and what the output so far has
    /// to shrink by, and does.
    ///
    /// Arguments: s, keys (not 0), the three numbers of the first head (four numbers apart), heads (not 0), output,
    /// distance of its rows in bytes, Dv.
    static void softmax(Assembler a, Level level) {
        new FewQueriesCode(a, level, 1).softmax();
    }

    /// `o[h] += Σ_j s[h,j]·v[j]`. Arguments: o, distance of its rows in bytes, s, v, distance of its rows, keys
    /// (not 0), Dv.
    static void weigh(Assembler a, Level level, int heads) {
        new FewQueriesCode(a, level, heads).weigh();
    }

    /// Sum of head `h` and one of four keys.
    private Vec sum(int h, int key) {
        return v.v((v.wide() ? 8 : 5) + 4 * h + key);
    }

    private void scores() {
        Gp[] queries = {R14, R15, RBP, R11};
        Gp[] keys = {RAX, RBX, R12, R13};
        Vec scale = v.v(v.wide() ? 5 : 14);
        v.broadcast(scale, R11);
        for (int h = 0; h < heads; h++) {
            a.mov(queries[h], h == 0 ? RSI : queries[h - 1]);
            if (h > 0) {
                a.add(queries[h], RDX);
            }
        }
        Label four = a.here();
        // Where fewer than four are left, the last one stands for the others.
        a.mov(RAX, RCX);
        for (int j = 1; j < 4; j++) {
            a.lea(keys[j], keys[j - 1].at(R8, 1, 0));
            a.cmp(R10, j + 1);
            a.cmov(If.L, keys[j], keys[j - 1]);
        }
        for (int i = 0; i < 4 * heads; i++) {
            v.zero(sum(i / 4, i % 4));
        }
        a.mov(RDX, R9);
        Gp[] all = new Gp[4 + heads];
        System.arraycopy(keys, 0, all, 0, 4);
        System.arraycopy(queries, 0, all, 4, heads);
        var sweep = new Sweep(v, RDX, RSI, all);
        sweep.write(2, _ -> {
            for (int j = 0; j < 4; j++) {
                sweep.load(v.v(j), keys[j]);
            }
            for (int h = 0; h < heads; h++) {
                sweep.load(v.v(4), queries[h]);
                for (int j = 0; j < 4; j++) {
                    a.op(VFMADD231PS, sum(h, j), v.v(4), v.v(j));
                }
            }
        });
        // Queries go back to their beginning.
        a.mov(RSI, R9);
        a.alu(Alu.AND, RSI, -v.lanes());
        a.shift(Shift.SHL, RSI, 2);
        for (int h = 0; h < heads; h++) {
            a.sub(queries[h], RSI);
        }
        for (int h = 0; h < heads; h++) {
            fourSums(h);
            a.op(VMULPS, Vec.xmm(2), Vec.xmm(2), scale.low(128));
            a.store(VMOVUPS_STORE, RDI.at(h * ROW), Vec.xmm(2));
        }
        a.add(RDI, 16);
        a.lea(RCX, RCX.at(R8, 4, 0));
        a.sub(R10, 4);
        a.jump(If.G, four);
    }

    /// The lanes of a head's four sums added up, into the four lanes of register 2.
    private void fourSums(int h) {
        Vec low = v.v(0), high = v.v(1), four = v.v(2), spare = v.v(3);
        a.op(VUNPCKLPS, low, sum(h, 0), sum(h, 1));
        a.op(VUNPCKHPS, high, sum(h, 0), sum(h, 1));
        a.op(VADDPS, low, low, high);
        a.op(VUNPCKLPS, high, sum(h, 2), sum(h, 3));
        a.op(VUNPCKHPS, four, sum(h, 2), sum(h, 3));
        a.op(VADDPS, high, high, four);
        a.op(VUNPCKLPD, four, low, high);
        a.op(VUNPCKHPD, spare, low, high);
        a.op(VADDPS, four, four, spare);
        if (v.wide()) {
            a.store(VEXTRACTF64X4, spare.low(256), four, 1);
            a.op(VADDPS, four.low(256), four.low(256), spare.low(256));
        }
        a.store(VEXTRACTF128, spare.low(128), four.low(256), 1);
        a.op(VADDPS, four.low(128), four.low(128), spare.low(128));
    }

    private void softmax() {
        Vec old = v.v(5), high = v.v(6), total = v.v(7), fill = v.v(8), shrink = v.v(9);
        var exp = new ExpCode(v, v.wide() ? 16 : -1);
        exp.prepare();
        v.load(fill, a.constant(Float.NEGATIVE_INFINITY));
        Label head = a.here();
        v.broadcast(old, RDX.at());
        a.op(VMOVUPS, high, old);
        through(sweep -> {
            sweep.load(v.v(0), RAX, fill);
            // A NaN is passed over here: the second source wins.
            a.op(VMAXPS, high, v.v(0), high);
        });
        v.foldToAll(VMAXPS, high, v.v(0));
        a.store(VMOVSS_STORE, RDX.at(), high.low(128));
        v.zeroWhereInfinite(high, v.v(0));
        a.op(VSUBPS, shrink, old, high);
        exp.exp(shrink, v.v(1), v.v(2), v.v(3));
        v.zero(total);
        through(sweep -> {
            sweep.load(v.v(0), RAX, fill);
            a.op(VSUBPS, v.v(0), v.v(0), high);
            exp.exp(v.v(0), v.v(1), v.v(2), v.v(3));
            sweep.store(RAX, v.v(0));
            a.op(VADDPS, total, total, v.v(0));
        });
        v.fold(VADDPS, total, v.v(0));
        v.broadcast(v.v(0), RDX.at(4));
        a.op(VFMADD231PS, total.low(128), Vec.xmm(0), shrink.low(128));
        a.store(VMOVSS_STORE, RDX.at(4), total.low(128));
        a.mov(RAX, R8);
        a.mov(RBX, R10);
        var sweep = new Sweep(v, RBX, R12, RAX);
        sweep.write(1, _ -> {
            sweep.load(v.v(0), RAX);
            a.op(VMULPS, v.v(0), v.v(0), shrink);
            sweep.store(RAX, v.v(0));
        });
        a.add(RDI, ROW);
        a.add(RDX, 16);
        a.add(R8, R9);
        a.sub(RCX, 1);
        a.jump(If.NE, head);
    }

    /// A loop over a head's scores at rax.
    private void through(java.util.function.Consumer<Sweep> body) {
        a.mov(RAX, RDI);
        a.mov(RBX, RSI);
        var sweep = new Sweep(v, RBX, R12, RAX);
        sweep.write(1, _ -> body.accept(sweep));
    }

    private void weigh() {
        int most = v.wide() ? 4 : 2;
        Label single = new Label();
        Label whole = a.here();
        a.cmp(R10, most * v.lanes());
        a.jump(If.L, single);
        block(most, false);
        a.jump(whole);
        Label rest = new Label();
        Label end = new Label();
        a.bind(single);
        a.cmp(R10, v.lanes());
        a.jump(If.L, rest);
        block(1, false);
        a.jump(single);
        a.bind(rest);
        a.test(R10, R10);
        a.jump(If.E, end);
        a.mov(RAX, R10);
        v.first(RAX, RBX);
        block(1, true);
        a.bind(end);
    }

    /// Some registers of the output of each head over all keys.
    private void block(int registers, boolean partial) {
        a.lea(R15, RDI.at(RSI, 2, 0));
        a.add(R15, RSI);
        each(registers, (h, u) -> load(weighed(h, u), output(h, u), partial));
        a.mov(RAX, RDX);
        a.mov(RBX, RCX);
        a.mov(R12, R9);
        Label key = a.here();
        for (int u = 0; u < registers; u++) {
            load(v.v(u), RBX.at(u * v.bytes()), partial);
        }
        for (int h = 0; h < heads; h++) {
            v.broadcast(v.v(4), RAX.at(h * ROW));
            for (int u = 0; u < registers; u++) {
                a.op(VFMADD231PS, weighed(h, u), v.v(4), v.v(u));
            }
        }
        a.add(RAX, 4);
        a.add(RBX, R8);
        a.sub(R12, 1);
        a.jump(If.NE, key);
        each(registers, (h, u) -> {
            if (partial) {
                v.storeFirst(output(h, u), weighed(h, u));
            } else {
                v.store(output(h, u), weighed(h, u));
            }
        });
        if (!partial) {
            a.add(RDI, registers * v.bytes());
            a.add(RCX, registers * v.bytes());
            a.sub(R10, registers * v.lanes());
        }
    }

    private interface Register {
        void at(int head, int register);
    }

    private void each(int registers, Register body) {
        for (int h = 0; h < heads; h++) {
            for (int u = 0; u < registers; u++) {
                body.at(h, u);
            }
        }
    }

    private Vec weighed(int h, int u) {
        return sum(h, u);
    }

    private Mem output(int h, int u) {
        return DotRows.row(RDI, R15, RSI, h, u * v.bytes());
    }

    private void load(Vec d, Mem m, boolean partial) {
        if (partial) {
            v.loadFirst(d, m);
        } else {
            v.load(d, m);
        }
    }
}
