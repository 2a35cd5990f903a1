package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import headway.kernels.Tier;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// A step leaves next to nothing for the garbage collector: numbers live in native memory that is used again.
///
/// It runs by itself and on the reference kernels, which make no objects: what is left is what tensors, tape and pool
/// cost, and that is the same every time. Vectors are objects wherever the compiler did not see to it that they are
/// not; whether it did is the kernels' own test, `AllocationTest`.
@EnabledIfSystemProperty(named = "headway.kernels", matches = "reference")
class HeapAllocationTest {
    private static final int STEPS = 200;
    private static final long LIMIT = 64_000;

    @Test
    void aStepAllocatesLittle() {
        assertThat(Tier.vectors()).isFalse();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var step = new SmallStep(2, 9, 32)) {
            for (int i = 0; i < STEPS; i++) {
                step.run();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STEPS; i++) {
                step.run();
            }
            long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / STEPS;
            System.out.printf("[heap] %d bytes a step%n", bytes);
            assertThat(bytes).isPositive().isLessThan(LIMIT);
        }
    }
}
