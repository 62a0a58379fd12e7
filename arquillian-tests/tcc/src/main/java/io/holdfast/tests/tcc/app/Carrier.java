package io.holdfast.tests.tcc.app;

import io.holdfast.interceptors.tcc.Compensable;
import io.holdfast.interceptors.tcc.Tcc;
import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Another company, which knows nothing of our transactions: what it was told stays, whatever becomes of them. */
@Stateless
public class Carrier {
    private static final Queue<String> TOLD = new ConcurrentLinkedQueue<>();

    @Compensable(undo = "cancelPickup", traced = true)
    public void bookPickup(Order order) {
        tell(order, "book");
        loseAnswer(order);
    }

    public void cancelPickup(Order order) {
        tell(order, "cancel");
    }

    @Tcc(confirm = "takeSlot", cancel = "releaseSlot", traced = true)
    public void holdSlot(Order order) {
        tell(order, "hold");
        loseAnswer(order);
    }

    public void takeSlot(Order order) {
        tell(order, "take");
    }

    public void releaseSlot(Order order) {
        tell(order, "release");
    }

    private static void loseAnswer(Order order) {
        if (order.ending() == Order.Ending.TRY_FAILS) {
            throw new IllegalStateException("No answer about " + order.key());
        }
    }

    private static void tell(Order order, String what) {
        TOLD.add(order.key() + " " + what);
    }

    /** What it was told of the order, since the application was started. */
    static List<String> told(String key) {
        return TOLD.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }
}
