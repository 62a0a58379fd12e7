package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that one thread makes and another one sends. */
class TravellingLraTest {
    private static final String LRA = FakeServer.LRA.toString();

    private final FakeServer server = new FakeServer();
    private final FakeCall call = new FakeCall();

    @BeforeEach
    void begin() {
        server.begin();
        JtaTransaction.ofThisThread(server).propagateLra(Duration.ZERO);
    }

    @AfterEach
    void switchOn() {
        System.clearProperty("holdfast.propagation.http");
        System.clearProperty("holdfast.propagation.tasks");
    }

    /** As on a thread of a client's pool, which belongs to no component and to no transaction. */
    private static void onAnother(Runnable work) throws Exception {
        CompletableFuture.runAsync(work).get(20, TimeUnit.SECONDS);
    }

    private static GlobalTransactionFilter filterOfAnother() {
        FakeServer none = new FakeServer();
        none.jndi.clear();
        return new GlobalTransactionFilter(none);
    }

    @Test
    void the_lra_of_the_transaction_goes_with_a_call_that_another_thread_sends() throws Exception {
        TravellingLra lra = TravellingLra.ofCaller(server);
        onAnother(() -> {
            lra.begin();
            call.sendThrough(filterOfAnother());
            lra.end();
        });

        assertThat(call.lraHeaders()).containsExactly(LRA);
        assertThat(server.openConnections).isZero();
    }

    @Test
    void a_thread_that_has_done_the_work_is_where_it_was_before() throws Exception {
        TravellingLra lra = TravellingLra.ofCaller(server);
        FakeCall later = new FakeCall();
        onAnother(() -> {
            TravellingLra.none().begin();
            lra.begin();
            lra.end();
            later.sendThrough(filterOfAnother());
        });

        assertThat(later.lraHeaders()).isEmpty();
    }

    /** A client may begin the same work twice, and tell another thread of the end of what is within it. */
    @Test
    void nothing_stays_at_a_thread_however_the_work_begins_and_ends() throws Exception {
        TravellingLra lra = TravellingLra.ofCaller(server);
        TravellingLra within = TravellingLra.ofCaller(server);
        FakeCall again = new FakeCall();
        FakeCall later = new FakeCall();
        onAnother(() -> {
            lra.begin();
            lra.begin();
            within.begin();
            lra.end();
            again.sendThrough(filterOfAnother());
            lra.end();
            within.end();
            later.sendThrough(filterOfAnother());
        });

        assertThat(again.lraHeaders()).containsExactly(LRA);
        assertThat(later.lraHeaders()).isEmpty();
    }

    @Test
    void a_transaction_of_the_working_threads_own_comes_first() throws Exception {
        TravellingLra lra = TravellingLra.none();
        lra.begin();
        try {
            call.sendThrough(new GlobalTransactionFilter(server));
        } finally {
            lra.end();
        }

        assertThat(call.lraHeaders()).containsExactly(LRA);
    }

    @Test
    void jersey_is_told_the_lra_by_the_thread_that_makes_the_call() throws Exception {
        new JerseyCallingThread(server).beforeRequest(call.request());
        onAnother(() -> call.sendThrough(filterOfAnother()));

        assertThat(call.lraHeaders()).containsExactly(LRA);
    }

    @Test
    void a_header_set_by_hand_stays_and_starts_no_lra() {
        call.header("Long-Running-Action", "http://c/9");
        new JerseyCallingThread(server).beforeRequest(call.request());
        call.sendThrough(new GlobalTransactionFilter(server));

        assertThat(call.lraHeaders()).containsExactly("http://c/9");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void without_a_transaction_nothing_goes() throws Exception {
        server.status = Status.STATUS_NO_TRANSACTION;
        new JerseyCallingThread(server).beforeRequest(call.request());
        onAnother(() -> call.sendThrough(filterOfAnother()));

        assertThat(call.lraHeaders()).isEmpty();
        assertThat(server.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "tasks"})
    void each_wire_can_be_switched_off(String wire) throws Exception {
        System.setProperty("holdfast.propagation." + wire, "false");

        assertThat(TravellingLra.ofCaller(server).id()).isEmpty();
        call.sendThrough(new GlobalTransactionFilter(server));
        assertThat(call.lraHeaders().stream().map(Object::toString).findFirst())
                .isEqualTo(wire.equals("http") ? Optional.empty() : Optional.of(LRA));
    }
}
