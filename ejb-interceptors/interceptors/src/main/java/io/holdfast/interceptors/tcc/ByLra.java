package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.JtaTransaction;
import io.holdfast.interceptors.ThreadLra;
import io.holdfast.lra.LongRunningActions;
import jakarta.enterprise.inject.spi.CDI;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.LRAStatus;

/**
 * The LRA of the thread decides: the application joins it once, and the adapter keeps its participants as a flow. Loaded only in applications
 * that have holdfast-lra.
 */
final class ByLra implements Deciding {
    private final LongRunningActions lras;
    private final URI lra;
    private final String flow;
    private final JtaTransaction surrounding;

    private ByLra(LongRunningActions lras, URI lra, String application, JtaTransaction surrounding) {
        this.lras = lras;
        this.lra = lra;
        this.flow = flow(application, lra);
        this.surrounding = surrounding;
    }

    static String flow(String application, URI lra) {
        return application + " " + lra;
    }

    /** Empty when the thread is in no LRA. */
    static Optional<Deciding> ofThisThread(String application, JtaTransaction surrounding) {
        return ThreadLra.id().isPresent() ? Inner.find(application, surrounding) : Optional.empty();
    }

    /** Refers to classes that may be missing. */
    private static final class Inner {
        static Optional<Deciding> find(String application, JtaTransaction surrounding) {
            LongRunningActions lras =
                    CDI.current().select(LongRunningActions.class).get();
            return lras.current().map(lra -> new ByLra(lras, lra, application, surrounding));
        }
    }

    /**
     * Joins, is recorded, and looks whether the LRA goes on: if it does, whoever cancels it later finds this participant; if not, nobody
     * may, so that it is cancelled here.
     */
    @Override
    public Enlisted enlist(HoldfastConnectionFactory adapter, LocalParticipant participant) {
        if (adapter.flowState(flow) == FlowState.UNKNOWN) {
            lras.join(lra, LraFlowParticipant.class);
        }
        Enlisted enlisted = adapter.enlist(flow, participant);
        LRAStatus status = lras.status(lra);
        if (status != LRAStatus.Active) {
            adapter.endFlow(flow, false);
            throw InterceptorMessage.ATTEMPT_REFUSED.exception(participant.bean() + "#" + participant.method());
        }
        return enlisted;
    }

    @Override
    public void mayOnlyCancel(Throwable cause) {
        try {
            lras.cancel(lra);
        } catch (RuntimeException notCancelled) {
            cause.addSuppressed(notCancelled);
        }
        if (surrounding.isActive()) {
            Deciding.markForRollback(surrounding, cause);
        }
    }
}
