package io.holdfast.tests.tcc.lra;

import io.holdfast.tests.tcc.app.Account;
import io.holdfast.tests.tcc.app.Merchant;
import io.holdfast.tests.tcc.app.Order;
import io.holdfast.tests.tcc.app.Payments;
import io.holdfast.tests.tcc.app.Warehouse;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** A session bean that is no resource: its methods run in LRAs as a resource's do. */
@Stateless
public class Booking {
    @Inject
    private Journal journal;

    @Inject
    private Merchant merchant;

    @Inject
    private Account account;

    @Inject
    private Warehouse warehouse;

    @Inject
    private Payments payments;

    @Inject
    private Turnstile turnstile;

    @Resource
    private SessionContext context;

    @LRA
    public void book(String key) {
        journal.book(key, "book");
    }

    /** Returns when the test wants it. */
    @LRA
    public void bookSlowly(String key) {
        journal.book(key, "book");
        turnstile.pass(key);
    }

    @LRA
    public void fail(String key) {
        journal.book(key, "book");
        throw new IllegalStateException("No seat for " + key);
    }

    @LRA
    public void rollBack(String key) {
        journal.book(key, "book");
        context.setRollbackOnly();
    }

    /** Reservations and actions that the LRA decides. */
    @LRA
    public void reserve(String key, boolean fails) {
        Order order = Order.of(key, Order.Ending.COMMIT);
        journal.book(key, "reserve");
        merchant.announce(order);
        account.freeze(order, 7);
        warehouse.take(order);
        payments.pay(order);
        if (fails) {
            throw new IllegalStateException("No seat for " + key);
        }
    }

    @LRA(end = false)
    public void addTo(String key) {
        journal.book(key, "add");
    }

    @LRA(LRA.Type.MANDATORY)
    public void onlyWithin(String key) {
        journal.book(key, "within");
    }

    @Complete
    public void complete(URI lra) {
        journal.write(lra.toString(), "complete");
    }

    @Compensate
    public void compensate(URI lra) {
        journal.write(lra.toString(), "compensate");
    }
}
