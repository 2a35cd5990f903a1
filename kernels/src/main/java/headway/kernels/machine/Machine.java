package headway.kernels.machine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.function.Consumer;

/// The processor that this process runs on, as far as machine code is concerned: what it can do, and how its code is
/// called.
///
/// All kernels share one signature of eight numbers: linking a second one would cost milliseconds at start. A call
/// costs about 2.4 ns; the garbage collector waits while it lasts, so a kernel returns within some milliseconds.
public final class Machine {
    private static final int ARCH_REQ_XCOMP_PERM = 0x1023;
    private static final int XFEATURE_XTILEDATA = 18;
    private static final long SYS_ARCH_PRCTL = 158;

    /// Whether somebody stands in for tiles that the processor does not have: `testkit/proofs/amx.sh`.
    private static final boolean EMULATED = Boolean.getBoolean("headway.machine.emulated");

    /// What the processor and the cap allow; null where no machine code can run.
    private static final Level LEVEL;

    /// Why [#LEVEL] is null.
    private static final String REFUSAL;

    /// Whether the system stood in the way, not the processor.
    private static final boolean REFUSED;

    static {
        Level level = null;
        String refusal = null;
        boolean refused = false;
        try {
            level = detect();
            if (level == null) {
                refusal = "the processor has no AVX2 and FMA, or is no x86-64";
            }
        } catch (IllegalStateException | IllegalCallerException | UnsatisfiedLinkError e) {
            refusal = e.getMessage();
            refused = true;
        }
        LEVEL = level;
        REFUSED = refused;
        REFUSAL = refusal;
    }

    private Machine() {}

    /// Whether machine code runs here.
    public static boolean available() {
        return LEVEL != null;
    }

    /// Whether it does not because the system forbids it, which its owner may change.
    public static boolean refused() {
        return REFUSED;
    }

    /// Why it does not.
    public static String refusal() {
        return REFUSAL;
    }

    /// Instruction sets in use.
    public static Level level() {
        return LEVEL;
    }

    /// Writes a kernel with [Frame] around it and makes it executable for the rest of the process.
    public static MemorySegment install(Consumer<Assembler> body) {
        return ExecutableMemory.install(assemble(body).finish(), Arena.global());
    }

    /// The same code, not yet executable.
    static Assembler assemble(Consumer<Assembler> body) {
        var a = new Assembler();
        Frame.write(a, () -> body.accept(a));
        return a;
    }

    /// Calls a kernel.
    public static void call(MemorySegment code, long a, long b, long c, long d, long e, long f, long g, long h) {
        if (CheckedCall.WANTED) {
            CheckedCall.call(code, a, b, c, d, e, f, g, h);
        } else {
            invoke(code, a, b, c, d, e, f, g, h);
        }
    }

    static void invoke(MemorySegment code, long a, long b, long c, long d, long e, long f, long g, long h) {
        try {
            Calls.KERNEL.invokeExact(code, a, b, c, d, e, f, g, h);
        } catch (Throwable t) {
            throw new IllegalStateException("[machine code] call failed", t);
        }
    }

    /// Linked on first use: it costs some tens of milliseconds.
    private static final class Calls {
        static final MethodHandle KERNEL = link();

        @SuppressWarnings("restricted")
        private static MethodHandle link() {
            var numbers = new java.lang.foreign.MemoryLayout[8];
            java.util.Arrays.fill(numbers, JAVA_LONG);
            return Linker.nativeLinker()
                    .downcallHandle(FunctionDescriptor.ofVoid(numbers), Linker.Option.critical(false));
        }
    }

    static boolean onX86() {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return arch.equals("amd64") || arch.equals("x86_64");
    }

    private static Level detect() {
        if (!onX86()) {
            return null;
        }
        Level cap = Level.cap();
        Level has = processor();
        return has == null ? null : has.has(cap) ? cap : has;
    }

