package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.JtaTransaction;
import io.holdfast.interceptors.ThreadLra;
import io.holdfast.lra.LongRunningActions;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.LRAStatus;

/**
 * The LRA of the thread decides: the application joins it once, and the adapter keeps its participants as a flow. Loaded only in applications
 * that have holdfast-lra.
 */
final class ByLra implements Deciding {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    private final LongRunningActions lras;
    private final URI lra;
    private final String flow;
    private final String application;
    private final JtaTransaction surrounding;
    private final Tries tries;
    private final Directory jndi;

    ByLra(
            LongRunningActions lras,
            URI lra,
            String application,
            JtaTransaction surrounding,
            Tries tries,
            Directory jndi) {
        this.lras = lras;
        this.lra = lra;
        this.flow = flow(application, lra);
        this.application = application;
        this.surrounding = surrounding;
        this.tries = tries;
        this.jndi = jndi;
    }

    static String flow(String application, URI lra) {
        return application + " " + lra;
    }

    /** Empty when the thread is in no LRA. */
    static Optional<Deciding> ofThisThread(
            String application, JtaTransaction surrounding, Tries tries, Directory jndi) {
        return ThreadLra.id().isPresent() ? Inner.find(application, surrounding, tries, jndi) : Optional.empty();
    }

    /** Refers to classes that may be missing. */
    private static final class Inner {
        static Optional<Deciding> find(String application, JtaTransaction surrounding, Tries tries, Directory jndi) {
            LongRunningActions lras =
                    CDI.current().select(LongRunningActions.class).get();
            return lras.current().map(lra -> new ByLra(lras, lra, application, surrounding, tries, jndi));
        }
    }

    /**
     * Joins, is recorded, and looks whether the LRA goes on: if it does, whoever ends it later finds this participant; if not, nobody
     * may, so that it leaves again and its attempt does not run.
     */
    @Override
    public Enlisted enlist(HoldfastConnectionFactory adapter, LocalParticipant participant) {
        if (adapter.flowState(flow) == FlowState.UNKNOWN) {
            join(FlowKeeper.of(adapter, application));
        }
        Enlisted enlisted = adapter.enlist(flow, participant);
        LRAStatus status;
        try {
            status = lras.status(lra);
        } catch (RuntimeException notKnown) {
            leave(adapter, enlisted, false, notKnown);
            throw notKnown;
        }
        if (status != LRAStatus.Active) {
            RuntimeException refused =
                    InterceptorMessage.ATTEMPT_REFUSED.exception(participant.bean() + "#" + participant.method());
            leave(adapter, enlisted, true, refused);
            throw refused;
        }
        return enlisted;
    }

    /**
     * Where several servers have one address, only the one that has joined first can be told of the end. A join without data replaces nothing, so
     * that what the first one has said stands at each moment.
     */
    private void join(FlowKeeper keeper) {
        String before = lras.joinWithData(lra, LraFlowParticipant.class, "");
        if (before.isEmpty()) {
            before = lras.joinWithData(lra, LraFlowParticipant.class, keeper.text());
        }
        if (!keeper.isOne(before)) {
            lras.joinWithData(lra, LraFlowParticipant.class, before);
            throw InterceptorMessage.FLOW_ELSEWHERE.exception(lra, before, keeper.text());
        }
    }

    /** @param ends whether the LRA goes on no more, so that nobody would end what this has begun */
    private void leave(HoldfastConnectionFactory adapter, Enlisted enlisted, boolean ends, RuntimeException cause) {
        try {
            boolean isEmpty = !adapter.leave(enlisted);
            if (ends && isEmpty) {
                adapter.endFlow(flow, false);
            }
        } catch (RuntimeException isDecided) {
            cause.addSuppressed(isDecided);
            tries.hasNeverRun(enlisted);
        }
    }

    /** When the LRA cannot be told, what this application has done in it is cancelled all the same, unless it ends already. */
    @Override
    public void mayOnlyCancel(TccMethod method, Throwable cause) {
        try {
            lras.cancel(lra);
        } catch (RuntimeException notCancelled) {
            cause.addSuppressed(notCancelled);
            if (mayBeOpen()) {
                cancelAhead(method, notCancelled, cause);
            }
        }
        if (surrounding.isActive()) {
            Deciding.markForRollback(surrounding, cause);
        }
    }

    private boolean mayBeOpen() {
        try {
            return lras.status(lra) == LRAStatus.Active;
        } catch (RuntimeException notKnown) {
            LOG.log(Level.DEBUG, "The status of the LRA " + lra + " is not known", notKnown);
            return true;
        }
    }

    private void cancelAhead(TccMethod method, RuntimeException notCancelled, Throwable cause) {
        String why = InterceptorMessage.FLOW_FAILED.with(method.name(), lra, notCancelled);
        LOG.log(Level.WARNING, why);
        try {
            ConnectionFactories.find(jndi).cancelFlow(flow, why);
        } catch (RuntimeException notCancelledHere) {
            cause.addSuppressed(notCancelledHere);
        }
    }
}
