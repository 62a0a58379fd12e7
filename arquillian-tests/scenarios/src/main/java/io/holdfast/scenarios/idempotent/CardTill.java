package io.holdfast.scenarios.idempotent;

import jakarta.ejb.Stateless;

/** Runs as it is. */
@Stateless
public class CardTill extends Till {
    @Override
    protected String kind() {
        return "Card";
    }
}
