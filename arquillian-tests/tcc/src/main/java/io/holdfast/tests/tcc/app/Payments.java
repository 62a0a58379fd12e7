package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Compensable;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Payments: an EJB, whose entries in the ledger are a nested flow. */
@Stateless
public class Payments {
    private static final Map<String, AtomicInteger> REFUNDS = new ConcurrentHashMap<>();

    @Inject
    private Book book;

    @Inject
    private Ledger ledger;

    @Compensable(undo = "refund")
    public String pay(Order order) {
        ledger.enter(order);
        book.write(order.key(), "pay " + order.total());
        return "payment 7";
    }

    public void refund(Order order, @Nullable String payment) {
        Gate.pass();
        int refunds =
                REFUNDS.computeIfAbsent(order.key(), any -> new AtomicInteger()).incrementAndGet();
        book.write(order.key(), "refund " + payment);
        if (order.ending() == Order.Ending.UNDO_FAILS_TWICE && refunds <= 2) {
            throw new IllegalStateException("Refund " + refunds + " of " + order.key() + " fails");
        }
    }
}
