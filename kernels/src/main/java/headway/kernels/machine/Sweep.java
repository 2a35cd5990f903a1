package headway.kernels.machine;

import static headway.kernels.machine.Instruction.*;

import java.util.function.IntConsumer;

/// A loop over the elements of some `f32` buffers, a register at a time, the last ones under a mask: one body serves
/// all of them.
///
/// The count and the pointers are used up: pointers end behind the last whole register.
public final class Sweep {
    private final VectorCode v;
    private final Assembler a;
    private final Gp count;
    private final Gp spare;
    private final Gp[] buffers;
    private boolean partial;
    private int at;

    /// @param count register with the number of elements
    /// @param spare overwritten where the mask is made
    /// @param buffers registers with addresses
    public Sweep(VectorCode v, Gp count, Gp spare, Gp... buffers) {
        this.v = v;
        this.a = v.a;
        this.count = count;
        this.spare = spare;
        this.buffers = buffers.clone();
    }

    /// Writes the loop. The body is told which of `unroll` registers it writes, so that sums need not wait for each
    /// other; single and partial registers are number 0.
    public void write(int unroll, IntConsumer body) {
        Label end = new Label();
        if (unroll > 1) {
            whole(unroll, body);
        }
        whole(1, body);
        a.test(count, count);
        a.jump(If.E, end);
        v.first(count, spare);
        partial = true;
        body.accept(0);
        partial = false;
        a.bind(end);
    }

    private void whole(int registers, IntConsumer body) {
        Label few = new Label();
        int elements = registers * v.lanes();
        a.cmp(count, elements);
        a.jump(If.L, few);
        a.align(32);
        Label loop = a.here();
        for (int u = 0; u < registers; u++) {
            at = u * v.bytes();
            body.accept(u);
        }
        at = 0;
        for (Gp buffer : buffers) {
            a.add(buffer, registers * v.bytes());
        }
        a.sub(count, elements);
        a.cmp(count, elements);
        a.jump(If.GE, loop);
        a.bind(few);
    }

    /// The next elements; 0 behind the last one.
    public void load(Vec d, Gp buffer) {
        if (partial) {
            v.loadFirst(d, buffer.at(at));
        } else {
            v.load(d, buffer.at(at));
        }
    }

    /// The next elements, and those of `fill` behind the last one.
    public void load(Vec d, Gp buffer, Vec fill) {
        if (!partial) {
            v.load(d, buffer.at(at));
        } else if (v.wide()) {
            a.op(VMOVUPS, d, fill);
            a.k(Mask.K1).op(VMOVUPS, d, buffer.at(at));
        } else {
            v.loadFirst(d, buffer.at(at));
            v.keepFirst(d, fill);
        }
    }

    public void store(Gp buffer, Vec s) {
        if (partial) {
            v.storeFirst(buffer.at(at), s);
        } else {
            v.store(buffer.at(at), s);
        }
    }

    /// Stores `s`, plus what lies there already where `adds` is not 0; `s` and `spare` are overwritten.
    public void put(Gp buffer, Vec s, Vec spare, Gp adds) {
        Label fresh = new Label();
        a.test(adds, adds);
        a.jump(If.E, fresh);
        load(spare, buffer);
        a.op(VADDPS, s, s, spare);
        a.bind(fresh);
        store(buffer, s);
    }
}
