package headway.kernels.gemm;

import static headway.kernels.machine.Gp.*;

import headway.kernels.machine.Assembler;
import headway.kernels.machine.If;
import headway.kernels.machine.Label;
import headway.kernels.machine.Level;
import headway.kernels.machine.VectorCode;

/// Machine code of [StridedRows#copy] with AVX2; with AVX-512 it is [PackingCode#keep].
///
/// Arguments: to, its step in bytes, from, its step in bytes, rows, elements.
final class StridedCopyCode {
    private StridedCopyCode() {}

    static void write(Assembler a) {
        var v = new VectorCode(a, Level.AVX2, 15);
        Label done = new Label();
        Label row = a.here();
        a.sub(R8, 1);
        a.jump(If.L, done);
        a.mov(RAX, RDI);
        a.mov(RBX, RDX);
        a.mov(R12, R9);
        Label few = new Label();
        Label end = new Label();
        Label loop = a.here();
        a.cmp(R12, v.lanes());
        a.jump(If.L, few);
        v.load(v.v(0), RBX.at());
        v.store(RAX.at(), v.v(0));
        a.add(RAX, v.bytes());
        a.add(RBX, v.bytes());
        a.sub(R12, v.lanes());
        a.jump(loop);
        a.bind(few);
        a.test(R12, R12);
        a.jump(If.E, end);
        v.first(R12, R13);
        v.loadFirst(v.v(0), RBX.at());
        v.store(RAX.at(), v.v(0));
        a.bind(end);
        a.add(RDI, RSI);
        a.add(RDX, RCX);
        a.jump(row);
        a.bind(done);
    }
}
