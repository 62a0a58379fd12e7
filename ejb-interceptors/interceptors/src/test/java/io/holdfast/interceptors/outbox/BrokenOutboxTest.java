package io.holdfast.interceptors.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.interceptors.fence.OwnTransactions;
import io.holdfast.interceptors.fence.TestClock;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A relay goes on beside a row that it cannot read, and a partition that the database fails in. */
class BrokenOutboxTest {
    private final TestClock clock = new TestClock();
    private final Recording broker = new Recording();

    @ForEachDatabase
    void a_row_that_cannot_be_read_holds_back_its_key_only(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, OutboxRelayTest.KEY, "a1", "a2");
        OutboxRelayTest.add(source, OutboxRelayTest.SAME_PARTITION, "b1");
        OutboxRelayTest.add(source, "another", "c1");
        write(source, "a1", "{broken");
        try (Logged logged = Logged.open()) {
            OutboxRelayTest.relayAll(relay(OwnTransactions.of(source)));
            assertThat(logged.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("HFINT096 ")
                    .contains("HFINT101 ");
        }
        assertThat(broker.taken).containsExactlyInAnyOrder("b1", "c1");
        assertThat(OutboxRelayTest.attempts(source, "a1")).isEqualTo(1);

        write(source, "a1", "");
        clock.advance(Duration.ofSeconds(1));
        OutboxRelayTest.relayAll(relay(OwnTransactions.of(source)));
        assertThat(broker.taken).endsWith("a1", "a2");
        assertThat(OutboxRelayTest.waiting(source)).isZero();
    }

    @ForEachDatabase
    void properties_that_a_message_cannot_have_are_such_a_row(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, OutboxRelayTest.KEY, "1", "2");
        OutboxRelayTest.add(source, OutboxRelayTest.SAME_PARTITION, "3", "4");
        write(source, "1", "{\"v\":1,\"values\":[{\"shop\":null}]}");
        write(source, "3", "{\"v\":1,\"values\":[null]}");
        OutboxRelayTest.relayAll(relay(OwnTransactions.of(source)));
        assertThat(broker.taken).isEmpty();
        assertThat(OutboxRelayTest.attempts(source, "1")).isEqualTo(1);
        assertThat(OutboxRelayTest.attempts(source, "3")).isEqualTo(1);
    }

    @ForEachDatabase
    void a_partition_that_fails_rests_and_stops_no_other(TestDatabase database) throws Exception {
        DataSource source = open(database);
        OutboxRelayTest.add(source, "a", "a");
        OutboxRelayTest.add(source, "b", "b");
        OutboxRelayTest.add(source, "c", "c");
        OwnTransactions real = OwnTransactions.of(source);
        AtomicInteger calls = new AtomicInteger();
        OutboxRelay relay = relay(new OwnTransactions() {
            @Override
            public <T> T call(Work<T> work) throws Exception {
                // The first one asks for the partitions.
                if (calls.incrementAndGet() == 2) {
                    throw new SQLException("a page is broken");
                }
                return real.call(work);
            }
        });
        try (Logged logged = Logged.open()) {
            assertThat(relay.relayDue().relayed()).isEqualTo(2);
            assertThat(relay.relayDue().relayed()).isZero();
            assertThat(logged.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("HFINT106 ")
                    .contains("a page is broken", "PT1S");
        }
        assertThat(OutboxRelayTest.waiting(source)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(relay.relayDue().relayed()).isEqualTo(1);
        assertThat(broker.taken).containsExactlyInAnyOrder("a", "b", "c");
    }

    private static void write(DataSource source, String id, String properties) throws Exception {
        OwnTransactions.of(source)
                .call(connection -> Statements.update(
                        connection, "update holdfast_outbox set properties = ? where message_id = ?", properties, id));
    }

    private OutboxRelay relay(OwnTransactions transactions) {
        return new OutboxRelay(
                new RelayDatabase.Local(transactions),
                new Transactions.None(),
                broker,
                OutboxRelayTest.SETTINGS,
                clock);
    }

    private static DataSource open(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        new Outbox().create(source);
        return source;
    }
}
