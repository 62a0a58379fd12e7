package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.tests.coordinator.SizeCourse.Sample;
import io.holdfast.tests.coordinator.SizeCourse.Span;
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
 * Load for half an hour, or {@code -Dsoak.minutes=N} (7 at least), while ended LRAs are kept for a minute: at the end the heap and the
 * log are as large as after the first minutes. Part of the profile full. With {@code -Dsoak.retention.seconds=3600} it must fail.
 */
class SoakIT {
    private static final Duration LOAD = Duration.ofMinutes(Integer.getInteger("soak.minutes", 30));
    private static final int RETENTION_SECONDS = Integer.getInteger("soak.retention.seconds", 60);
    /** Until as many ended LRAs are kept as ever will be, and the server has compiled what it runs. */
    private static final Duration WARM_UP = Duration.ofMinutes(3);

    private static final Duration LONGEST_SPAN = Duration.ofMinutes(5);
    /** After the warm-up, and again at the end: two checkpoints' cycles at least. */
    private static final Duration SHORTEST_SPAN = Duration.ofMinutes(2);

    private static final Duration SAMPLED = Duration.ofSeconds(5);

    private static final int CLIENTS = 16;
    /** Each client begins one so often, which a busy machine can do too; otherwise what is kept would grow and shrink with what else it does. */
    private static final Duration PACE = Duration.ofMillis(200);

    /** Fills the log within a minute. */
    private static final String DATA = "x".repeat(2_000);

    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    private final AtomicLong ended = new AtomicLong();
    private final Participants participants = new Participants();
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    @AfterEach
    void close() {
        clients.shutdownNow();
        participants.close();
    }

    @Test
    void heap_and_log_do_not_grow_under_load() throws IOException {
        Duration span = spanOf(LOAD);
        try (CoordinatorServer server =
                CoordinatorServer.started("-Dholdfast.coordinator.retention.seconds=" + RETENTION_SECONDS)) {
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Void>> load = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> CompletableFuture.runAsync(() -> doBusiness(server, over), clients))
                    .toList();
            SizeCourse course = watch(server, load);
            over.set(true);
            load.forEach(CompletableFuture::join);
            Span early = new Span(WARM_UP, WARM_UP.plus(span));
            Span late = new Span(LOAD.minus(span), LOAD);
            System.out.println("Soak, " + course.row(early) + "; " + course.row(late));
            assertThat(course.complaints(early, late)).isEmpty();
            assertThat(server.logDirectory())
                    .as("so light a load, or so short a time, tells nothing of the log")
                    .isDirectoryContaining("glob:**/checkpoint-*.log");
            await("the end of all").until(() -> server.client().lras().stream()
                    .allMatch(lra -> Set.of("Closed", "Cancelled").contains(lra.status())));
            assertThat(server.complaints()).isEmpty();
        }
    }

    private static Duration spanOf(Duration load) {
        Duration half = load.minus(WARM_UP).dividedBy(2);
        assertThat(half).as("half of soak.minutes after " + WARM_UP).isGreaterThanOrEqualTo(SHORTEST_SPAN);
        return half.compareTo(LONGEST_SPAN) < 0 ? half : LONGEST_SPAN;
    }

    /** A busy machine may take longer for an end than the coordinator waits for it. */
    private void doBusiness(CoordinatorServer server, AtomicBoolean over) {
        LraCalls calls = new LraCalls(server);
        while (!over.get()) {
            // What a busy machine has delayed is not made up for, so that the load never rises.
            long next = System.nanoTime() + PACE.toNanos();
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

    /** Until the time of the load is over; tells each minute on the standard output. */
    private SizeCourse watch(CoordinatorServer server, List<CompletableFuture<Void>> load) throws IOException {
        SizeCourse course = new SizeCourse();
        long start = System.nanoTime();
        Duration told = Duration.ZERO;
        for (Duration at = Duration.ZERO; at.compareTo(LOAD) < 0; at = Duration.ofNanos(System.nanoTime() - start)) {
            if (at.compareTo(told.plusMinutes(1)) >= 0) {
                System.out.println("Soak, " + course.row(new Span(told, told.plusMinutes(1))));
                told = told.plusMinutes(1);
            }
            load.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
            participants.forgetWhatTheyWereTold();
            course.add(new Sample(at, ended.get(), livingBytes(), bytesIn(server.logDirectory())));
            pause();
        }
        return course;
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(SAMPLED.toNanos());
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
