package io.holdfast.sample.store;

import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import io.holdfast.sample.common.RequestBody;
import java.util.Locale;
import java.util.UUID;

/**
 * What somebody orders, and where the flow is to fail. It is an argument of the actions, which the adapter's log keeps as JSON.
 *
 * @param pieces 1 to 100
 */
public record StoreOrder(String id, String item, int pieces, Failure failure) {
    private static final int MOST_PIECES = 100;

    /** What fails. */
    public enum Failure {
        NONE,
        /** The customer's card is refused. */
        PAYMENT,
        /** There is no carrier. */
        SHIPPING,
        /** Everything was done, and then the flow itself fails. */
        END
    }

    static StoreOrder parse(String text) {
        RequestBody body = RequestBody.parse(text);
        return new StoreOrder(
                body.optionalId("id").orElseGet(() -> UUID.randomUUID().toString()),
                body.id("item"),
                body.wholeNumber("pieces", 1, MOST_PIECES).map(Long::intValue).orElse(1),
                failure(body.text("failAt").orElse("none")));
    }

    private static Failure failure(String name) {
        for (Failure failure : Failure.values()) {
            if (failure.name().toLowerCase(Locale.ROOT).equals(name)) {
                return failure;
            }
        }
        throw new RefusedException(Reason.INVALID, "failAt '" + name + "' must be none, payment, shipping or end");
    }
}
