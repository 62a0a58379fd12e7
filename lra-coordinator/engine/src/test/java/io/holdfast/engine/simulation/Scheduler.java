package io.holdfast.engine.simulation;

import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Time and threads of a simulation: one thread, tasks in an order that the seed decides, a clock that jumps to the next timer. */
public final class Scheduler implements Executor, Timers, Clock {
    private record Timed(Instant due, long order, Runnable task) {}

    private final RandomGenerator random;
    private final List<Runnable> ready = new ArrayList<>();
    private final PriorityQueue<Timed> timers =
            new PriorityQueue<>(Comparator.comparing(Timed::due).thenComparing(Timed::order));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Duration clockIsAhead = Duration.ZERO;
    private long order;

    public Scheduler(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Instant now() {
        return now.plus(clockIsAhead);
    }

    /** Sets the time of day, on which timers do not depend, so much ahead of where it would be. */
    public void setClockAhead(Duration ahead) {
        clockIsAhead = ahead;
    }

    /** How far the timers have come. */
    public Instant elapsed() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Timed timed = new Timed(now.plus(delay.isNegative() ? Duration.ZERO : delay), order++, task);
        timers.add(timed);
        return () -> timers.remove(timed);
    }

    /** How many timers are armed. */
    public int timers() {
        return timers.size();
    }

    /** Runs one ready task. False when there is none. */
    public boolean runOne() {
        if (ready.isEmpty()) {
            return false;
        }
        ready.remove(random.nextInt(ready.size())).run();
        return true;
    }

    /** Runs everything that is ready, without letting time pass. */
    public void runReady() {
        while (runOne()) {
            // the loop's condition does the work
        }
    }

    /** Lets the time pass, running what becomes due on the way. */
    public void advance(Duration by) {
        Instant until = now.plus(by);
        runReady();
        while (runNextTimer(until)) {
            runReady();
        }
    }

    /** Goes to the next timer that is due by then and runs it. False when there is none; the time is {@code until} then. */
    public boolean runNextTimer(Instant until) {
        if (timers.isEmpty() || timers.peek().due().isAfter(until)) {
            now = until;
            return false;
        }
        Timed timed = timers.remove();
        now = timed.due().isAfter(now) ? timed.due() : now;
        timed.task().run();
        return true;
    }

    /** The machine has stopped: nothing that was to run runs. */
    public void forgetEverything() {
        ready.clear();
        timers.clear();
    }
}
