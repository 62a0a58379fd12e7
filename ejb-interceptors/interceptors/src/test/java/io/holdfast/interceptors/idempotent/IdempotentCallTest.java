package io.holdfast.interceptors.idempotent;

import static io.holdfast.interceptors.idempotent.Calls.inTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.fence.TestClock;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import io.holdfast.interceptors.idempotent.IdempotentCall.Body;
import io.holdfast.interceptors.idempotent.Shop.Customer;
import io.holdfast.interceptors.idempotent.Shop.Order;
import io.holdfast.interceptors.idempotent.Shop.Receipt;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import jakarta.jms.Message;
import jakarta.transaction.Status;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Calls one after another. */
class IdempotentCallTest {
    private static final Order ORDER = new Order("s", 7, new Customer(UUID.randomUUID()));

    private int runs;
    private final Body business = () -> new Receipt("receipt " + ++runs);

    @ForEachDatabase
    void a_repeated_call_gets_the_first_result_and_does_not_run(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            assertThat(inTransaction(server, "pay", business, ORDER)).isEqualTo(new Receipt("receipt 1"));
            assertThat(inTransaction(server, "pay", business, ORDER)).isEqualTo(new Receipt("receipt 1"));
            assertThat(inTransaction(server, "pay", business, new Order("s", 8, ORDER.customer())))
                    .isEqualTo(new Receipt("receipt 2"));
            assertThat(inTransaction(server, "refuse", business, ORDER)).isEqualTo(new Receipt("receipt 3"));
        }
    }

    @ForEachDatabase
    void beans_that_inherit_a_method_do_not_share_its_keys(TestDatabase database) throws Exception {
        DataSource source = database.empty();
        new IdempotencyTables().create(source);
        try (FakeServer server = new FakeServer(source)) {
            for (int time = 0; time < 2; time++) {
                assertThat(inTransaction(server, Card.class, "pay", business, 7L))
                        .isEqualTo(new Receipt("receipt 1"));
                assertThat(inTransaction(server, Cash.class, "pay", business, 7L))
                        .isEqualTo(new Receipt("receipt 2"));
            }
            inTransaction(server, Card.class, "onMessage", business, message("ID:1", "A"));
            inTransaction(server, Cash.class, "onMessage", business, message("ID:1", "A"));
            assertThat(runs).isEqualTo(4);
        }
        assertThat(EarlierCall.find(source, Cash.class.getName() + "#pay", "7")).isPresent();
    }

    @ForEachDatabase
    void beans_that_inherit_a_method_with_a_named_operation_share_its_keys(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            inTransaction(server, Card.class, "book", business, 7L);
            assertThat(inTransaction(server, Cash.class, "book", business, 7L)).isEqualTo(new Receipt("receipt 1"));
        }
    }

    abstract static class AnyPayment {
        @Idempotent(key = "id")
        public Receipt pay(long id) {
            return new Receipt("receipt " + id);
        }

        @Idempotent(key = "id", operation = "book")
        public Receipt book(long id) {
            return new Receipt("booked " + id);
        }

        @Idempotent(strategy = Strategy.CONSUMED_MESSAGE)
        public void onMessage(Message message) {}
    }

    static class Card extends AnyPayment {}

    static class Cash extends AnyPayment {}

    @ForEachDatabase
    void a_repeated_call_in_the_same_transaction_gets_the_first_result(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            server.begin();
            assertThat(Calls.call(server, "pay", business, ORDER)).isEqualTo(new Receipt("receipt 1"));
            assertThat(Calls.call(server, "pay", business, ORDER)).isEqualTo(new Receipt("receipt 1"));
            server.end();
        }
    }

    @ForEachDatabase
    void a_call_within_the_first_one_is_refused_since_there_is_no_result_yet(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            server.begin();
            assertThatThrownBy(() -> Calls.call(server, "pay", () -> Calls.call(server, "pay", business, ORDER), ORDER))
                    .isInstanceOf(CallRunningException.class)
                    .hasMessageStartingWith("HFINT051 pay with the key '7' ");
            assertThat(server.transactionStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
            server.end();
            assertThat(inTransaction(server, "pay", business, ORDER)).isEqualTo(new Receipt("receipt 1"));
        }
    }

    @ForEachDatabase
    void a_call_within_the_first_one_of_a_void_method_does_nothing(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            inTransaction(
                    server,
                    "nothing",
                    () -> {
                        runs++;
                        return Calls.call(server, "nothing", business, 1L);
                    },
                    1L);
            assertThat(runs).isEqualTo(1);
        }
    }

    @ForEachDatabase
    void void_methods_null_and_primitive_results_are_repeated(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            Body nothing = () -> {
                runs++;
                return null;
            };
            assertThat(inTransaction(server, "nothing", nothing, 1L)).isNull();
            assertThat(inTransaction(server, "nothing", nothing, 1L)).isNull();
            assertThat(inTransaction(server, "pay", nothing, ORDER)).isNull();
            assertThat(inTransaction(server, "pay", nothing, ORDER)).isNull();
            assertThat(runs).isEqualTo(2);
            assertThat(inTransaction(server, "byParts", () -> 42, ORDER)).isEqualTo(42);
            assertThat(inTransaction(server, "byParts", () -> 43, ORDER)).isEqualTo(42);
        }
    }

    @ForEachDatabase
    void a_first_call_that_fails_is_rolled_back_and_the_retry_runs(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            assertThatThrownBy(() -> inTransaction(
                            server,
                            "pay",
                            () -> {
                                throw new IOException("a checked exception");
                            },
                            ORDER))
                    .hasMessage("a checked exception");
            assertThat(inTransaction(server, "pay", business, ORDER)).isEqualTo(new Receipt("receipt 1"));
        }
    }

    @ForEachDatabase
    void an_exception_marks_the_transaction_for_rollback(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            server.begin();
            assertThatThrownBy(() -> Calls.call(
                            server,
                            "pay",
                            () -> {
                                throw new IllegalStateException("broken");
                            },
                            ORDER))
                    .hasMessage("broken");
            assertThat(server.transactionStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
            server.end();
        }
    }

    @ForEachDatabase
    void a_header_can_be_the_key_and_a_missing_one_is_refused(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            server.headers.put("Idempotency-Key", "k");
            Body text = () -> "text " + ++runs;
            assertThat(inTransaction(server, "byHeader", text, "a")).isEqualTo("text 1");
            assertThat(inTransaction(server, "byHeader", text, "b")).isEqualTo("text 1");
            server.headers.clear();
            assertThatThrownBy(() -> inTransaction(server, "byHeader", text, "a"))
                    .isInstanceOf(IdempotentException.class)
                    .hasMessageStartingWith("HFINT040 " + Shop.class.getName() + "#byHeader")
                    .hasMessageContaining("header:Idempotency-Key");
            server.headers.put("Idempotency-Key", "k".repeat(513));
            assertThatThrownBy(() -> inTransaction(server, "byHeader", text, "a"))
                    .hasMessageStartingWith("HFINT042 ")
                    .hasMessageContaining("512");
            assertThat(runs).isEqualTo(1);
        }
    }

    @ForEachDatabase
    void a_null_on_the_way_to_the_key_is_refused(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            for (@Nullable Order bad : new @Nullable Order[] {null, new Order("s", 1, new Customer(nothing()))}) {
                assertThatThrownBy(() -> inTransaction(server, "byParts", business, bad))
                        .hasMessageStartingWith("HFINT040 ");
            }
            assertThat(runs).isZero();
        }
    }

    @ForEachDatabase
    void a_message_is_consumed_once_by_its_id_or_a_property(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            for (int time = 0; time < 2; time++) {
                inTransaction(server, "onMessage", business, message("ID:1", "A"));
                inTransaction(server, "onOrder", business, message("ID:" + time, "B"));
            }
            assertThat(runs).isEqualTo(2);
            inTransaction(server, "onMessage", business, message("ID:2", "A"));
            assertThat(runs).isEqualTo(3);
        }
    }

    @ForEachDatabase
    void a_guarded_state_lets_one_call_through_and_refuses_what_could_never_run(TestDatabase database)
            throws Exception {
        try (FakeServer server = open(database)) {
            String type = database == TestDatabase.POSTGRESQL ? "parcel_state" : "varchar(10)";
            if (database == TestDatabase.POSTGRESQL) {
                Statements.update(
                        server.connection(),
                        "create type parcel_state as enum ('NEW', 'PACKED', 'SENT', 'DELIVERED', 'LOST')");
            }
            Statements.update(
                    server.connection(),
                    "create table parcel (id bigint primary key, state " + type + ", version int)");
            Statements.update(server.connection(), "insert into parcel values (1, 'PACKED', 5), (2, 'LOST', 1)");

            inTransaction(server, "send", business, 1L);
            inTransaction(server, "send", business, 1L);
            assertThat(Statements.text(server.connection(), "select concat(state, version) from parcel where id = 1"))
                    .contains("SENT6");
            Statements.update(server.connection(), "update parcel set state = 'DELIVERED' where id = 1");
            inTransaction(server, "send", business, 1L);
            assertThat(runs).isEqualTo(1);

            assertThatThrownBy(() -> inTransaction(server, "send", business, 2L))
                    .isInstanceOf(StateConflictException.class)
                    .hasMessageStartingWith("HFINT048 ")
                    .hasMessageContaining("'LOST'")
                    .hasMessageContaining("NEW, PACKED");
            assertThatThrownBy(() -> inTransaction(server, "send", business, 3L))
                    .isInstanceOf(StateConflictException.class)
                    .hasMessageContaining("'no row'");
            assertThat(runs).isEqualTo(1);
        }
    }

    @ForEachDatabase
    void a_guard_whose_id_finds_several_rows_changes_none_of_them(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            Statements.update(server.connection(), "create table parcel (id bigint, state varchar(10), version int)");
            Statements.update(server.connection(), "insert into parcel values (1, 'NEW', 0), (1, 'PACKED', 0)");

            assertThatThrownBy(() -> inTransaction(server, "send", business, 1L))
                    .isInstanceOf(IdempotentException.class)
                    .hasMessageStartingWith("HFINT052 " + Shop.class.getName() + "#send ")
                    .hasMessageContaining("2 rows of parcel with id = 1");
            assertThat(Statements.text(server.connection(), "select count(*) from parcel where state = 'SENT'"))
                    .contains("0");
            assertThat(runs).isZero();
        }
    }

    @ForEachDatabase
    void a_call_without_a_transaction_is_refused(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            assertThatThrownBy(() -> Calls.call(server, "pay", business, ORDER))
                    .hasMessageStartingWith("HFINT041 pay is @Idempotent");
            assertThat(runs).isZero();
        }
    }

    @ForEachDatabase
    void a_missing_table_or_data_source_is_told_by_name(TestDatabase database) throws Exception {
        try (FakeServer server = new FakeServer(database.empty())) {
            assertThatThrownBy(() -> inTransaction(server, "pay", business, ORDER))
                    .hasMessageStartingWith("HFINT045 pay is @Idempotent")
                    .hasMessageContaining("java:comp/DefaultDataSource");
            assertThatThrownBy(() -> inTransaction(server, "nowhere", business, 1L))
                    .hasMessageStartingWith("HFINT045 ")
                    .hasMessageContaining("java:app/jdbc/none");
            assertThat(runs).isZero();
        }
    }

    @ForEachDatabase
    void a_result_that_is_too_long_takes_the_call_back(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            assertThatThrownBy(() -> inTransaction(server, "pay", () -> new Receipt("x".repeat(1_000_000)), ORDER))
                    .hasMessageStartingWith("HFINT047 ")
                    .hasMessageContaining("1000000");
            assertThat(inTransaction(server, "pay", () -> new Receipt("x".repeat(900_000)), ORDER))
                    .isEqualTo(new Receipt("x".repeat(900_000)));
            assertThat(inTransaction(server, "pay", business, ORDER)).isEqualTo(new Receipt("x".repeat(900_000)));
        }
    }

    @ForEachDatabase
    void the_wait_for_locks_is_put_back(TestDatabase database) throws Exception {
        try (FakeServer server = open(database)) {
            String query =
                    switch (database) {
                        case H2 -> "call lock_timeout()";
                        case POSTGRESQL -> "show lock_timeout";
                        case MARIADB -> "select @@innodb_lock_wait_timeout";
                    };
            server.begin();
            String before = Statements.text(server.connection(), query).orElseThrow();
            Calls.call(server, "pay", business, ORDER);
            assertThat(Statements.text(server.connection(), query)).contains(before);
            server.end();
        }
    }

    @ForEachDatabase
    void the_clean_up_removes_records_by_age(TestDatabase database) throws Exception {
        DataSource source = database.empty();
        new IdempotencyTables().create(source);
        new IdempotencyTables().create(source);
        try (FakeServer server = new FakeServer(source)) {
            inTransaction(server, "pay", business, ORDER);
            inTransaction(server, "onMessage", business, message("ID:1", "A"));
            TestClock clock = new TestClock();
            // The records carry the system's time, which the standing clock is behind or ahead of.
            clock.advance(
                    Duration.between(clock.instant(), InstantSource.system().instant()));
            IdempotencyTables tables = new IdempotencyTables(clock);
            Connection connection = server.connection();
            assertThat(tables.removeOld(connection, Duration.ofDays(1), 10)).isZero();
            clock.advance(Duration.ofDays(2));
            assertThat(tables.removeOld(connection, Duration.ofDays(1), 10)).isEqualTo(2);
            assertThat(inTransaction(server, "pay", business, ORDER)).isEqualTo(new Receipt("receipt 3"));
        }
    }

    private static FakeServer open(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        new IdempotencyTables().create(source);
        return new FakeServer(source);
    }

    @SuppressWarnings("NullAway")
    private static UUID nothing() {
        return null;
    }

    private static Message message(String id, String orderId) {
        return (Message) Proxy.newProxyInstance(
                IdempotentCallTest.class.getClassLoader(),
                new Class<?>[] {Message.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getJMSMessageID" -> id;
                    case "getStringProperty" -> arguments[0].equals("orderId") ? orderId : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
