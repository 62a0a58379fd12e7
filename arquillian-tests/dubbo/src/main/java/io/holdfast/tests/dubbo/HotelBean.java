package io.holdfast.tests.dubbo;

import io.holdfast.lra.LongRunningActions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/** Takes part in the LRA of its caller. */
@ApplicationScoped
@SuppressWarnings("NullAway.Init")
public class HotelBean implements Hotel {
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Inject
    private LongRunningActions lras;

    @Override
    @LRA(value = LRA.Type.MANDATORY, end = false)
    public String book() {
        return lras.current().orElseThrow().toString();
    }

    @Complete
    public void confirm(URI lra) {
        told.add("complete " + lra);
    }

    @Compensate
    public void release(URI lra) {
        told.add("compensate " + lra);
    }

    /** What it was told, a line each. */
    public String told() {
        return String.join("\n", told);
    }
}
