package headway.tensor;

import headway.kernels.DType;
import headway.kernels.Span;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// One pool of platform threads for all kernels.
///
/// Work is cut into chunks by size, never by thread count, and chunks are claimed one after the other: results are
/// the same for any number of threads, and a core taken away by another process costs its share, not a barrier. Half of
/// the threads walk along each half of the chunks, so that two cores read two streams of memory, and help at the end of
/// the other half when theirs is done.
/// Workers spin between calls, because a decoding step has hundreds of them, and sleep when idle.
public final class Parallel {
    /// Work on items `lo … hi-1`.
    @FunctionalInterface
    public interface Body {
        void run(int lo, int hi);
    }

    /// Work on elements `lo … hi-1`.
    @FunctionalInterface
    public interface ElementBody {
        void run(long lo, long hi);
    }

    /// Spins before a worker sleeps: about two milliseconds, longer than the gaps inside a step.
    private static final int SPINS = 60_000;

    /// Spins of a worker from one offer of its core to the next: less than a microsecond.
    private static final int BETWEEN_YIELDS = 16;

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final VarHandle LEFT;
    private static final VarHandle RIGHT;
    private static final VarHandle DONE;

    static {
        try {
            LEFT = MethodHandles.lookup().findVarHandle(Job.class, "left", long.class);
            RIGHT = MethodHandles.lookup().findVarHandle(Job.class, "right", long.class);
            DONE = MethodHandles.lookup().findVarHandle(Job.class, "done", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final ThreadLocal<Span> SCRATCH = new ThreadLocal<>();
    private static volatile Parallel pool;
    private static int wanted = Integer.getInteger("headway.threads", CORES);

    private final Thread[] workers;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Job current;
    private volatile boolean stopped;
    private final boolean[] asleep;

    private Parallel(int threads) {
        workers = new Thread[threads - 1];
        asleep = new boolean[threads];
        for (int i = 0; i < workers.length; i++) {
            int worker = i + 1;
            workers[i] = Thread.ofPlatform().name("headway-" + worker).daemon().unstarted(() -> serve(worker));
            workers[i].start();
        }
    }

    /// Sets the number of threads; more than there are cores works, and gives the same results, only slower.
    public static synchronized void threads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("[parallel] threads=%d; expected at least 1".formatted(threads));
        }
        wanted = threads;
        if (pool != null && pool.workers.length != threads - 1) {
            pool.stop();
            pool = null;
        }
    }

    /// Threads that share the work, the caller included.
    public static int threads() {
        return wanted;
    }

    /// Runs `body` over `0 … items-1` in chunks of `grain`.
    public static void range(int items, int grain, Body body) {
        if (items <= 0) {
            return;
        }
        int chunk = Math.max(1, grain);
        Parallel p = pool();
        if (items <= chunk || p.workers.length == 0 || !p.busy.compareAndSet(false, true)) {
            // Another caller has the pool, or there is nothing to share: same chunks, one thread.
            for (long lo = 0; lo < items; lo += chunk) {
                body.run((int) lo, (int) Math.min(items, lo + chunk));
            }
            return;
        }
        try {
            p.fork(new Job(body, items, chunk));
        } finally {
            p.busy.set(false);
        }
    }

    /// The same over a long range, with a chunk of at least `grain` items.
    public static void elements(long items, long grain, ElementBody body) {
        long chunk = Math.max(grain, (items + Integer.MAX_VALUE - 1) / Integer.MAX_VALUE);
        range(
                Math.toIntExact((items + chunk - 1) / chunk),
                1,
                (lo, hi) -> body.run(lo * chunk, Math.min(items, hi * chunk)));
    }

    /// Scratch of the calling thread, at least `count` floats, kept from call to call.
    public static Span scratch(long count) {
        Span s = SCRATCH.get();
        if (s == null || s.count() < count) {
            s = Span.allocate(Arena.ofAuto(), DType.F32, count);
            SCRATCH.set(s);
        }
        return s;
    }

    private static Parallel pool() {
        Parallel p = pool;
        return p != null ? p : create();
    }

    private static synchronized Parallel create() {
        if (pool == null) {
            pool = new Parallel(wanted);
        }
        return pool;
    }

    private void fork(Job job) {
        current = job;
        // A worker says that it sleeps and then looks for a job; here it is the other way round, and one of both sees.
        VarHandle.fullFence();
        for (int i = 0; i < workers.length; i++) {
            if (asleep[i + 1]) {
                LockSupport.unpark(workers[i]);
            }
        }
        job.work(0);
        int spins = 0;
        while ((int) DONE.getAcquire(job) < job.chunks) {
            if (workers.length >= CORES || ++spins > SPINS) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        switch (job.failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
    }

    private void serve(int worker) {
        Job seen = null;
        int spins = 0;
        int patience = workers.length >= CORES ? 100 : SPINS;
        while (!stopped) {
            Job job = current;
            if (job != seen) {
                seen = job;
                job.work(worker);
                spins = 0;
            } else if (++spins > patience) {
                // It stays asleep until there is a job: a worker that wakes up for nothing goes back at once.
                spins = patience;
                asleep[worker] = true;
                VarHandle.fullFence();
                if (current == seen && !stopped) {
                    LockSupport.parkNanos(50_000_000L);
                }
                asleep[worker] = false;
            } else if (spins % BETWEEN_YIELDS == 0) {
                // Here a worker holds no chunk. Who else needs a core, such as Java's compiler in the first seconds,
                // takes it now rather than in the middle of a chunk, for which all others would have to wait.
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void stop() {
        stopped = true;
        for (Thread t : workers) {
            LockSupport.unpark(t);
        }
    }

    /// One call. The chunks of each half that are left are a run `from … to-1` in one number; a worker that comes late
    /// finds none.
    private static final class Job {
        final Body body;
        final int items;
        final int grain;
        final int chunks;
        volatile long left;
        volatile long right;
        volatile int done;
        volatile Throwable failure;

        Job(Body body, int items, int grain) {
            this.body = body;
            this.items = items;
            this.grain = grain;
            this.chunks = (int) (((long) items + grain - 1) / grain);
            int middle = (chunks + 1) / 2;
            this.left = run(0, middle);
            this.right = run(middle, chunks);
        }

        private static long run(int from, int to) {
            return (long) from << 32 | to;
        }

        void work(int worker) {
            VarHandle own = worker % 2 == 0 ? LEFT : RIGHT;
            VarHandle other = worker % 2 == 0 ? RIGHT : LEFT;
            for (int c = first(own); c >= 0; c = first(own)) {
                chunk(c);
            }
            for (int c = last(other); c >= 0; c = last(other)) {
                chunk(c);
            }
        }

        /// Claims the first chunk of a run; negative where there is none.
        private int first(VarHandle half) {
            while (true) {
                long run = (long) half.getVolatile(this);
                int from = (int) (run >>> 32);
                int to = (int) run;
                if (from >= to) {
                    return -1;
                }
                if (half.compareAndSet(this, run, run(from + 1, to))) {
                    return from;
                }
            }
        }

        /// Claims the last chunk of a run.
        private int last(VarHandle half) {
            while (true) {
                long run = (long) half.getVolatile(this);
                int from = (int) (run >>> 32);
                int to = (int) run;
                if (from >= to) {
                    return -1;
                }
                if (half.compareAndSet(this, run, run(from, to - 1))) {
                    return to - 1;
                }
            }
        }

        private void chunk(int c) {
            try {
                int lo = c * grain;
                body.run(lo, (int) Math.min(items, (long) lo + grain));
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                DONE.getAndAdd(this, 1);
            }
        }
    }
}
