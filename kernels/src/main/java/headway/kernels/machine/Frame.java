package headway.kernels.machine;

import static headway.kernels.machine.Gp.*;

import java.util.List;

/// Entry and exit of a kernel: saves what the caller wants back, and puts the eight arguments where kernels expect
/// them, on every calling convention.
///
/// | argument | register |
/// |---|---|
/// | 0 … 5 | `rdi`, `rsi`, `rdx`, `rcx`, `r8`, `r9` |
/// | 6, 7 | `r10`, `r11` |
///
/// The other registers are free, `rsp` excepted. `vzeroupper` at the end; MXCSR is never touched.
public final class Frame {
    private static final List<Gp> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);
    private static final boolean WINDOWS = ExecutableMemory.windows();

    private Frame() {}

    /// Code of one kernel: its body between entry and exit.
    public static void write(Assembler a, Runnable body) {
        enter(a);
        body.run();
        leave(a);
    }

    private static void enter(Assembler a) {
        SAVED.forEach(a::push);
        if (!WINDOWS) {
            // Six registers and the return address lie above.
            a.mov(R10, RSP.at(56));
            a.mov(R11, RSP.at(64));
            return;
        }
        a.push(RDI);
        a.push(RSI);
        a.sub(RSP, 10 * 16 + 8);
        for (int i = 0; i < 10; i++) {
            a.store(Instruction.VMOVUPS_STORE, RSP.at(16 * i), Vec.xmm(6 + i));
        }
        int stack = 10 * 16 + 8 + 8 * 8 + 8 + 32;
        a.mov(RDI, RCX);
        a.mov(RSI, RDX);
        a.mov(RDX, R8);
        a.mov(RCX, R9);
        a.mov(R8, RSP.at(stack));
        a.mov(R9, RSP.at(stack + 8));
        a.mov(R10, RSP.at(stack + 16));
        a.mov(R11, RSP.at(stack + 24));
    }

    private static void leave(Assembler a) {
        a.vzeroupper();
        if (WINDOWS) {
            for (int i = 0; i < 10; i++) {
                a.op(Instruction.VMOVUPS, Vec.xmm(6 + i), RSP.at(16 * i));
            }
            a.add(RSP, 10 * 16 + 8);
            a.pop(RSI);
            a.pop(RDI);
        }
        SAVED.reversed().forEach(a::pop);
        a.ret();
    }
}
