package headway.kernels.machine;

import static headway.kernels.machine.Gp.*;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Calls a kernel and checks that it left the caller's registers and the mode of vector arithmetic alone: a kernel that
/// does not, breaks the JVM somewhere else and later. `-Dheadway.machine.check=true` sends every call through here; the
/// tests of kernels run that way.
///
/// Linux and macOS; on Windows the check does nothing.
final class CheckedCall {
    static final boolean WANTED =
            Boolean.getBoolean("headway.machine.check") && !ExecutableMemory.windows() && Machine.onX86();

    private static final List<Gp> SAVED = List.of(RBX, RBP, R12, R13, R14, R15);
    private static final int STATUS = 80;
    private static final int MODE_BEFORE = 88;
    private static final int MODE_AFTER = 92;
    /// Status flags of arithmetic that happened (inexact, underflow …); what is left is the mode.
    private static final int FLAGS = 0x3F;

    private static final MemorySegment CODE = Machine.install(CheckedCall::write);

    private CheckedCall() {}

    static void call(MemorySegment code, long a, long b, long c, long d, long e, long f, long g, long h) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(96, 16);
            long[] values = {code.address(), 0, a, b, c, d, e, f, g, h};
            for (int i = 0; i < values.length; i++) {
                block.setAtIndex(JAVA_LONG, i, values[i]);
            }
            Machine.invoke(CODE, block.address(), 0, 0, 0, 0, 0, 0, 0);
            long changed = block.get(JAVA_LONG, STATUS);
            if (changed != 0) {
                throw new IllegalStateException("[machine code] a kernel changed registers of its caller: bits %s of %s"
                        .formatted(Long.toBinaryString(changed), SAVED));
            }
            int before = block.get(JAVA_INT, MODE_BEFORE) & ~FLAGS;
            int after = block.get(JAVA_INT, MODE_AFTER) & ~FLAGS;
            if (before != after) {
                throw new IllegalStateException(
                        "[machine code] a kernel changed MXCSR from %#x to %#x".formatted(before, after));
            }
        }
    }

    /// Argument: the block of [#call].
    private static void write(Assembler a) {
        a.stmxcsr(RDI.at(MODE_BEFORE));
        // Six registers lie on the stack, which is 16 bytes off a border of 16; the block and two arguments follow.
        a.push(RDI);
        for (int i = 0; i < SAVED.size(); i++) {
            a.mov(SAVED.get(i), mark(i));
        }
        a.mov(RAX, RDI.at(72));
        a.push(RAX);
        a.mov(RAX, RDI.at(64));
        a.push(RAX);
        a.mov(RSI, RDI.at(24));
        a.mov(RDX, RDI.at(32));
        a.mov(RCX, RDI.at(40));
        a.mov(R8, RDI.at(48));
        a.mov(R9, RDI.at(56));
        a.mov(RAX, RDI.at());
        a.mov(RDI, RDI.at(16));
        a.call(RAX);
        a.add(RSP, 16);
        a.pop(RDI);
        a.stmxcsr(RDI.at(MODE_AFTER));
        a.zero(RAX);
        for (int i = 0; i < SAVED.size(); i++) {
            Label same = new Label();
            a.mov(RCX, mark(i));
            a.cmp(RCX, SAVED.get(i));
            a.jump(If.E, same);
            a.alu(Alu.OR, RAX, 1 << i);
            a.bind(same);
        }
        a.mov(RDI.at(STATUS), RAX);
    }

    private static long mark(int i) {
        return 0x5EED_0000_0000L + i;
    }
}
