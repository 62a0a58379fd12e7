package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import io.holdfast.interceptors.idempotent.Idempotent.WhileRunning;
import jakarta.jms.Message;
import java.util.UUID;

/** Methods with the annotation in its variants; what they do is the test's. */
public interface Shop {
    /** An order. */
    record Order(String shop, long number, Customer customer) {}

    /** A bean. */
    class Customer {
        private final UUID id;

        Customer(UUID id) {
            this.id = id;
        }

        public UUID getId() {
            return id;
        }
    }

    /** A result. */
    record Receipt(String text) {}

    @Idempotent(key = "order.number", operation = "pay")
    Receipt pay(Order order);

    @Idempotent(key = {"order.shop", "order.customer.id"})
    int byParts(Order order);

    @Idempotent(key = "number", operation = "void")
    void nothing(long number);

    @Idempotent(key = "order.number", operation = "refuse", whileRunning = WhileRunning.REFUSE)
    Receipt refuse(Order order);

    @Idempotent(key = "order.number", operation = "impatient", waitSeconds = 1)
    Receipt impatient(Order order);

    @Idempotent(key = "header:Idempotency-Key")
    String byHeader(String text);

    @Idempotent(strategy = Strategy.CONSUMED_MESSAGE)
    void onMessage(Message message);

    @Idempotent(strategy = Strategy.CONSUMED_MESSAGE, key = "jms:property:orderId")
    void onOrder(Message message);

    @Idempotent(
            key = "id",
            strategy = Strategy.STATE_GUARD,
            guard =
                    @StateGuard(
                            table = "parcel",
                            id = "id",
                            state = "state",
                            from = {"NEW", "PACKED"},
                            to = "SENT",
                            later = "DELIVERED",
                            version = "version"))
    void send(long id);

    @Idempotent(key = "number", dataSource = "java:app/jdbc/none")
    void nowhere(long number);
}
