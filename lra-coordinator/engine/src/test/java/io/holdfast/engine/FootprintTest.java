package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.log.DirectoryDisk;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.ThreadTimers;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What many open transactions cost: memory, and time until a restarted engine is ready. {@code -Dfootprint.transactions=100000} measures
 * the figures of the issue.
 */
class FootprintTest {
    private static final int TRANSACTIONS = Integer.getInteger("footprint.transactions", 20_000);
    private static final int BYTES_EACH = 2_048;
    private static final Duration READY_WITHIN = Duration.ofSeconds(5);
    private static final String BASE = "http://coordinator.example.com:8080/lra-coordinator/lra-coordinator";

    @TempDir
    Path directory;

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ThreadTimers timers = new ThreadTimers("footprint");

    @AfterEach
    void stop() throws InterruptedException {
        executor.shutdown();
        assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        timers.close();
    }

    @Test
    void an_open_lra_with_two_participants_takes_less_than_2_kilobytes_and_many_are_back_soon() {
        Settings withoutCheckpoints = Settings.FOR_LRAS.withCheckpointBytes(Long.MAX_VALUE);
        long before = usedHeap();
        Coordinator coordinator = open(withoutCheckpoints);
        fill(coordinator);
        assertSmall("filled", before, coordinator);
        coordinator.close();
        coordinator = null;

        coordinator = openTimed("replayed events", withoutCheckpoints);
        assertSmall("replayed events", before, coordinator);
        long start = System.nanoTime();
        coordinator.checkpoint();
        say("checkpoint", start);
        coordinator.close();
        coordinator = null;

        coordinator = openTimed("read checkpoint", withoutCheckpoints);
        assertSmall("read checkpoint", before, coordinator);
        coordinator.close();
    }

    @Test
    void a_join_to_a_thousand_participants_costs_a_few_microseconds_more_than_a_join_to_ten() {
        Coordinator coordinator = open(Settings.FOR_LRAS);
        double few = Double.MAX_VALUE;
        double many = Double.MAX_VALUE;
        for (int round = 0; round < 7; round++) {
            few = Math.min(few, joinMicros(coordinator, 10, 100));
            many = Math.min(many, joinMicros(coordinator, 1_000, 1));
        }
        System.out.printf("footprint: join with 10 %.1f us, with 1,000 %.1f us%n", few, many);
        assertThat(many).isLessThan(few * 2 + 20);
        coordinator.close();
    }

    private static double joinMicros(Coordinator coordinator, int participants, int transactions) {
        List<TransactionId> ids = new ArrayList<>();
        for (int i = 0; i < transactions; i++) {
            ids.add(coordinator.start(origin(i), null, null).join().id());
        }
        List<CompletableFuture<?>> joins = new ArrayList<>();
        long start = System.nanoTime();
        for (TransactionId id : ids) {
            for (int p = 0; p < participants; p++) {
                joins.add(join(coordinator, id, p, p));
            }
        }
        CompletableFuture.allOf(joins.toArray(CompletableFuture<?>[]::new)).join();
        return (System.nanoTime() - start) / 1e3 / participants / transactions;
    }

    private static void fill(Coordinator coordinator) {
        int batch = 500;
        for (int from = 0; from < TRANSACTIONS; from += batch) {
            List<CompletableFuture<?>> joined = new ArrayList<>();
            for (int i = from; i < from + batch; i++) {
                int number = i;
                joined.add(
                        coordinator.start(origin(i), null, null).thenCompose(tx -> join(coordinator, tx.id(), number, 0)
                                .thenCompose(first -> join(coordinator, tx.id(), number, 1))));
            }
            CompletableFuture.allOf(joined.toArray(CompletableFuture<?>[]::new)).join();
        }
    }

    private static CompletableFuture<Joined> join(Coordinator coordinator, TransactionId id, int number, int service) {
        return coordinator.join(
                id, ParticipantKind.ACTED, link(number, service), "", Set.of(Notice.FORGET, Notice.OUTCOME), null);
    }

    private static String origin(int number) {
        return BASE + "\nio.example.shop.resources.OrderResource" + number + "#placeOrder";
    }

    /** No two have the same address, which is worse than what stock clients do. */
    private static String link(int number, int service) {
        String resource =
                "http://service" + service + ".example.com:8080/application/some/longer/resource/path/" + number;
        List<String> links = new ArrayList<>();
        for (String rel : List.of("compensate", "complete", "forget", "after")) {
            links.add("<" + resource + "/" + rel + "?method=jakarta.ws.rs.PUT>; rel=\"" + rel + "\"");
        }
        return String.join(", ", links);
    }

    private Coordinator openTimed(String what, Settings settings) {
        long start = System.nanoTime();
        Coordinator coordinator = open(settings);
        Duration took = say(what, start);
        assertThat(took).isLessThan(READY_WITHIN);
        return coordinator;
    }

    private static Duration say(String what, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("footprint: %s of %,d transactions took %,d ms%n", what, TRANSACTIONS, took.toMillis());
        return took;
    }

    private Coordinator open(Settings settings) {
        Host host = new Host(Clock.system(), timers, executor, new SecureRandom(), new DirectoryDisk(directory));
        return Coordinator.open(settings, host, new Unused());
    }

    private static void assertSmall(String what, long before, Coordinator coordinator) {
        long each = (usedHeap() - before) / TRANSACTIONS;
        System.out.printf(
                "footprint: %s: %,d bytes of heap for each of %,d (a Link has %d characters)%n",
                what, each, TRANSACTIONS, link(TRANSACTIONS, 0).length());
        assertThat(each).isLessThan(BYTES_EACH);
        assertThat(coordinator
                        .list(tx -> tx.participants().size() == 2, Integer.MAX_VALUE)
                        .join())
                .hasSize(TRANSACTIONS);
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Nothing is delivered. */
    private static final class Unused implements ParticipantDriver {
        @Override
        public String endpointOf(Participant participant) {
            return "nowhere";
        }

        @Override
        public CompletionStage<Answer> deliver(Call call) {
            return new CompletableFuture<>();
        }
    }
}