    private static Level processor() {
        try (Arena arena = Arena.ofConfined()) {
            var asks = new Assembler();
            Frame.write(asks, () -> askProcessor(asks));
            MemorySegment code = ExecutableMemory.install(asks.finish(), arena);
            MemorySegment answers = arena.allocate(4 * 4 * 4, 8);
            long at = answers.address();
            invoke(code, at, 1, 0, 0, 0, 0, 0, 0);
            int ecx1 = answers.getAtIndex(JAVA_INT, 2);
            boolean fma = bit(ecx1, 12) && bit(ecx1, 27) && bit(ecx1, 28) && bit(ecx1, 29);
            invoke(code, at, 7, 0, 0, 0, 0, 0, 0);
            int ebx = answers.getAtIndex(JAVA_INT, 1);
            int ecx = answers.getAtIndex(JAVA_INT, 2);
            int edx = answers.getAtIndex(JAVA_INT, 3);
            invoke(code, at, 7, 1, 0, 0, 0, 0, 0);
            int eax71 = answers.getAtIndex(JAVA_INT, 0);
            // The last question is for XCR0: which registers the system saves when it changes threads.
            long xcr0 = fma ? enabled(arena, answers) : 0;
            if (!fma || (xcr0 & 6) != 6 || !bit(ebx, 5) || !bit(ebx, 8)) {
                return null;
            }
            boolean f512 = (xcr0 & 0xE6) == 0xE6
                    && bit(ebx, 16)
                    && bit(ebx, 17)
                    && bit(ebx, 30)
                    && bit(ebx, 31)
                    && bit(ecx, 11);
            if (!f512) {
                return Level.AVX2;
            }
            if (!bit(eax71, 5)) {
                return Level.AVX512;
            }
            boolean amx = (xcr0 >> 17 & 3) == 3 && bit(edx, 22) && bit(edx, 24) && bit(edx, 25) && tilesAllowed();
            return (amx || EMULATED) && tilesWork() ? Level.AMX : Level.AVX512BF16;
        }
    }

    private static boolean bit(int word, int number) {
        return (word >>> number & 1) != 0;
    }

    /// `cpuid` of leaf rsi, subleaf rdx; eax, ebx, ecx, edx to rdi.
    private static void askProcessor(Assembler a) {
        a.mov(Gp.RAX, Gp.RSI);
        a.mov(Gp.RCX, Gp.RDX);
        a.cpuid();
        a.mov32(Gp.RDI.at(), Gp.RAX);
        a.mov32(Gp.RDI.at(4), Gp.RBX);
        a.mov32(Gp.RDI.at(8), Gp.RCX);
        a.mov32(Gp.RDI.at(12), Gp.RDX);
    }

    private static long enabled(Arena arena, MemorySegment answers) {
        var asks = new Assembler();
        Frame.write(asks, () -> {
            asks.zero(Gp.RCX);
            asks.xgetbv();
            asks.mov32(Gp.RDI.at(), Gp.RAX);
            asks.mov32(Gp.RDI.at(4), Gp.RDX);
        });
        invoke(ExecutableMemory.install(asks.finish(), arena), answers.address(), 0, 0, 0, 0, 0, 0, 0);
        return answers.get(JAVA_LONG, 0);
    }

    private static boolean tilesWork() {
        boolean work = Level.cap() != Level.AMX || TileCheck.passes();
        if (!work) {
            System.err.println("headway: this processor says that it has AMX, but multiplies tiles wrongly; "
                    + "kernels run at avx512bf16");
        }
        return work;
    }

    /// Linux hands out the large tile registers only to processes that ask.
    private static boolean tilesAllowed() {
        if (!System.getProperty("os.name").startsWith("Linux")) {
            return false;
        }
        try {
            MethodHandle syscall = ExecutableMemory.function("syscall", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
            return (long) syscall.invoke(SYS_ARCH_PRCTL, (long) ARCH_REQ_XCOMP_PERM, (long) XFEATURE_XTILEDATA) == 0;
        } catch (Throwable e) {
            return false;
        }
    }
}
