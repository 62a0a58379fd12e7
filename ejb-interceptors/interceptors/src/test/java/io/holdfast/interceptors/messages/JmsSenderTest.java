package io.holdfast.interceptors.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.HoldfastException;
import io.holdfast.api.MessageSender;
import io.holdfast.api.OutgoingMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmsSenderTest {
    private static final OutgoingMessage DEBIT =
            OutgoingMessage.to(FakeJms.QUEUE, "{}").withId("m-1").inOrderOf("alice");

    private final FakeJms server = new FakeJms();
    private final MessageSender sender = new JmsSender(server.factory(), new MessageBounds(10), server);

    @Test
    void a_message_goes_with_its_id_key_and_properties_when_the_transaction_commits() {
        server.begin();
        assertThat(sender.send(DEBIT.with("shop", "fruit"))).isEqualTo("m-1");
        assertThat(server.sent).isEmpty();
        server.end();
        assertThat(server.sent)
                .containsExactly(new FakeJms.Sent(
                        "debits",
                        "{}",
                        Map.of(
                                "HoldfastMessageId", "m-1",
                                "HoldfastKey", "alice",
                                "JMSXGroupID", "alice",
                                "shop", "fruit")));
        assertThat(server.openContexts).isZero();
    }

    @Test
    void a_message_without_a_key_is_in_no_group() {
        server.begin();
        sender.send(OutgoingMessage.to(FakeJms.QUEUE, "{}"));
        server.end();
        assertThat(server.sent.get(0).properties()).containsOnlyKeys("HoldfastMessageId");
    }

    @ParameterizedTest
    @ValueSource(ints = {Status.STATUS_NO_TRANSACTION, Status.STATUS_MARKED_ROLLBACK})
    void it_is_refused_without_a_transaction_that_can_commit(int status) {
        server.status = status;
        assertThatThrownBy(() -> sender.send(DEBIT))
                .isInstanceOf(HoldfastException.class)
                .hasMessageStartingWith("HFINT090 The message m-1 to " + FakeJms.QUEUE);
        assertThat(server.sent).isEmpty();
    }

    @Test
    void a_broker_that_is_down_rolls_the_business_back() {
        server.failure = "no broker";
        assertRefused(DEBIT, "HFINT093 The message m-1 to " + FakeJms.QUEUE, "no broker");
    }

    @Test
    void a_broker_that_fails_in_any_other_way_rolls_the_business_back() {
        ConnectionFactory ended = FakeJms.fake(ConnectionFactory.class, (proxy, method, arguments) -> {
            throw new IllegalStateException("the pool is closed");
        });
        server.begin();
        assertThatThrownBy(() -> new JmsSender(ended, MessageBounds.DEFAULT, server).send(DEBIT))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFINT093 The message m-1 to " + FakeJms.QUEUE, "the pool is closed");
        assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    }

    @Test
    void an_unknown_destination_is_refused_by_name() {
        assertRefused(
                OutgoingMessage.to("java:app/jms/none", "{}"), "HFINT092 There is no queue or topic java:app/jms/none");
        server.jndi.put("java:app/jdbc/bank", "a data source");
        assertRefused(OutgoingMessage.to("java:app/jdbc/bank", "{}"), "HFINT092 ", "it is a java.lang.String");
    }

    @Test
    void a_body_over_the_bound_is_refused_with_both_numbers() {
        assertRefused(OutgoingMessage.to(FakeJms.QUEUE, "x".repeat(11)), "HFINT091 ", "11 characters; allowed are 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "1a", "JMSPriority", "HoldfastMessageId", "HoldfastKey", "is", "x.y"})
    void a_property_that_jms_would_not_take_is_refused(String name) {
        assertRefused(DEBIT.with(name, "v"), "HFINT091 ", "the property '" + name + "'");
    }

    @Test
    void ids_keys_and_values_have_bounds() {
        assertRefused(DEBIT.withId(" "), "HFINT091 ", "its id must have 1 to 100 characters");
        assertRefused(DEBIT.withId("x".repeat(101)), "HFINT091 ", "its id must have 1 to 100 characters");
        assertRefused(DEBIT.inOrderOf("x".repeat(201)), "HFINT091 ", "its key", "200 characters");
        assertRefused(DEBIT.with("a", "x".repeat(10_001)), "HFINT091 ", "10001 characters; allowed are 10000");
        OutgoingMessage many = DEBIT;
        for (int number = 0; number < 21; number++) {
            many = many.with("p" + number, "v");
        }
        assertRefused(many, "HFINT091 ", "21 properties; allowed are 20");
        assertThatThrownBy(() -> new MessageBounds(0)).hasMessageStartingWith("HFINT094 ");
        assertThatThrownBy(() -> new MessageBounds(10_000_001)).hasMessageStartingWith("HFINT094 ");
    }

    private void assertRefused(OutgoingMessage message, String... parts) {
        server.begin();
        assertThatThrownBy(() -> sender.send(message))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll(parts);
        assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        server.end();
        assertThat(server.sent).isEmpty();
    }
}
