package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Load for half an hour, or {@code -Dsoak.minutes=N} (5 at least), while ended LRAs are kept for a minute: at the end the heap and the
 * log are as large as after the first minutes. Part of the profile full.
 */
class SoakIT {
    private static final Duration LOAD = Duration.ofMinutes(Integer.getInteger("soak.minutes", 30));
    /** Until as many ended LRAs are kept as ever will be. */
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    /** After that, and at the end. A checkpoint falls into it, before and after which the log is at its smallest. */
    private static final Duration MEASURED =
            Duration.ofMinutes(Math.min(5, LOAD.minus(WARM_UP).toMinutes() / 2));

    private static final int CLIENTS = 16;
    /** Each client begins one so often, or else what is kept would grow and shrink with what else the machine does. */
    private static final Duration PACE = Duration.ofMillis(100);

    /** Fills the log within a minute. */
    private static final String DATA = "x".repeat(1_000);

    private static final double GROWTH = 1.15;

    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private final AtomicLong ended = new AtomicLong();
    private final Participants participants = new Participants();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    /** The smallest that were seen: the heap without its garbage, the log just after a checkpoint. */
    private record Size(long heap, long disk) {}

    @AfterEach
    void close() {
        clients.shutdownNow();
        participants.close();
    }

    @Test
    void heap_and_log_do_not_grow_under_load() throws IOException {
        try (CoordinatorServer server = CoordinatorServer.started("-Dholdfast.coordinator.retention.seconds=60")) {
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Void>> load = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> CompletableFuture.runAsync(() -> doBusiness(server, over), clients))
                    .toList();
            long start = System.nanoTime();
            Size early = measure(server, load, start + WARM_UP.toNanos());
            assertThat(server.logDirectory())
                    .as("so light a load, or so short a time, tells nothing of the log")
                    .isDirectoryContaining("glob:**/checkpoint-*.log");
            Size late = measure(server, load, start + LOAD.minus(MEASURED).toNanos());
            over.set(true);
            load.forEach(CompletableFuture::join);
            System.out.println(ended + " LRAs in " + LOAD + "; in the first " + MEASURED + " after " + WARM_UP + " "
                    + early + ", in the last " + late);
            assertThat(late.heap()).isLessThan((long) (early.heap() * GROWTH));
            assertThat(late.disk()).isLessThan((long) (early.disk() * GROWTH));
            await("the end of all").until(() -> server.client().lras().stream()
                    .allMatch(lra -> Set.of("Closed", "Cancelled").contains(lra.status())));
            assertThat(server.complaints()).isEmpty();
        }
    }

    /** A busy machine may take longer for an end than the coordinator waits for it. */
    private void doBusiness(CoordinatorServer server, AtomicBoolean over) {
        LraCalls calls = new LraCalls(server);
        long next = System.nanoTime();
        while (!over.get()) {
            next += PACE.toNanos();
            boolean cancels = ended.incrementAndGet() % 10 == 0;
            String lra = calls.start("");
            for (String name : List.of("first", "second")) {
                Answer join = calls.send("PUT", lra, Map.of("Link", participants.link(name)), DATA);
                assertThat(join.status()).as(join.toString()).isEqualTo(200);
            }
            if (cancels) {
                assertThat(calls.put(lra + "/cancel").body()).isIn("Cancelled", "Cancelling");
            } else {
                assertThat(calls.put(lra + "/close").body()).isIn("Closed", "Closing");
            }
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private Size measure(CoordinatorServer server, List<CompletableFuture<Void>> load, long from) throws IOException {
        long to = from + MEASURED.toNanos();
        long heap = Long.MAX_VALUE;
        long disk = Long.MAX_VALUE;
        for (long now = System.nanoTime(); now - to < 0; now = System.nanoTime()) {
            pause();
            load.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
            participants.forgetWhatTheyWereTold();
            if (now - from >= 0) {
                disk = Math.min(disk, bytesIn(server.logDirectory()));
                heap = Math.min(heap, livingBytes());
            }
        }
        return new Size(heap, disk);
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Files come and go meanwhile. */
    private static long bytesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** Of the server, the only process that this one has started; the histogram begins with a collection. */
    private static long livingBytes() {
        long pid = ProcessHandle.current().children().findFirst().orElseThrow().pid();
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "GC.class_histogram")
                    .start();
            String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = HISTOGRAM_TOTAL.matcher(histogram);
            if (!total.find()) {
                throw new IllegalStateException("no total in " + histogram);
            }
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
