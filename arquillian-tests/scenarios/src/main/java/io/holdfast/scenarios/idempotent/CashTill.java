package io.holdfast.scenarios.idempotent;

import jakarta.ejb.Stateful;

/** Not serializable, so that Payara makes a subclass of it. */
@Stateful
public class CashTill extends Till {
    @Override
    protected String kind() {
        return "Cash";
    }
}
