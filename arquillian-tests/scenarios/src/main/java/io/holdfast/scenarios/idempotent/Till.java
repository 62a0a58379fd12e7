package io.holdfast.scenarios.idempotent;

import io.holdfast.interceptors.idempotent.Idempotent;
import jakarta.ejb.EJB;

/** What several beans inherit. */
public abstract class Till {
    @EJB
    private Effects effects;

    @Idempotent(key = "number")
    public String pay(long number) {
        effects.add(kind() + " " + number);
        return kind() + " " + number + " " + System.nanoTime();
    }

    protected abstract String kind();
}
