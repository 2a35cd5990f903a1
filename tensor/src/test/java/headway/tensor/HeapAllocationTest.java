package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// A step leaves next to nothing for the garbage collector: numbers live in native memory that is used again.
///
/// Vectors are objects until the compiler has seen to a kernel, which for the rarest takes a thousand steps; so rounds
/// are repeated until one is below the limit. It runs in a virtual machine of its own, because what else ran there
/// decides what the compiler inlines.
class HeapAllocationTest {
    private static final int ROUNDS = 60;
    private static final int STEPS = 100;
    private static final long LIMIT = 200_000;

    @Test
    void aStepAllocatesLittle() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var step = new SmallStep(2, 33, 64)) {
            long bytes = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && bytes >= LIMIT; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < STEPS; i++) {
                    step.run();
                }
                bytes = (threads.getCurrentThreadAllocatedBytes() - before) / STEPS;
            }
            System.out.printf("[heap] %d bytes a step%n", bytes);
            assertThat(bytes).isLessThan(LIMIT);
        }
    }
}
