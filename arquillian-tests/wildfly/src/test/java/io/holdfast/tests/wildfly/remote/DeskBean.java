package io.holdfast.tests.wildfly.remote;

import io.holdfast.lra.LongRunningActions;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Remote;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** Takes part in the LRA of its remote caller; its callbacks are in its no-interface view. */
@Singleton
@LocalBean
@Remote(Desk.class)
@SuppressWarnings("NullAway.Init")
public class DeskBean implements Desk {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Inject
    private LongRunningActions lras;

    @Override
    @LRA(value = LRA.Type.MANDATORY, end = false)
    public String book() {
        return lras.current().orElseThrow().toString();
    }

    @Override
    public String told() {
        return String.join("\n", told);
    }

    @Complete
    public void confirm(URI lra) {
        told.add("complete " + lra);
    }

    @Compensate
    public void release(URI lra) {
        told.add("compensate " + lra);
    }
}
