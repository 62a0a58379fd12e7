package io.holdfast.scenarios.idempotent;

import jakarta.ejb.Stateful;

/** Not serializable; of such a bean Payara has a subclass, too. */
@Stateful
public class CashTill extends Till {
    @Override
    protected String kind() {
        return "Cash";
    }
}
