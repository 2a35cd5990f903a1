package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// A step leaves next to nothing for the garbage collector: numbers live in native memory that is used again.
class HeapAllocationTest {
    private static final int WARM_UP = 300;
    private static final int STEPS = 200;
    private static final long LIMIT = 200_000;

    @Test
    void aStepAllocatesLittle() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var step = new SmallStep(2, 33, 64)) {
            for (int i = 0; i < WARM_UP; i++) {
                step.run();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STEPS; i++) {
                step.run();
            }
            long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / STEPS;
            System.out.printf("[heap] %d bytes a step%n", bytes);
            assertThat(bytes).isLessThan(LIMIT);
        }
    }
}
