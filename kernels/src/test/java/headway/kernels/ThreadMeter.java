package headway.kernels;

import java.lang.reflect.Method;

/// Processor time and allocation of the current thread.
///
/// By reflection, because the kernels module does not read `java.management`, and tests are patched
/// into it.
public final class ThreadMeter {
    private static final Object BEAN;
    private static final Method ALLOCATED;
    private static final Method NANOS;

    static {
        try {
            BEAN = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            ALLOCATED = type.getMethod("getCurrentThreadAllocatedBytes");
            NANOS = type.getMethod("getCurrentThreadCpuTime");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("start Java with --add-modules jdk.management", e);
        }
    }

    private ThreadMeter() {}

    /// Processor time used so far; unlike wall time it does not count what other processes take.
    public static long nanos() {
        return read(NANOS);
    }

    /// Bytes allocated on the Java heap so far.
    public static long allocated() {
        return read(ALLOCATED);
    }

    private static long read(Method method) {
        try {
            return (Long) method.invoke(BEAN);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
