package io.holdfast.interceptors.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.interceptors.SuspendedExecutor;
import io.holdfast.interceptors.fence.OwnTransactions;
import io.holdfast.interceptors.fence.TestClock;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class WorkerTest {
    private final CountDownLatch left = new CountDownLatch(5);
    private final Recording broker = new Recording() {
        @Override
        void take(String id) {
            super.take(id);
            left.countDown();
        }
    };

    @Test
    void runs_that_a_suspended_server_drops_end_no_relay() throws Exception {
        DataSource source = TestDatabase.H2.empty();
        new Outbox().create(source);
        OutboxRelayTest.add(source, "a", "1", "2", "3", "4", "5");
        SuspendedExecutor executor = new SuspendedExecutor(6);
        try (OutboxRelay relay = relay(source, Duration.ofSeconds(1))) {
            relay.start(executor);
            assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdownNow();
        }
        assertThat(executor.left()).isZero();
        assertThat(broker.taken).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void a_relay_that_is_closed_leaves_nothing_at_its_executor() throws Exception {
        DataSource source = TestDatabase.H2.empty();
        new Outbox().create(source);
        SuspendedExecutor executor = new SuspendedExecutor(0);
        executor.setRemoveOnCancelPolicy(true);
        try {
            OutboxRelay relay = relay(source, Duration.ofSeconds(1));
            relay.start(executor);
            relay.close();
            executor.awaitEmpty();
        } finally {
            executor.shutdownNow();
        }
    }

    private OutboxRelay relay(DataSource source, Duration retry) {
        return new OutboxRelay(
                new RelayDatabase.Local(OwnTransactions.of(source)),
                new Transactions.None(),
                broker,
                new RelaySettings(Duration.ofMillis(20), 2, 3, retry, retry),
                new TestClock());
    }
}
