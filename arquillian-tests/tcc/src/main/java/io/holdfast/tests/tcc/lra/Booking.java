package io.holdfast.tests.tcc.lra;

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

    @Resource
    private SessionContext context;

    @LRA
    public void book(String key) {
        journal.book(key, "book");
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
