package io.holdfast.interceptors.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import jakarta.ejb.EJBException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.transaction.Status;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReplyTest {
    private static final String BY_ID = "jms:property:HoldfastMessageId";

    private static final Callable<@Nullable Object> NO_FUNDS = () -> {
        throw new NoFunds("none");
    };

    private final FakeJms server = new FakeJms();
    private final FailureReply method = FailureReply.of(Receivers.class, method("debit"));
    private final TextMessage message = FakeJms.message(
            "{\"order\":7}",
            new HashMap<>(Map.of(
                    "HoldfastMessageId",
                    "m-1",
                    "HoldfastKey",
                    "alice",
                    "shop",
                    "fruit",
                    "JMSXGroupID",
                    "alice",
                    "n",
                    3)));

    static class NoFunds extends RuntimeException {
        NoFunds(String message) {
            super(message);
        }
    }

    /** Receivers, right and wrong. */
    static class Receivers {
        @OnFailureReply(destination = FakeJms.QUEUE, on = NoFunds.class)
        @Idempotent(strategy = Strategy.CONSUMED_MESSAGE, key = BY_ID)
        public void debit(Message message) {}

        @OnFailureReply(destination = FakeJms.QUEUE, on = NoFunds.class)
        public void notIdempotent(Message message) {}

        @OnFailureReply(destination = FakeJms.QUEUE, on = NoFunds.class)
        @Idempotent(key = BY_ID)
        public void notConsuming(Message message) {}

        @OnFailureReply(destination = FakeJms.QUEUE, on = NoFunds.class)
        @Idempotent(strategy = Strategy.CONSUMED_MESSAGE, key = "id")
        public void withoutMessage(String id) {}

        @OnFailureReply(
                destination = FakeJms.QUEUE,
                on = {})
        @Idempotent(strategy = Strategy.CONSUMED_MESSAGE, key = BY_ID)
        public void onNothing(Message message) {}

        @OnFailureReply(destination = " ", on = NoFunds.class)
        @Idempotent(strategy = Strategy.CONSUMED_MESSAGE, key = BY_ID)
        public void toNobody(Message message) {}
    }

    @Test
    void business_that_cannot_be_done_rolls_back_and_is_replied_in_a_transaction_of_its_own() throws Exception {
        deliver(() -> {
            new JmsSender(server.factory(), MessageBounds.DEFAULT, server)
                    .send(OutgoingMessage.to(FakeJms.QUEUE, "work"));
            throw new NoFunds("alice has 3.00");
        });
        assertThat(server.status).as("the receipt's transaction").isEqualTo(Status.STATUS_ACTIVE);
        assertThat(server.sent)
                .containsExactly(new FakeJms.Sent(
                        "debits",
                        "{\"order\":7}",
                        Map.of(
                                "HoldfastMessageId", "m-1:failed",
                                "HoldfastKey", "alice",
                                "JMSXGroupID", "alice",
                                "HoldfastFailedId", "m-1",
                                "HoldfastFailure", "alice has 3.00",
                                "HoldfastFailureType", "NoFunds",
                                "shop", "fruit")));
    }

    @Test
    void a_redelivery_after_the_reply_repeats_neither() throws Exception {
        Callable<@Nullable Object> business = () -> {
            throw new NoFunds("none");
        };
        deliver(business);
        deliver(business);
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void an_ejb_s_exception_around_it_is_looked_into() throws Exception {
        deliver(() -> {
            throw new EJBException(new NoFunds("none"));
        });
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void a_long_text_is_cut_and_a_long_id_gets_another_that_is_always_the_same() throws Exception {
        Map<String, Object> properties = new HashMap<>(Map.of("HoldfastMessageId", "x".repeat(100)));
        Map<String, String> first = method.message(
                        new Object[] {FakeJms.message("", properties)}, new NoFunds("y".repeat(2000)))
                .properties();
        assertThat(first.get("HoldfastFailure")).hasSize(1000);
        String id = method.message(new Object[] {FakeJms.message("", properties)}, new NoFunds(""))
                .id();
        assertThat(id).hasSizeLessThanOrEqualTo(100).endsWith(":failed");
        assertThat(method.message(new Object[] {FakeJms.message("", properties)}, new NoFunds(""))
                        .id())
                .isEqualTo(id);
    }

    @Test
    void any_other_exception_rolls_everything_back_so_that_the_message_comes_again() {
        assertThatThrownBy(() -> deliver(() -> {
                    throw new IOException("database down");
                }))
                .hasMessage("database down");
        assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        assertThat(server.sent).isEmpty();
    }

    @Test
    void a_reply_that_cannot_be_sent_leaves_the_message_to_the_broker() {
        assertThatThrownBy(() -> deliver(() -> {
                    server.failure = "no broker";
                    throw new NoFunds("none");
                }))
                .hasMessageStartingWith("HFINT093 ")
                .satisfies(e -> assertThat(e.getSuppressed()).hasAtLeastOneElementOfType(NoFunds.class));
        assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        assertThat(server.consumed).isEmpty();
    }

    @Test
    void a_redelivery_after_a_reply_that_could_not_be_sent_sends_it() throws Exception {
        server.failure = "no broker";
        assertThatThrownBy(() -> deliver(NO_FUNDS)).hasMessageStartingWith("HFINT093 ");
        server.failure = null;
        deliver(NO_FUNDS);
        deliver(NO_FUNDS);
        assertThat(server.sent).hasSize(1);
        assertThat(server.consumed).containsExactly("m-1");
    }

    /** The record's transaction fails after the reply has been sent in it. */
    @Test
    void a_reply_whose_record_does_not_commit_is_not_sent_either() throws Exception {
        assertThatThrownBy(() -> deliver(NO_FUNDS, (arguments, reply) -> {
                    server.consume("m-1");
                    reply.call();
                    throw new IOException("the database is gone");
                }))
                .hasMessage("the database is gone");
        assertThat(server.sent).isEmpty();
        assertThat(server.consumed).isEmpty();
        deliver(NO_FUNDS);
        assertThat(server.sent).hasSize(1);
    }

    @Test
    void whatever_could_be_sent_can_be_answered() throws Exception {
        server.jndi.put("java:comp/DefaultJMSConnectionFactory", server.factory());
        OutgoingMessage longest = OutgoingMessage.to(FakeJms.QUEUE, "x".repeat(MessageBounds.MOST_CHARACTERS))
                .withId("m-1");
        for (int number = 0; number < 20; number++) {
            longest = longest.with("p" + number, "v");
        }
        server.begin();
        new JmsSender(server.factory(), new MessageBounds(MessageBounds.MOST_CHARACTERS), server).send(longest);
        server.end();
        FakeJms.Sent sent = server.sent.remove(0);

        server.begin();
        new FailureReplyCall(
                        server,
                        method,
                        server::own,
                        (arguments, reply) -> reply.call(),
                        OnFailureReplyInterceptor.sender(method, server))
                .run(new Object[] {FakeJms.message(sent.body(), new HashMap<>(sent.properties()))}, NO_FUNDS);

        assertThat(server.sent).hasSize(1);
        assertThat(server.sent.get(0).body()).isEqualTo(sent.body());
        assertThat(server.sent.get(0).properties())
                .containsEntry("HoldfastMessageId", "m-1:failed")
                .containsEntry("HoldfastFailedId", "m-1")
                .containsEntry("p19", "v");
    }

    @Test
    void work_that_has_only_marked_its_transaction_comes_again() {
        assertThatThrownBy(() -> deliver(() -> {
                    server.status = Status.STATUS_MARKED_ROLLBACK;
                    return null;
                }))
                .hasMessageStartingWith("HFINT102 ");
        assertThat(server.status).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    }

    @ParameterizedTest
    @CsvSource({
        "notIdempotent, CONSUMED_MESSAGE",
        "notConsuming, CONSUMED_MESSAGE",
        "withoutMessage, no parameter",
        "onNothing, names no exception",
        "toNobody, no destination"
    })
    void a_wrong_annotation_is_told_with_class_and_method(String name, String what) {
        assertThatThrownBy(() -> FailureReply.of(Receivers.class, method(name)))
                .hasMessageStartingWith(
                        "HFINT099 " + Receivers.class.getName() + "#" + name + " is @OnFailureReply, but ")
                .hasMessageContaining(what);
    }

    private void deliver(Callable<@Nullable Object> business) throws Exception {
        deliver(business, (arguments, reply) -> {
            if (server.consume("m-1")) {
                reply.call();
            }
        });
    }

    private void deliver(Callable<@Nullable Object> business, FailureReplyCall.Consumption consumption)
            throws Exception {
        server.begin();
        new FailureReplyCall(
                        server,
                        method,
                        server::own,
                        consumption,
                        new JmsSender(server.factory(), MessageBounds.DEFAULT, server))
                .run(new Object[] {message}, business);
    }

    private static Method method(String name) {
        return Arrays.stream(Receivers.class.getDeclaredMethods())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
