package io.holdfast.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * CPU time used so far.
 *
 * @param server by the server
 * @param clients by this process, which is clients and participants
 * @param machine by everything, and what the machine's host took away
 */
record Usage(Duration server, Duration clients, Duration machine) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final long TICK_MILLIS = 10;
    /** user, nice, system, idle, iowait, irq, softirq, steal: all but the two in the middle are work. */
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

    static Usage now(Server server) {
        return new Usage(server.cpu(), cpuOf(ProcessHandle.current()), machineNow());
    }

    static Duration cpuOf(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("the CPU time of a process is not known here"));
    }

    /** By everything on this machine, and what its host took away. */
    static Duration machineNow() {
        try (Stream<String> lines = Files.lines(STAT)) {
            String[] all = lines.findFirst().orElseThrow().split(" +", -1);
            long ticks = IntStream.of(BUSY)
                    .mapToLong(column -> Long.parseLong(all[column]))
                    .sum();
            return Duration.ofMillis(TICK_MILLIS * ticks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Usage minus(Usage earlier) {
        return new Usage(server.minus(earlier.server), clients.minus(earlier.clients), machine.minus(earlier.machine));
    }

    /** What neither server nor clients used, of the whole machine; high figures spoil a measurement. */
    double othersPercent(Duration elapsed) {
        long others = Math.max(machine.minus(server).minus(clients).toNanos(), 0);
        return 100.0 * others / (elapsed.toNanos() * Runtime.getRuntime().availableProcessors());
    }
}
