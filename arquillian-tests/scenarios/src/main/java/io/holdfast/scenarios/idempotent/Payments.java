package io.holdfast.scenarios.idempotent;

import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.idempotent.Idempotent.WhileRunning;
import io.holdfast.scenarios.idempotent.Receipt.Kind;
import io.holdfast.scenarios.idempotent.Receipt.Line;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An EJB; its container begins and ends the transaction. */
@Stateless
public class Payments {
    @EJB
    private Effects effects;

    @Idempotent(key = {"order.shop", "order.number"})
    public Receipt pay(Order order, Failure failure) throws DeclinedException {
        effects.add("pay " + order.number());
        Gates.passThrough("pay " + order.number());
        failure.happen();
        return receipt(order);
    }

    @Idempotent(key = "order.number", operation = "refund", whileRunning = WhileRunning.REFUSE)
    public Receipt refund(Order order) {
        effects.add("refund " + order.number());
        Gates.passThrough("refund " + order.number());
        return receipt(order);
    }

    private static Receipt receipt(Order order) {
        Instant now = InstantSource.system().instant();
        List<Line> lines = order.items().stream()
                .map(item -> new Line(item, item.length()))
                .toList();
        return new Receipt(
                UUID.randomUUID(),
                order.amount(),
                now,
                LocalDate.of(2026, 2, 28),
                Duration.ofMinutes(90),
                Kind.TRANSFER,
                lines,
                Optional.of("thank you"),
                Map.of("items", lines.size()));
    }
}
