package io.holdfast.interceptors.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import io.holdfast.interceptors.messages.FakeJms;
import io.holdfast.interceptors.messages.MessageBounds;
import jakarta.transaction.Status;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxSenderTest {
    private static final OutgoingMessage DEBIT =
            OutgoingMessage.to(FakeJms.QUEUE, "{}").withId("m-1").inOrderOf("alice");

    private final FakeJms jms = new FakeJms();
    private final FakeServer server = new FakeServer();

    @ForEachDatabase
    void a_message_waits_in_the_table_when_its_transaction_has_committed(TestDatabase database) throws Exception {
        DataSource source = open(database);
        server.begin();
        jms.status = Status.STATUS_ACTIVE;
        assertThat(sender(server.source(source)).send(DEBIT)).isEqualTo("m-1");
        server.rollback();
        assertThat(OutboxRelayTest.waiting(source)).isZero();
        server.begin();
        sender(server.source(source)).send(DEBIT);
        server.commit();
        assertThat(OutboxRelayTest.waiting(source)).isEqualTo(1);
    }

    /** As with a data source that takes no part in JTA transactions. */
    @ForEachDatabase
    void a_connection_that_would_commit_the_row_by_itself_rolls_the_business_back(TestDatabase database)
            throws Exception {
        DataSource source = open(database);
        assertRollsBack(source, "HFINT095 The message m-1 to " + FakeJms.QUEUE, "HFINT031 ");
        assertThat(OutboxRelayTest.waiting(source)).isZero();
    }

    @ForEachDatabase
    void a_table_that_is_missing_rolls_the_business_back(TestDatabase database) throws Exception {
        server.begin();
        assertRollsBack(server.source(database.empty()), "HFINT095 The message m-1 to " + FakeJms.QUEUE);
        server.rollback();
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_NO_TRANSACTION, Status.STATUS_MARKED_ROLLBACK})
    void it_is_refused_without_a_transaction_that_can_commit(int status) throws Exception {
        DataSource source = open(TestDatabase.H2);
        jms.status = status;
        assertThatThrownBy(() -> sender(source).send(DEBIT))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFINT090 The message m-1 to " + FakeJms.QUEUE);
        assertThat(jms.status).isEqualTo(status);
        assertThat(OutboxRelayTest.waiting(source)).isZero();
    }

    private void assertRollsBack(DataSource source, String... parts) {
        jms.status = Status.STATUS_ACTIVE;
        assertThatThrownBy(() -> sender(source).send(DEBIT))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll(parts)
                .hasCauseInstanceOf(Exception.class);
        assertThat(jms.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    }

    private OutboxSender sender(DataSource source) {
        return new OutboxSender(new Outbox(), source, MessageBounds.DEFAULT, jms);
    }

    private static DataSource open(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        new Outbox().create(source);
        return source;
    }
}
