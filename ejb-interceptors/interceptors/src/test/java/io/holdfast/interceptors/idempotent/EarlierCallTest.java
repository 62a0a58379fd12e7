package io.holdfast.interceptors.idempotent;

import static io.holdfast.interceptors.idempotent.Calls.inTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.holdfast.interceptors.idempotent.Shop.Customer;
import io.holdfast.interceptors.idempotent.Shop.Order;
import io.holdfast.interceptors.idempotent.Shop.Receipt;
import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.TestDatabase;
import jakarta.jms.Message;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is told of calls to those who do not call again. */
class EarlierCallTest {
    private static final Order ORDER = new Order("s|%", 7, new Customer(UUID.randomUUID()));

    @ForEachDatabase
    void a_call_that_was_made_is_told_with_its_result(TestDatabase database) throws Exception {
        DataSource source = open(database);
        try (FakeServer server = new FakeServer(source)) {
            inTransaction(server, "pay", () -> new Receipt("receipt \"1\""), ORDER);
            inTransaction(server, "refuse", () -> null, ORDER);
            inTransaction(server, "nothing", () -> null, 7L);
        }

        assertThat(EarlierCall.find(source, "pay", "7").orElseThrow().result())
                .map(JsonValue::toString)
                .contains("{\"text\":\"receipt \\\"1\\\"\"}");
        assertThat(EarlierCall.find(source, "refuse", "7").orElseThrow().result())
                .contains(JsonValue.NULL);
        assertThat(EarlierCall.find(source, "void", "7")).contains(new EarlierCall("void", "7", Optional.empty()));
        assertThat(EarlierCall.find(source, "pay", "8")).isEmpty();
        assertThat(EarlierCall.find(source, "impatient", "7")).isEmpty();
    }

    @ForEachDatabase
    void the_key_of_several_expressions_is_made_of_their_values(TestDatabase database) throws Exception {
        DataSource source = open(database);
        try (FakeServer server = new FakeServer(source)) {
            inTransaction(server, "byParts", () -> 42, ORDER);
        }
        String operation = Shop.class.getName() + "#byParts";

        String key = EarlierCall.keyOf("s|%", ORDER.customer().getId());

        assertThat(EarlierCall.find(source, operation, key).orElseThrow().result())
                .map(JsonValue::toString)
                .contains("42");
        assertThat(EarlierCall.find(source, operation, "s|%|" + ORDER.customer().getId()))
                .isEmpty();
    }

    @ForEachDatabase
    void a_message_that_was_consumed_is_told_without_a_result(TestDatabase database) throws Exception {
        DataSource source = open(database);
        try (FakeServer server = new FakeServer(source)) {
            inTransaction(server, "onMessage", () -> null, message("ID:1"));
        }
        String consumer = Shop.class.getName() + "#onMessage";

        assertThat(EarlierCall.find(source, consumer, "ID:1"))
                .contains(new EarlierCall(consumer, "ID:1", Optional.empty()));
        assertThat(EarlierCall.find(source, consumer, "ID:2")).isEmpty();
    }

    /** Nobody but its own transaction can see its record; the question does not wait for it. */
    @ForEachDatabase
    void a_call_under_way_is_not_told_before_its_commit(TestDatabase database) throws Exception {
        DataSource source = open(database);
        try (FakeServer server = new FakeServer(source)) {
            server.begin();
            Calls.call(server, "pay", () -> new Receipt("1"), ORDER);
            Calls.call(server, "onMessage", () -> null, message("ID:1"));
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                assertThat(EarlierCall.find(source, "pay", "7")).isEmpty();
                assertThat(EarlierCall.find(source, Shop.class.getName() + "#onMessage", "ID:1"))
                        .isEmpty();
            });
            server.end();
            assertThat(EarlierCall.find(source, "pay", "7")).isPresent();
        }
    }

    @ForEachDatabase
    void a_call_that_was_rolled_back_is_not_told(TestDatabase database) throws Exception {
        DataSource source = open(database);
        try (FakeServer server = new FakeServer(source)) {
            assertThatThrownBy(() -> inTransaction(
                            server,
                            "pay",
                            () -> {
                                throw new IOException("declined");
                            },
                            ORDER))
                    .hasMessage("declined");
        }
        assertThat(EarlierCall.find(source, "pay", "7")).isEmpty();
    }

    @ForEachDatabase
    void a_question_leaves_nothing_and_the_call_runs_afterwards(TestDatabase database) throws Exception {
        DataSource source = open(database);
        assertThat(EarlierCall.find(source, "pay", "7")).isEmpty();
        try (FakeServer server = new FakeServer(source)) {
            assertThat(Statements.text(server.connection(), "select count(*) from holdfast_idempotent"))
                    .contains("0");
            assertThat(Statements.text(server.connection(), "select count(*) from holdfast_consumed"))
                    .contains("0");
            assertThat(inTransaction(server, "pay", () -> new Receipt("1"), ORDER))
                    .isEqualTo(new Receipt("1"));
        }
    }

    @ForEachDatabase
    void tables_that_are_missing_are_told_with_operation_and_key(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        assertThatThrownBy(() -> EarlierCall.find(source, "pay", "7"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("HFINT049 Whether pay was called with the key '7' could not be read: ")
                .hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void what_can_be_no_operation_or_key_is_refused_with_the_bound() {
        DataSource unused = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("asked");
                });
        assertThatThrownBy(() -> EarlierCall.find(unused, "o".repeat(201), "7"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HFINT050 ")
                .hasMessageContaining("operation 'ooo")
                .hasMessageContaining("1 to 200 characters");
        assertThatThrownBy(() -> EarlierCall.find(unused, "pay", "k".repeat(513)))
                .hasMessageContaining("1 to 512 characters");
        assertThatThrownBy(() -> EarlierCall.find(unused, "pay", " 7")).hasMessageContaining("key ' 7'");
        assertThatThrownBy(() -> EarlierCall.find(unused, "", "7")).hasMessageContaining("operation ''");
    }

    private static DataSource open(TestDatabase database) throws SQLException {
        DataSource source = database.empty();
        new IdempotencyTables().create(source);
        return source;
    }

    private static Message message(String id) {
        return (Message) Proxy.newProxyInstance(
                EarlierCallTest.class.getClassLoader(), new Class<?>[] {Message.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getJMSMessageID")) {
                        return id;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
