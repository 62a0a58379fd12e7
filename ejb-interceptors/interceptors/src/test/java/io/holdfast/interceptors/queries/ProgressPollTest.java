package io.holdfast.interceptors.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.api.Progress;
import io.holdfast.interceptors.SuspendedExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressPollTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Intervals INTERVALS = new Intervals(Duration.ofMillis(20), 2, Duration.ofMillis(80));
    private static final long LONG = 1L << 28;

    /** Bodies that are no texts. */
    private static final String ENDLESS = "endless";

    private static final String STALLED = "stalled";

    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<Long> asked = Collections.synchronizedList(new ArrayList<>());
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<Long> read = new CompletableFuture<>();
    private HttpServer server;

    private record Answer(int status, String body) {
        static Answer of(Progress progress) {
            return new Answer(
                    progress == Progress.UNKNOWN ? 404 : 200, "{\"id\":\"t\",\"progress\":\"" + progress + "\"}");
        }
    }

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(System.nanoTime());
            Answer answer = script.size() > 1 ? script.remove() : script.element();
            switch (answer.body()) {
                case ENDLESS -> answerWithoutEnd(exchange);
                case STALLED -> answerByHalf(exchange);
                default -> {
                    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                }
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    /** For as long as somebody reads. */
    private void answerWithoutEnd(HttpExchange exchange) {
        byte[] blanks = new byte[1 << 16];
        long sent = 0;
        try {
            exchange.sendResponseHeaders(200, 0);
            while (sent < LONG) {
                exchange.getResponseBody().write(blanks);
                sent += blanks.length;
            }
        } catch (IOException brokenOff) {
            // As it should be.
        }
        read.complete(sent);
    }

    /** And keeps the connection until the end of the test. */
    private void answerByHalf(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
    }

    @AfterEach
    void close() {
        server.stop(0);
        executor.shutdownNow();
        threads.shutdownNow();
    }

    private Progress untilEnd(Duration patience) throws Exception {
        return untilEnd(INTERVALS, patience);
    }

    private Progress untilEnd(Intervals intervals, Duration patience) throws Exception {
        URI address = address();
        return new ProgressPoll(HttpClient.newHttpClient(), executor, intervals)
                .untilEnd(address, patience)
                .get(60, TimeUnit.SECONDS);
    }

    /** Waits no longer than {@link #LONGEST_WAIT} for an answer. */
    private Progress poll(ScheduledExecutorService by, Duration patience) throws Exception {
        return new ProgressPoll(HttpClient.newHttpClient(), by, INTERVALS, LONGEST_WAIT)
                .untilEnd(address(), patience)
                .get(60, TimeUnit.SECONDS);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/progress/t");
    }

    @Test
    void it_asks_at_growing_intervals_until_the_end() throws Exception {
        for (int i = 0; i < 5; i++) {
            script.add(Answer.of(Progress.CONFIRMING));
        }
        script.add(Answer.of(Progress.CONFIRMED));
        assertThat(untilEnd(PATIENCE)).isEqualTo(Progress.CONFIRMED);
        assertThat(asked).hasSize(6);
        long[] least = {20, 40, 80, 80, 80};
        for (int i = 0; i < least.length; i++) {
            assertThat(asked.get(i + 1) - asked.get(i))
                    .as("interval " + i)
                    .isGreaterThanOrEqualTo(least[i] * 1_000_000);
        }
    }

    @Test
    void what_cannot_be_understood_is_asked_again() throws Exception {
        script.add(new Answer(500, ""));
        script.add(new Answer(200, "<html>"));
        script.add(new Answer(200, "{\"progress\":\"DANCING\"}"));
        script.add(new Answer(200, "{\"progress\":7}"));
        script.add(new Answer(200, "{\"a\":".repeat(1_100) + "1" + "}".repeat(1_100)));
        script.add(new Answer(200, "{}"));
        script.add(Answer.of(Progress.UNKNOWN));
        assertThat(untilEnd(PATIENCE)).isEqualTo(Progress.UNKNOWN);
        assertThat(asked).hasSize(7);
    }

    @Test
    void an_answer_without_end_is_broken_off_and_asked_for_again() throws Exception {
        script.add(new Answer(200, ENDLESS));
        script.add(Answer.of(Progress.CONFIRMED));
        assertThat(untilEnd(PATIENCE)).isEqualTo(Progress.CONFIRMED);
        assertThat(read.get(60, TimeUnit.SECONDS)).isLessThan(LONG);
    }

    @Test
    void an_answer_that_stops_in_its_middle_is_given_up_and_asked_for_again() throws Exception {
        script.add(new Answer(200, STALLED));
        script.add(Answer.of(Progress.CONFIRMED));
        assertThat(poll(executor, PATIENCE)).isEqualTo(Progress.CONFIRMED);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1) - asked.get(0)).isGreaterThanOrEqualTo(LONGEST_WAIT.toNanos());
    }

    @Test
    void an_end_that_the_endpoint_says_is_none_is_asked_again() throws Exception {
        script.add(new Answer(404, "{\"operation\":\"pay\",\"key\":\"7\",\"progress\":\"UNKNOWN\",\"end\":false}"));
        script.add(new Answer(200, "{\"progress\":\"CONFIRMING\",\"end\":true}"));
        script.add(new Answer(200, "{\"operation\":\"pay\",\"key\":\"7\",\"progress\":\"CONFIRMED\",\"end\":true}"));
        assertThat(untilEnd(PATIENCE)).isEqualTo(Progress.CONFIRMED);
        assertThat(asked).hasSize(3);
    }

    @Test
    void a_patience_that_is_over_is_told_with_the_last_progress() {
        script.add(Answer.of(Progress.CANCELLING));
        assertThatThrownBy(() -> untilEnd(Duration.ofSeconds(5)))
                .hasMessageContaining("has not ended within PT5S; last known: CANCELLING");
        assertThat(asked).hasSizeGreaterThanOrEqualTo(2);
    }

    /** The one that gives the answer up, or the next question. */
    @Test
    void a_run_that_a_suspended_server_drops_is_made_up_for() throws Exception {
        script.add(Answer.of(Progress.CONFIRMING));
        script.add(new Answer(200, STALLED));
        script.add(Answer.of(Progress.CONFIRMED));
        SuspendedExecutor suspended = new SuspendedExecutor(3);
        try {
            assertThat(poll(suspended, PATIENCE)).isEqualTo(Progress.CONFIRMED);
            assertThat(suspended.left()).isZero();
        } finally {
            suspended.shutdownNow();
        }
        assertThat(asked).hasSize(3);
    }

    @Test
    void a_patience_that_ends_while_runs_are_dropped_is_told_afterwards() {
        script.add(Answer.of(Progress.CANCELLING));
        SuspendedExecutor suspended = new SuspendedExecutor(4);
        try {
            assertThatThrownBy(() -> poll(suspended, Duration.ofSeconds(1)))
                    .hasMessageContaining("has not ended within PT1S; last known: CANCELLING");
        } finally {
            suspended.shutdownNow();
        }
    }

    @Test
    void an_end_leaves_nothing_at_the_executor() throws Exception {
        script.add(Answer.of(Progress.CONFIRMING));
        script.add(Answer.of(Progress.CONFIRMED));
        SuspendedExecutor suspended = new SuspendedExecutor(0);
        suspended.setRemoveOnCancelPolicy(true);
        try {
            poll(suspended, PATIENCE);
            suspended.awaitEmpty();
        } finally {
            suspended.shutdownNow();
        }
    }

    /** The end comes long before the next interval would be over. */
    @Test
    void it_asks_once_more_at_the_end_of_its_patience() throws Exception {
        script.add(Answer.of(Progress.CONFIRMING));
        script.add(Answer.of(Progress.CONFIRMED));
        Intervals intervals = new Intervals(Duration.ofMinutes(10), 2, Duration.ofMinutes(10));
        assertThat(untilEnd(intervals, Duration.ofSeconds(5))).isEqualTo(Progress.CONFIRMED);
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1) - asked.get(0))
                .isGreaterThan(Duration.ofMillis(100).toNanos());
    }

    @Test
    void intervals_have_bounds() {
        assertThatThrownBy(() -> new Intervals(Duration.ofMillis(9), 2, Duration.ofSeconds(1)))
                .hasMessage("HFINT103 The first interval is PT0.009S: allowed are PT0.01S to PT1H");
        assertThatThrownBy(() -> new Intervals(Duration.ofMillis(10), 0.9, Duration.ofSeconds(1)))
                .hasMessageStartingWith("HFINT103 The factor is 0.9");
        assertThatThrownBy(() -> new Intervals(Duration.ofSeconds(2), 2, Duration.ofSeconds(1)))
                .hasMessageStartingWith("HFINT103 The longest interval is PT1S");
    }
}
