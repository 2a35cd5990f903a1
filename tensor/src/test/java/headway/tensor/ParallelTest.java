package headway.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
    private final int before = Parallel.threads();

    @AfterEach
    void restore() {
        Parallel.threads(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7})
    void everyItemRunsOnce(int threads) {
        Parallel.threads(threads);
        for (int items : new int[] {0, 1, 2, 63, 64, 65, 1000}) {
            for (int grain : new int[] {1, 7, 64, 5000}) {
                var seen = new AtomicIntegerArray(Math.max(1, items));
                Parallel.range(items, grain, (lo, hi) -> {
                    assertThat(lo % grain).isZero();
                    assertThat(hi).isEqualTo(Math.min(items, lo + grain));
                    for (int i = lo; i < hi; i++) {
                        seen.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < items; i++) {
                    assertThat(seen.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void aGrainBelowOneIsOne() {
        var calls = new AtomicInteger();
        Parallel.range(5, 0, (lo, hi) -> calls.addAndGet(hi - lo));
        assertThat(calls).hasValue(5);
    }

    @Test
    void rangesEndAtTheLargestInteger() {
        for (int threads : new int[] {1, 2}) {
            Parallel.threads(threads);
            var items = new AtomicLong();
            Parallel.range(Integer.MAX_VALUE, Integer.MAX_VALUE - 1, (lo, hi) -> items.addAndGet(hi - lo));
            assertThat(items).hasValue(Integer.MAX_VALUE);
            var elements = new AtomicLong();
            Parallel.elements(5_000_000_001L, 1L << 30, (lo, hi) -> elements.addAndGet(hi - lo));
            assertThat(elements).hasValue(5_000_000_001L);
        }
    }

    @Test
    void sumsOfChunksHaveTheSameBits() {
        var results = new ArrayList<float[]>();
        for (int threads : new int[] {1, 2, 4, 7}) {
            Parallel.threads(threads);
            float[] parts = new float[100];
            Parallel.range(10_000, 100, (lo, hi) -> {
                float sum = 0;
                for (int i = lo; i < hi; i++) {
                    sum += (float) Math.sin(i) / (i + 1);
                }
                parts[lo / 100] = sum;
            });
            results.add(parts);
        }
        assertThat(results).allSatisfy(r -> assertThat(r).isEqualTo(results.getFirst()));
    }

    @Test
    void gradientsOfAWholeBlockHaveTheSameBits() {
        var results = new ArrayList<float[]>();
        for (int threads : new int[] {1, 2, 4, 7}) {
            Parallel.threads(threads);
            try (var step = new SmallStep(2, 65, 96)) {
                step.run();
                results.add(step.gradients());
            }
        }
        for (var r : results) {
            int n = 0;
            int first = -1;
            int last = -1;
            for (int i = 0; i < r.length; i++)
                if (r[i] != results.getFirst()[i]) {
                    n++;
                    if (first < 0) first = i;
                    last = i;
                }
            System.out.println("[bits] " + n + " " + first + " " + last + " of " + r.length);
        }
        assertThat(results.getFirst()).hasSizeGreaterThan(50_000);
        assertThat(results)
                .allSatisfy(
                        r -> assertThat(Arrays.equals(r, results.getFirst())).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void exceptionsOfAChunkReachTheCaller(int threads) {
        Parallel.threads(threads);
        for (int bad = 0; bad < 40; bad += 13) {
            int at = bad;
            assertThatThrownBy(() -> Parallel.range(40, 1, (lo, _) -> {
                        if (lo == at) {
                            throw new ShapeException("[test] chunk " + lo);
                        }
                    }))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("[test] chunk " + at);
        }
        assertThatThrownBy(() -> Parallel.range(40, 1, (lo, _) -> {
                    if (lo == 20) {
                        throw new StackOverflowError("deep");
                    }
                }))
                .isInstanceOf(StackOverflowError.class)
                .hasMessage("deep");
        // The pool is as good as new.
        everyItemRunsOnce(threads);
    }

    @Test
    void nestedCallsRunInTheirCaller() {
        Parallel.threads(3);
        var total = new AtomicInteger();
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> Parallel.range(50, 1, (_, _) -> {
                    Thread outer = Thread.currentThread();
                    Parallel.range(20, 1, (lo, hi) -> {
                        assertThat(Thread.currentThread()).isSameAs(outer);
                        total.addAndGet(hi - lo);
                    });
                }));
        assertThat(total).hasValue(1000);
    }

    @Test
    void aBusyPoolDelaysNobody() throws InterruptedException {
        Parallel.threads(2);
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        Thread other = Thread.ofPlatform()
                .start(() -> Parallel.range(2, 1, (_, _) -> {
                    inside.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
        assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
        var here = new AtomicInteger();
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> Parallel.range(100, 1, (lo, hi) -> here.addAndGet(hi - lo)));
        assertThat(here).hasValue(100);
        release.countDown();
        other.join(10_000);
        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void severalThreadsTakePart() {
        Parallel.threads(2);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        // Chunks wait for each other: only two threads can finish this, and only a worker that wakes up in time.
        for (int round = 0; round < 3; round++) {
            pause(round * 30);
            var both = new CountDownLatch(2);
            Parallel.range(2, 1, (_, _) -> {
                seen.add(Thread.currentThread());
                both.countDown();
                try {
                    assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(seen).hasSize(2);
    }

    @Test
    void tinyForksAreFast() {
        Parallel.threads(2);
        int forks = 100_000;
        var done = new AtomicLong();
        double[] nanos = new double[1];
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            long start = 0;
            for (int i = 0; i < 2 * forks; i++) {
                if (i == forks) {
                    start = System.nanoTime();
                }
                Parallel.range(2, 1, (lo, hi) -> done.addAndGet(hi - lo));
            }
            nanos[0] = (System.nanoTime() - start) / (double) forks;
        });
        assertThat(done).hasValue(4L * forks);
        System.out.printf("[parallel] %.0f ns a fork over 2 threads%n", nanos[0]);
        // Hundreds of forks make a decoding step; on a machine that others use too, a slice may go missing.
        assertThat(nanos[0]).isLessThan(200_000);
    }

    @Test
    void idleWorkersSleep() {
        Parallel.threads(3);
        Parallel.range(3, 1, (_, _) -> {});
        pause(200);
        assertThat(workers())
                .hasSize(2)
                .allSatisfy(t -> assertThat(t.getState()).isIn(Thread.State.TIMED_WAITING, Thread.State.WAITING));
        var bean = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long[] ids = workers().stream().mapToLong(Thread::threadId).toArray();
        long before = Arrays.stream(bean.getThreadCpuTime(ids)).sum();
        pause(500);
        long spent = Arrays.stream(bean.getThreadCpuTime(ids)).sum() - before;
        assertThat(spent)
                .as("processor time of two idle workers in half a second")
                .isLessThan(10_000_000);
    }

    @Test
    void fewerThreadsEndTheOthers() {
        Parallel.threads(5);
        Parallel.range(5, 1, (_, _) -> {});
        Parallel.threads(1);
        for (int i = 0; i < 100 && !workers().isEmpty(); i++) {
            pause(20);
        }
        assertThat(workers()).isEmpty();
        assertThat(Parallel.threads()).isEqualTo(1);
        assertThatThrownBy(() -> Parallel.threads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[parallel] threads=0; expected at least 1");
    }

    @Test
    void scratchGrowsAndStays() {
        var small = Parallel.scratch(100);
        assertThat(small.count()).isGreaterThanOrEqualTo(100);
        assertThat(Parallel.scratch(50).address()).isEqualTo(small.address());
        var large = Parallel.scratch(small.count() + 1);
        assertThat(large.count()).isGreaterThan(small.count());
        assertThat(Parallel.scratch(1).address()).isEqualTo(large.address());
    }

    private static java.util.List<Thread> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().startsWith("headway-"))
                .toList();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
