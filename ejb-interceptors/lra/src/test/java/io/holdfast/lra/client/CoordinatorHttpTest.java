package io.holdfast.lra.client;

import static io.holdfast.lra.client.ScriptedCoordinator.HANG_UP;
import static io.holdfast.lra.client.ScriptedCoordinator.SILENCE;
import static io.holdfast.lra.client.ScriptedCoordinator.THEN_CLOSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that break, servers that are away, and answers that are none. */
class CoordinatorHttpTest {
    private static final String ACTIVE = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nActive";

    private final ScriptedCoordinator first = new ScriptedCoordinator();
    private final ScriptedCoordinator second = new ScriptedCoordinator();
    private final CoordinatorClient client = clientWaiting(Duration.ofSeconds(10));
    private final CoordinatorClient hasty = clientWaiting(Duration.ofMillis(300));

    private CoordinatorClient clientWaiting(Duration responseTimeout) {
        return new CoordinatorClient(new CoordinatorSettings(
                List.of(first.address(), second.address()), Set.of(), Duration.ofSeconds(2), responseTimeout));
    }

    @AfterEach
    void stop() throws IOException {
        hasty.close();
        client.close();
        first.close();
        second.close();
    }

    @Test
    void calls_one_after_the_other_share_a_connection() throws Exception {
        for (int i = 0; i < 5; i++) {
            first.raw(ACTIVE);
            status();
        }

        assertThat(first.connections()).isEqualTo(1);
    }

    @Test
    void threads_do_not_wait_for_each_other_s_connections() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        IntStream.range(0, 3).forEach(i -> first.raw(SILENCE));
        List<Future<LRAStatus>> waiting = IntStream.range(0, 3)
                .mapToObj(i -> threads.submit(this::status))
                .toList();
        await(() -> first.requests().size() == 3);
        first.raw(ACTIVE);

