package io.holdfast.interceptors.tcc;

import io.holdfast.api.FlowState;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.Status;

/** Internal: an application's {@link Tcc} and {@link Compensable} participants of an LRA, as the LRA's coordinator sees them. */
@ApplicationScoped
public class LraFlowParticipant {
    @Inject
    private BeanManager beans;

    @Complete
    public Response complete(URI lra) {
        return end(lra, true);
    }

    @Compensate
    public Response compensate(URI lra) {
        return end(lra, false);
    }

    @Status
    public Response status(URI lra) {
        FlowState state = ConnectionFactories.find(Directory.JNDI).flowState(flow(lra));
        return switch (state) {
            case UNKNOWN -> Response.status(Response.Status.GONE).build();
            case ACTIVE -> answer(Response.Status.OK, "Active");
            case CONFIRMING -> answer(Response.Status.OK, "Completing");
            case CONFIRMED -> answer(Response.Status.OK, "Completed");
            case CANCELLING -> answer(Response.Status.OK, "Compensating");
            case CANCELLED -> answer(Response.Status.OK, "Compensated");
            case FAILED_TO_CONFIRM -> answer(Response.Status.OK, "FailedToComplete");
            case FAILED_TO_CANCEL -> answer(Response.Status.OK, "FailedToCompensate");
        };
    }

    /** What is not known has nothing to tell, or was told. */
    private Response end(URI lra, boolean confirm) {
        FlowState state = ConnectionFactories.find(Directory.JNDI).endFlow(flow(lra), confirm);
        return switch (state) {
            case UNKNOWN -> answer(Response.Status.OK, confirm ? "Completed" : "Compensated");
            case CONFIRMED -> confirm ? answer(Response.Status.OK, "Completed") : failed(false);
            case CANCELLED -> confirm ? failed(true) : answer(Response.Status.OK, "Compensated");
            case CONFIRMING -> confirm ? answer(Response.Status.ACCEPTED, "Completing") : failed(false);
            case CANCELLING -> confirm ? failed(true) : answer(Response.Status.ACCEPTED, "Compensating");
            case FAILED_TO_CONFIRM, FAILED_TO_CANCEL -> failed(confirm);
            case ACTIVE -> Response.serverError().build();
        };
    }

    private static Response failed(boolean confirm) {
        return answer(Response.Status.CONFLICT, confirm ? "FailedToComplete" : "FailedToCompensate");
    }

    private static Response answer(Response.Status status, String word) {
        return Response.status(status).entity(word).build();
    }

    private String flow(URI lra) {
        return ByLra.flow(beans.getExtension(TccExtension.class).application(), lra);
    }
}
