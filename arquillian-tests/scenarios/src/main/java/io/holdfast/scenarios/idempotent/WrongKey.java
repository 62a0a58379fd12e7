package io.holdfast.scenarios.idempotent;

import io.holdfast.interceptors.idempotent.Idempotent;
import jakarta.ejb.Stateless;

/** Cannot be deployed: its key names a property that an order has not. */
@Stateless
public class WrongKey {
    @Idempotent(key = "order.colour")
    public void pay(Order order) {
        throw new IllegalStateException("must not be deployed");
    }
}