        assertThat(status()).isEqualTo(LRAStatus.Active);
        assertThat(waiting).noneMatch(Future::isDone);
        threads.shutdownNow();
    }

    @Test
    void a_start_goes_to_the_next_coordinator_when_one_cannot_be_connected_and_stays_there() throws Exception {
        first.close();
        second.answers(201, "", "Location: " + second.url() + "/1")
                .answers(201, "", "Location: " + second.url() + "/2");

        assertThat(client.start("Shop#buy", Optional.empty())).isEqualTo(second.lra("1"));
        assertThat(client.start("Shop#buy", Optional.empty())).isEqualTo(second.lra("2"));
    }

    @Test
    void it_comes_back_when_the_other_is_away() throws Exception {
        second.refuse();
        first.answers(201, "", "Location: " + first.url() + "/1");

        assertThat(client.start("Shop#buy", Optional.empty())).isEqualTo(first.lra("1"));
    }

    @Test
    void when_none_can_be_connected_all_are_named_and_nothing_was_done() throws Exception {
        first.close();
        second.close();

        assertThatExceptionOfType(CoordinatorUnreachableException.class)
                .isThrownBy(() -> client.start("Shop#buy", Optional.empty()))
                .withMessageStartingWith("HFPAR010")
                .withMessageContaining(first.url())
                .withMessageContaining(second.url())
                .matches(unreachable -> !unreachable.mayHaveBeenDone());
    }

    @Test
    void an_lra_s_own_coordinator_is_not_replaced_by_another() throws Exception {
        first.close();

        assertThatExceptionOfType(CoordinatorUnreachableException.class).isThrownBy(this::status);
        assertThat(second.connections()).isZero();
    }

    @Test
    void a_start_that_is_not_answered_is_not_repeated_elsewhere() {
        first.raw(SILENCE);

        assertNoAnswer(() -> hasty.start("Shop#buy", Optional.empty()));
        assertThat(first.requests()).hasSize(1);
        assertThat(second.connections()).isZero();
    }

    @Test
    void silence_ends_with_the_time_out() {
        first.raw(SILENCE);
        long begin = System.nanoTime();

        assertNoAnswer(() -> hasty.status(first.lra("1")));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(8));
    }

    @Test
    void an_answer_that_trickles_in_ends_with_it_too() throws Exception {
        try (var slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var patient = new CoordinatorClient(new CoordinatorSettings(
                        List.of(CoordinatorAddress.parse("http://localhost:" + slow.getLocalPort() + "/c")),
                        Set.of(),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(300)))) {
            var trickle = new Thread(() -> trickle(slow));
            trickle.start();

            assertNoAnswer(() -> patient.status(LraId.parse("http://localhost:" + slow.getLocalPort() + "/c/1")));
            trickle.join();
        }
    }

    private static void trickle(ServerSocket server) {
        try (var socket = server.accept()) {
            for (int i = 0; i < 1_000; i++) {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".charAt(Math.min(i, 19)));
                Thread.sleep(20);
            }
        } catch (IOException hungUp) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void garbage_is_no_answer_of_a_coordinator() {
        first.raw("220 smtp.example.org ESMTP\r\n\r\n" + THEN_CLOSE);

        assertThatExceptionOfType(CoordinatorException.class)
                .isThrownBy(this::status)
                .matches(failure -> failure instanceof MalformedAnswerException
                        || failure instanceof CoordinatorUnreachableException);
    }

    @Test
    void a_header_of_100_kb_is_refused() {
        first.raw("HTTP/1.1 201 Created\r\nLocation: " + first.url() + "/" + "a".repeat(100_000) + "\r\n\r\n");

        assertMalformed("one of more than 73728 characters", () -> client.start("Shop#buy", Optional.empty()));
    }

    @Test
    void endless_headers_are_refused() {
        first.raw("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(1_000));

        assertMalformed("more than 100 headers", this::status);
    }

    @Test
    void a_body_beyond_its_bound_is_refused_and_its_connection_closed() throws Exception {
        first.raw("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n" + "x".repeat(70_000))
                .raw(ACTIVE);

        assertMalformed("a body of more than 65536 bytes", this::status);
        assertThat(status()).isEqualTo(LRAStatus.Active);
        assertThat(first.connections()).isEqualTo(2);
    }

    @Test
    void an_answer_that_breaks_off_is_none() {
        first.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nAct" + THEN_CLOSE);

        assertNoAnswer(this::status);
    }

    @Test
    void a_new_connection_that_breaks_is_told_at_once() {
        first.raw(HANG_UP);

        assertNoAnswer(this::status);
        assertThat(first.requests()).hasSize(1);
    }

    @Test
    void on_a_kept_connection_that_breaks_a_call_is_repeated_on_a_new_one() throws Exception {
        first.raw(ACTIVE).raw(HANG_UP).raw(ACTIVE);
        status();

        assertThat(status()).isEqualTo(LRAStatus.Active);
        assertThat(first.requests()).hasSize(3);
        assertThat(first.connections()).isEqualTo(2);
    }

    @Test
    void it_is_repeated_once_only() throws Exception {
        first.raw(ACTIVE).raw(HANG_UP).raw(HANG_UP);
        status();

        assertNoAnswer(this::status);
        assertThat(first.requests()).hasSize(3);
    }

    @Test
    void a_start_on_a_kept_connection_that_breaks_is_not_repeated_since_it_may_have_been_done() throws Exception {
        first.raw(ACTIVE).raw(HANG_UP);
        status();

        assertNoAnswer(() -> client.start("Shop#buy", Optional.empty()));
        assertThat(first.requests()).hasSize(2);
    }

    @Test
    void a_connection_that_was_closed_while_idle_is_noticed_before_a_start_is_sent() throws Exception {
        first.raw(ACTIVE + THEN_CLOSE).answers(201, "", "Location: " + first.url() + "/1");
        status();
        Thread.sleep(300);

        assertThat(client.start("Shop#buy", Optional.empty())).isEqualTo(first.lra("1"));
        assertThat(first.requests()).hasSize(2);
    }

    @Test
    void an_idle_connection_that_lives_is_used_again() throws Exception {
        first.raw(ACTIVE).raw(ACTIVE);
        status();
        Thread.sleep(300);

        assertThat(status()).isEqualTo(LRAStatus.Active);
        assertThat(first.connections()).isEqualTo(1);
    }

    private LRAStatus status() throws CoordinatorException {
        return client.status(first.lra("1"));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
    }

    private static void assertNoAnswer(ThrowingCallable call) {
        assertThatExceptionOfType(CoordinatorUnreachableException.class)
                .isThrownBy(call)
                .withMessageStartingWith("HFPAR011")
                .matches(CoordinatorUnreachableException::mayHaveBeenDone);
    }

    private static void assertMalformed(String detail, ThrowingCallable call) {
        assertThatExceptionOfType(MalformedAnswerException.class)
                .isThrownBy(call)
                .withMessageContaining(detail);
    }
}
