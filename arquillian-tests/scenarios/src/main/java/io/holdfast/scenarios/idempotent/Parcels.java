package io.holdfast.scenarios.idempotent;

import io.holdfast.interceptors.idempotent.Idempotent;
import io.holdfast.interceptors.idempotent.Idempotent.Strategy;
import io.holdfast.interceptors.idempotent.StateGuard;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** A CDI bean; {@code @Transactional} begins and ends the transaction. */
@ApplicationScoped
public class Parcels {
    @EJB
    private Effects effects;

    @Transactional
    @Idempotent(
            key = "id",
            strategy = Strategy.STATE_GUARD,
            guard =
                    @StateGuard(
                            table = "parcel",
                            id = "id",
                            state = "state",
                            from = "PACKED",
                            to = "SENT",
                            later = "DELIVERED"))
    public void send(long id) {
        effects.add("send " + id);
    }

    @Transactional
    @Idempotent(key = "header:Idempotency-Key")
    public String label(String address) {
        effects.add("label " + address);
        return address + " " + System.nanoTime();
    }

    @Idempotent(key = "address")
    public String withoutTransaction(String address) {
        return address;
    }
}
