package io.holdfast.interceptors.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.fence.TestClock;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.outbox.FakeServer.Halt;
import io.holdfast.interceptors.outbox.FakeServer.Point;
import io.holdfast.interceptors.outbox.FakeServer.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The relay that sends a batch in one JTA transaction, with a database that is not XA. */
class OutboxRelayInJtaTest {
    private final TestClock clock = new TestClock();
    private final FakeServer server = new FakeServer();
    private final FakeServer other = new FakeServer(server.broker.taken);

    @ForEachDatabase
    void nothing_is_lost_or_out_of_order_whatever_step_of_a_commit_the_server_is_halted_at(TestDatabase database)
            throws Exception {
        for (Point point : Point.values()) {
            for (boolean sends : List.of(true, false)) {
                assertNothingIsLost(database, new Step(point, sends));
            }
        }
    }

    private void assertNothingIsLost(TestDatabase database, Step halt) throws Exception {
        DataSource source = open(database);
        FakeServer halted = new FakeServer();
        OutboxRelayTest.add(source, "a", "1", "2", "3", "4", "5");
        halted.haltAt(halt);
        assertThatThrownBy(() -> OutboxRelayTest.relayAll(relay(halted, source)))
                .as("at " + halt)
                .isInstanceOf(Halt.class);
        OutboxRelayTest.add(source, "a", "6");
        OutboxRelayTest.relayAll(relay(halted, source));
        assertThat(halted.broker.first()).as("halted at " + halt).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(halted.broker.taken.size())
                .as("halted at " + halt + ", a batch of 3 is repeated at most")
                .isLessThanOrEqualTo(9);
        assertThat(OutboxRelayTest.waiting(source)).isZero();
    }

    @ForEachDatabase
    void nobody_else_is_at_a_key_until_its_messages_are_sent_and_deleted(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, "a", "1", "2");
        OutboxRelay another = relay(other, source);
        AtomicInteger looks = new AtomicInteger();
        server.observer = step -> {
            boolean begun = step.sends() || !server.broker.taken.isEmpty();
            if (begun && (step.sends() || step.point() == Point.ASKED)) {
                looks.incrementAndGet();
                assertThat(another.relayDue().relayed()).as("when " + step).isZero();
            }
        };
        relay(server, source).relayDue();
        assertThat(looks).hasValue(4);
        assertThat(server.broker.taken).containsExactly("1", "2");
        assertThat(OutboxRelayTest.waiting(source)).isZero();
    }

    /** It holds on to nothing any more, and its broker does not know that. */
    @ForEachDatabase
    void a_node_that_lost_its_connection_in_a_long_pause_repeats_at_most_what_has_come_before(TestDatabase database)
            throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, "a", "1", "2");
        server.observer = step -> {
            if (step.sends()) {
                server.observer = later -> {};
                server.cut();
                OutboxRelayTest.add(source, "a", "3", "4", "5");
                OutboxRelayTest.relayAll(relay(other, source));
            }
        };
        assertThat(relay(server, source).relayDue().relayed()).isZero();
        assertThat(server.broker.taken).containsExactly("1", "2", "3", "4", "5", "1", "2");
        OutboxRelayTest.relayAll(relay(server, source));
        assertThat(server.broker.taken).hasSize(7);
    }

    @ForEachDatabase
    void relays_of_a_cluster_share_the_keys_and_keep_their_order(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.assertShared(source, server.broker, () -> relay(server, source));
    }

    @ForEachDatabase
    void a_batch_whose_transaction_fails_is_sent_once(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, "a", "1", "2");
        server.failingCommits.set(1);
        OutboxRelayTest.relayAll(relay(server, source));
        assertThat(server.broker.taken).containsExactly("1", "2");
        assertThat(OutboxRelayTest.waiting(source)).isZero();
        assertThat(server.broker.openSessions).hasValue(0);
    }

    @ForEachDatabase
    void one_that_cannot_be_committed_is_found_in_its_batch_and_holds_back_its_key_only(TestDatabase database)
            throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, "a", "a1", "bad", "a3");
        OutboxRelayTest.add(source, "b", "b1", "b2", "b3");
        server.uncommittable.add("bad");
        for (int turn = 0; turn < 10; turn++) {
            OutboxRelayTest.relayAll(relay(server, source));
        }
        assertThat(server.broker.taken)
                .containsExactlyInAnyOrder("a1", "b1", "b2", "b3")
                .containsSubsequence("b1", "b2", "b3");
        assertThat(OutboxRelayTest.attempts(source, "bad")).isEqualTo(1);

        server.uncommittable.clear();
        clock.advance(Duration.ofSeconds(2));
        OutboxRelayTest.relayAll(relay(server, source));
        assertThat(server.broker.taken).endsWith("bad", "a3");
        assertThat(OutboxRelayTest.waiting(source)).isZero();
    }

    @ForEachDatabase
    void one_that_cannot_be_committed_keeps_back_nobody_else_in_its_turn(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, OutboxRelayTest.KEY, "bad");
        OutboxRelayTest.add(source, OutboxRelayTest.SAME_PARTITION, "b1", "b2");
        server.uncommittable.add("bad");
        relay(server, source).relayDue();
        assertThat(server.broker.taken).containsExactly("b1", "b2");
        assertThat(OutboxRelayTest.attempts(source, "bad")).isEqualTo(1);
    }

    /** As with a session that has marked its transaction for rollback. */
    @ForEachDatabase
    void a_send_that_dooms_its_transaction_keeps_back_its_key_only(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, OutboxRelayTest.KEY, "a1", "bad");
        OutboxRelayTest.add(source, OutboxRelayTest.SAME_PARTITION, "b1");
        server.dooming.add("bad");
        OutboxRelayTest.add(source, OutboxRelayTest.KEY, "a3");
        OutboxRelayTest.relayAll(relay(server, source));
        assertThat(server.broker.taken).containsExactly("a1", "b1");
        assertThat(OutboxRelayTest.attempts(source, "bad")).isEqualTo(1);

        server.dooming.clear();
        clock.advance(Duration.ofSeconds(1));
        OutboxRelayTest.relayAll(relay(server, source));
        assertThat(server.broker.taken).containsExactly("a1", "b1", "bad", "a3");
    }

    /** As on a thread whose transaction the server's data source does not know. */
    @ForEachDatabase
    void nothing_is_sent_with_a_connection_that_would_commit_each_statement_by_itself(TestDatabase database)
            throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, "a", "1");
        OutboxRelay relay = new OutboxRelay(
                new RelayDatabase.InJta(new Transactions.None(), source),
                new Transactions.OfManager(server),
                server.broker,
                OutboxRelayTest.SETTINGS,
                clock);
        try (Logged logged = Logged.open()) {
            assertThat(relay.relayDue().relayed()).isZero();
            assertThat(logged.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("HFINT106 ")
                    .contains("HFINT031 ");
        }
        assertThat(server.broker.taken).isEmpty();
        assertThat(OutboxRelayTest.waiting(source)).isEqualTo(1);
    }

    private DataSource open(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        new Outbox().create(source);
        return source;
    }

    private OutboxRelay relay(FakeServer on, DataSource source) {
        Transactions transactions = new Transactions.OfManager(on);
        return new OutboxRelay(
                new RelayDatabase.InJta(transactions, on.source(source)),
                transactions,
                on.broker,
                OutboxRelayTest.SETTINGS,
                clock);
    }
}
