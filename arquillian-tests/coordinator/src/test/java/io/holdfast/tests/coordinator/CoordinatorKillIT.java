package io.holdfast.tests.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Book.Lra;
import io.holdfast.tests.coordinator.Business.Wish;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server is killed under load. {@code -Dkills=all}, or the names of some {@link KillPoint}s, kills it elsewhere than at one. */
@ExtendWith(WithCoordinator.class)
class CoordinatorKillIT {
    private static final int CLIENTS = 4;
    private static final int BUSINESSES_BEFORE = 20;
    private static final Duration DEATH = Duration.ofSeconds(60);
    private static final String DATA = "x".repeat(60_000);

    private static final Participants PARTICIPANTS = new Participants();

    private final CoordinatorServer server;
    private final Queue<Business> businesses = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();

    CoordinatorKillIT(CoordinatorServer server) {
        this.server = server;
    }

    static Stream<KillPoint> points() {
        String kills = System.getProperty("kills", KillPoint.CLOSE_DURABLE_BEFORE_THE_FIRST_CALL.name());
        return kills.equals("all")
                ? Stream.of(KillPoint.values())
                : Stream.of(kills.split(",", -1)).map(KillPoint::valueOf);
    }

    @AfterAll
    static void close() {
        PARTICIPANTS.close();
    }

    @ParameterizedTest
    @MethodSource("points")
    void after_a_kill_everything_acknowledged_holds_and_every_lra_ends_as_it_was_decided(KillPoint point) {
        List<String> complaints = server.complaints();
        Set<String> earlier = server.client().lras().stream().map(Lra::id).collect(Collectors.toSet());
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<CompletableFuture<Void>> load = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> CompletableFuture.runAsync(() -> doBusiness(point), clients))
                    .toList();
            await().atMost(DEATH)
                    .until(() ->
                            numbers.get() > BUSINESSES_BEFORE || load.stream().anyMatch(CompletableFuture::isDone));
            server.killSwitch().armAt(point.rule());
            server.control().awaitDeath(DEATH);
            load.forEach(CompletableFuture::join);
        } finally {
            server.killSwitch().disarm();
            clients.shutdownNow();
        }
        server.restart();
        List<Business> started = businesses.stream().filter(Business::isStarted).toList();
        started.forEach(Business::checkAcknowledged);
        started.stream().filter(business -> !business.isOver()).forEach(Business::end);
        server.client().recover();
        await("the end of all").atMost(Duration.ofSeconds(30)).until(() -> started.stream()
                .allMatch(Business::isOver));
        started.forEach(Business::checkTold);
        lrasBesides(earlier).filter(lra -> lra.status().equals("Active")).forEach(unacknowledged -> server.client()
                .cancel(URI.create(LraCalls.addressOf(unacknowledged.id()))));
        assertThat(lrasBesides(earlier)).extracting(Lra::status).containsOnly("Closed", "Cancelled");
        assertThat(server.complaints()).isEqualTo(complaints);
        System.out.println(
                "killed at " + point + ": " + started.size() + " of " + businesses.size() + " LRAs were acknowledged");
    }

    /** Until the server dies. */
    private void doBusiness(KillPoint point) {
        String data = point.needsMuchData() ? DATA : "";
        try {
            while (true) {
                int number = numbers.incrementAndGet();
                Wish wish = number % 3 == 0 ? Wish.CANCEL : Wish.CLOSE;
                Business business = new Business(server, PARTICIPANTS, point + "-" + number, wish);
                businesses.add(business);
                business.start();
                business.join(data);
                business.join(data);
                switch (number % 7) {
                    case 0 -> {
                        business.join(data);
                        business.firstLeaves();
                        business.end();
                    }
                    case 1 -> {
                        business.renew(3_600_000);
                        business.renew(0);
                        business.end();
                    }
                    case 2, 3 -> {
                        Business below = business.startNested();
                        below.join(data);
                        below.end();
                        business.end();
                    }
                    case 4 -> business.join(data);
                    default -> business.end();
                }
            }
        } catch (UncheckedIOException theServerIsDead) {
            return;
        }
    }

    private Stream<Lra> lrasBesides(Set<String> earlier) {
        return server.client().lras().stream().filter(lra -> !earlier.contains(lra.id()));
    }
}
