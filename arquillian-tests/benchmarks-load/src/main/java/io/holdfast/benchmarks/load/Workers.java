package io.holdfast.benchmarks.load;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/** Threads that go on until a time is over. What each works with is kept for the next round. */
public final class Workers {
    private final ThreadFactory threads;
    private final Callable<? extends Work> factory;
    private final Queue<Work> idle = new ConcurrentLinkedQueue<>();

    /** @param factory makes a thread's work */
    public Workers(ThreadFactory threads, Callable<? extends Work> factory) {
        this.threads = threads;
        this.factory = factory;
    }

    /** Returns when every thread has ended its last. */
    public Round run(int count, Duration time) throws InterruptedException {
        Duration cpu = Round.cpuNow();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        Latencies latencies = Latencies.merged(Clients.all(threads, count, () -> work(end)));
        return new Round(
                latencies,
                Duration.ofNanos(System.nanoTime() - begin),
                Round.cpuNow().minus(cpu));
    }

    private Latencies work(long end) throws Exception {
        Work kept = idle.poll();
        Work work = kept == null ? factory.call() : kept;
        Latencies latencies = new Latencies();
        long begin = System.nanoTime();
        do {
            work.once();
            long now = System.nanoTime();
            latencies.add(now - begin);
            begin = now;
        } while (begin < end);
        idle.add(work);
        return latencies;
    }
}
