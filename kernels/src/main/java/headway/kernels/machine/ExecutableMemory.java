package headway.kernels.machine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/// Memory that code is written into and that then becomes executable; it is never both writable and executable.
///
/// Pages come from `mmap`, or on Windows from `VirtualAlloc`; they live as long as their arena.
final class ExecutableMemory {
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_PRIVATE = 2;
    private static final int PAGE_READWRITE = 0x04;
    private static final int PAGE_EXECUTE_READ = 0x20;

    private ExecutableMemory() {}

    /// A copy of `code` that can be called, until `arena` closes.
    ///
    /// Throws `IllegalStateException` where the system refuses.
    static MemorySegment install(byte[] code, Arena arena) {
        try {
            return windows() ? installWindows(code, arena) : installPosix(code, arena);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("[machine code] the system's memory functions failed", e);
        }
    }

    static boolean windows() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    @SuppressWarnings("restricted")
    private static MemorySegment installPosix(byte[] code, Arena arena) throws Throwable {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
        int anonymous = mac ? 0x1000 : 0x20;
        MethodHandle mmap = function("mmap", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG);
        MethodHandle mprotect = function("mprotect", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        MethodHandle munmap = function("munmap", JAVA_INT, ADDRESS, JAVA_LONG);
        long size = code.length;
        MemorySegment pages = (MemorySegment)
                mmap.invoke(MemorySegment.NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | anonymous, -1, 0L);
        if (pages.address() == -1) {
            throw new IllegalStateException("[machine code] the system gives no memory for code");
        }
        MemorySegment owned = pages.reinterpret(size, arena, p -> {
            try {
                int _ = (int) munmap.invoke(p, size);
            } catch (Throwable e) {
                throw new IllegalStateException("[machine code] munmap failed", e);
            }
        });
        MemorySegment.copy(MemorySegment.ofArray(code), 0, owned, 0, size);
        if ((int) mprotect.invoke(owned, size, PROT_READ | PROT_EXEC) != 0) {
            throw new IllegalStateException(
                    "[machine code] the system does not let this process make memory executable");
        }
        return owned;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment installWindows(byte[] code, Arena arena) throws Throwable {
        System.loadLibrary("kernel32");
        MethodHandle allocate = function("VirtualAlloc", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT);
        MethodHandle protect = function("VirtualProtect", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
        MethodHandle free = function("VirtualFree", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        long size = code.length;
        MemorySegment pages = (MemorySegment) allocate.invoke(MemorySegment.NULL, size, 0x3000, PAGE_READWRITE);
        if (pages.address() == 0) {
            throw new IllegalStateException("[machine code] the system gives no memory for code");
        }
        MemorySegment owned = pages.reinterpret(size, arena, p -> {
            try {
                int _ = (int) free.invoke(p, 0L, 0x8000);
            } catch (Throwable e) {
                throw new IllegalStateException("[machine code] VirtualFree failed", e);
            }
        });
        MemorySegment.copy(MemorySegment.ofArray(code), 0, owned, 0, size);
        try (Arena local = Arena.ofConfined()) {
            if ((int) protect.invoke(owned, size, PAGE_EXECUTE_READ, local.allocate(JAVA_INT)) == 0) {
                throw new IllegalStateException(
                        "[machine code] the system does not let this process make memory executable");
            }
        }
        return owned;
    }

    @SuppressWarnings("restricted")
    static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(name)
                .or(() -> java.lang.foreign.SymbolLookup.loaderLookup().find(name))
                .orElseThrow(() -> new IllegalStateException("[machine code] the system has no function " + name));
        return linker.downcallHandle(address, FunctionDescriptor.of(result, arguments));
    }
}
