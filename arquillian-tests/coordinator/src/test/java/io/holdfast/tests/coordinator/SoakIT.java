package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Load for half an hour, or {@code -Dsoak.minutes=N}, while ended LRAs are kept for a minute: at the end the heap and the log are as
 * large as after the first minutes. Part of the profile full.
 */
class SoakIT {
    private static final Duration LOAD = Duration.ofMinutes(Integer.getInteger("soak.minutes", 30));
    private static final Duration WARM_UP = Duration.ofMinutes(Math.min(5, LOAD.toMinutes() / 2));
    /** Long enough to see the log grow and be replaced by checkpoints several times. */
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int CLIENTS = 16;
    private static final double GROWTH = 1.15;
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private final AtomicLong ended = new AtomicLong();

    /** The largest log and the smallest heap within the window; living objects only. */
    private record Size(long heap, long disk) {}

    @Test
    void heap_and_log_do_not_grow_under_load() throws IOException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (Participants participants = new Participants();
                CoordinatorServer server = CoordinatorServer.started("-Dholdfast.coordinator.retention.seconds=60")) {
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Void>> load = IntStream.range(0, CLIENTS)
                    .mapToObj(
                            client -> CompletableFuture.runAsync(() -> doBusiness(server, participants, over), clients))
                    .toList();
            long start = System.nanoTime();
            Size early = measureFrom(start, WARM_UP.minus(WINDOW), server, participants);
            Size late = measureFrom(start, LOAD.minus(WINDOW), server, participants);
            over.set(true);
            load.forEach(CompletableFuture::join);
            System.out.println(
                    ended + " LRAs in " + LOAD + "; after " + WARM_UP + " " + early + ", at the end " + late);
            assertThat(late.heap()).isLessThan((long) (early.heap() * GROWTH));
            assertThat(late.disk()).isLessThan((long) (early.disk() * GROWTH));
            assertThat(server.complaints()).isEmpty();
        } finally {
            clients.shutdownNow();
        }
    }

    private void doBusiness(CoordinatorServer server, Participants participants, AtomicBoolean over) {
        LraCalls calls = new LraCalls(server);
        while (!over.get()) {
            boolean cancels = ended.incrementAndGet() % 10 == 0;
            String lra = calls.start("");
            calls.join(lra, participants.link("first"));
            calls.join(lra, participants.link("second"));
            assertThat(calls.put(lra + (cancels ? "/cancel" : "/close")).body())
                    .isEqualTo(cancels ? "Cancelled" : "Closed");
        }
    }

    private static Size measureFrom(long start, Duration from, CoordinatorServer server, Participants participants)
            throws IOException {
        long begin = start + from.toNanos();
        long heap = Long.MAX_VALUE;
        long disk = 0;
        while (System.nanoTime() - begin < WINDOW.toNanos()) {
            pause();
            participants.forgetWhatTheyWereTold();
            if (System.nanoTime() - begin > 0) {
                disk = Math.max(disk, bytesIn(server.logDirectory()));
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
