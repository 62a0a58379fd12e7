package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Tcc;
import io.holdfast.interceptors.tcc.TccRefusedException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The customer's account: an EJB with a fence. */
@Stateless
public class Account {
    private static final Map<String, AtomicInteger> CONFIRMS = new ConcurrentHashMap<>();

    @Inject
    private Book book;

    @Tcc(confirm = "deduct", cancel = "unfreeze")
    public String freeze(Order order, int priority) {
        book.write(order.key(), "freeze " + order.total());
        if (order.ending() == Order.Ending.TRY_FAILS || order.ending() == Order.Ending.FAILURE_IS_CAUGHT) {
            throw new IllegalArgumentException("No money for " + order.key());
        }
        if (order.ending() == Order.Ending.TRY_IS_LONG) {
            LongTries.awaitEnd(order.key());
        }
        return "ticket " + priority;
    }

    public void deduct(Order order, int priority, String ticket) {
        Gate.pass();
        if (order.ending() == Order.Ending.CONFIRM_IS_REFUSED) {
            throw new TccRefusedException("The account of " + order.key() + " is closed");
        }
        book.write(order.key(), "deduct " + order.total() + " of " + order.placed() + " with " + ticket);
        int confirms = CONFIRMS.computeIfAbsent(order.key(), any -> new AtomicInteger())
                .incrementAndGet();
        if (order.ending() == Order.Ending.CONFIRM_FAILS_TWICE && confirms <= 2) {
            throw new IllegalStateException("Confirm " + confirms + " of " + order.key() + " fails");
        }
    }

    public void unfreeze(Order order, int priority, @Nullable String ticket) {
        Gate.pass();
        book.write(order.key(), "unfreeze with " + ticket);
    }
}
