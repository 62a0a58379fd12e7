package io.holdfast.sample.shop;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import java.util.Locale;

/** How the centres' messages share the outcome of their transactions. */
public enum Mode {
    /** XA databases, and the broker in the same JTA transaction. */
    XA,
    /** Databases that are not XA, with an outbox each. */
    OUTBOX;

    static Mode parse(String text) {
        return switch (text) {
            case "xa" -> XA;
            case "outbox" -> OUTBOX;
            default -> throw new RefusedException(Reason.INVALID, "mode '" + text + "' must be xa or outbox");
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Where the account centre gets its messages, in JNDI. */
    String debits() {
        return switch (this) {
            case XA -> XaDebits.QUEUE;
            case OUTBOX -> OutboxDebits.QUEUE;
        };
    }

    /** Where the order centre gets its messages, in JNDI. */
    String outcomes() {
        return switch (this) {
            case XA -> XaOutcomes.QUEUE;
            case OUTBOX -> OutboxOutcomes.QUEUE;
        };
    }
}
