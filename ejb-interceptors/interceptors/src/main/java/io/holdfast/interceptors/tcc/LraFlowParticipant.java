package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.Directory;
import io.holdfast.lra.LraParticipantData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.lra.annotation.Compensate;
import org.eclipse.microprofile.lra.annotation.Complete;
import org.eclipse.microprofile.lra.annotation.Forget;
import org.eclipse.microprofile.lra.annotation.Status;

/** Internal: an application's {@link Tcc} and {@link Compensable} participants of an LRA, as the LRA's coordinator sees them. */
@ApplicationScoped
public class LraFlowParticipant {
    @Inject
    private BeanManager beans;

    @Complete
    public Response complete(URI lra) {
        return response(flow(lra).complete());
    }

    @Compensate
    public Response compensate(URI lra) {
        return response(flow(lra).compensate());
    }

    @Status
    public Response status(URI lra) {
        return response(flow(lra).status());
    }

    @Forget
    public Response forget(URI lra) {
        return response(flow(lra).forget());
    }

    private static Response response(LraFlow.Answer answer) {
        return Response.status(answer.status()).entity(answer.word()).build();
    }

    private LraFlow flow(URI lra) {
        String application = beans.getExtension(TccExtension.class).application();
        return new LraFlow(Directory.JNDI, application, lra, Inner.keeper());
    }

    /** Refers to classes that may be missing; then nobody calls this. */
    private static final class Inner {
        static String keeper() {
            return CDI.current().select(LraParticipantData.class).get().get();
        }
    }
}
