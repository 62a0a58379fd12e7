package io.holdfast.lra.bean;

import io.holdfast.lra.LraException;
import io.holdfast.lra.LraException.Reason;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.messages.ParticipantMessage;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.Arrival;
import io.holdfast.lra.runtime.DataCell;
import io.holdfast.lra.runtime.Departure;
import io.holdfast.lra.runtime.Entered;
import io.holdfast.lra.runtime.Invocation;
import io.holdfast.lra.runtime.ParticipantRuntime;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call of a bean's method: into its LRA, which is the thread's, the remote caller's or the message's, and out again. What the method returns or throws counts
 * as the answer that Jakarta REST would give: 200, or the status of a {@code Response} or {@code WebApplicationException}, or 500. Inside
 * a JTA transaction the LRA is ended after that, as it would be by a resource, and a rollback counts as 500. Nobody can be told then that this failed, so it is repeated.
 */
final class BeanCall {
    private static final int OK = 200;
    private static final int FAILED = 500;

    private final ParticipantRuntime runtime;
    private final Optional<JtaTransaction> transaction;
    private final Showing data;

    /** Lets a call see its participant's data. */
    @FunctionalInterface
    interface Showing {
        @Nullable
        Object call(DataCell data, Callable<@Nullable Object> work) throws Exception;
    }

    BeanCall(ParticipantRuntime runtime, Optional<JtaTransaction> transaction, Showing data) {
        this.runtime = runtime;
        this.transaction = transaction;
        this.data = data;
    }

    /** @throws LraException when the method was not let in, or its LRA could not be closed */
    @Nullable
    Object run(
            Class<?> bean,
            Method method,
            @Nullable Object @Nullable [] parameters,
            Map<String, Object> contextData,
            Callable<@Nullable Object> proceed)
            throws Exception {
        Optional<ResourceModel> model = runtime.modelOfBean(bean);
        if (model.isEmpty()) {
            return proceed.call();
        }
        Optional<ActiveLra> callers = callers(parameters, contextData);
        Arrival.Incoming incoming = new Arrival.Incoming(
                callers.map(ActiveLra::id), callers.flatMap(ActiveLra::parent), false, Optional.empty());
        String name = model.get().type().getName() + "#" + method.getName();
        Entered entered = runtime.gate()
                .enter(new Arrival(name, model.get().method(method), incoming, lra -> link(model.get(), lra)));
        if (entered instanceof Entered.Refused refused) {
            throw failure(ParticipantMessage.BEAN_NOT_RUN, name, refused.reason(), refused.status());
        }
        return run(((Entered.Runs) entered).invocation(), proceed);
    }

    private static Optional<ActiveLra> callers(
            @Nullable Object @Nullable [] parameters, Map<String, Object> contextData) throws Exception {
        Optional<ActiveLra> ofThread = ThreadContext.active();
        if (ofThread.isPresent()) {
            return ofThread;
        }
        Optional<String> sent = RemoteContext.lraOf(contextData);
        return (sent.isPresent() ? sent : MessageContext.lraOf(parameters))
                .map(lra -> new ActiveLra(lra, Optional.empty()));
    }

    private Optional<String> link(ResourceModel model, LraId lra) {
        if (!model.joins()) {
            return Optional.empty();
        }
        String base = runtime.base()
                .orElseThrow(() -> new IllegalArgumentException(
                        ParticipantMessage.NO_BASE_ADDRESS.line(model.type().getName(), lra)));
        return runtime.link(model, base, Map.of(), lra);
    }

    private @Nullable Object run(Invocation invocation, Callable<@Nullable Object> proceed) throws Exception {
        Leaving leaving = new Leaving(invocation);
        try {
            transaction.ifPresent(leaving::endsWith);
        } catch (RuntimeException noLongerActive) {
            leaving.answered(FAILED, noLongerActive);
            throw noLongerActive;
        }
        Object result;
        try {
            result = ThreadContext.callIn(invocation.active(), () -> data.call(invocation.data(), proceed));
        } catch (Throwable thrown) {
            leaving.answered(statusOf(thrown), thrown);
            throw thrown;
        }
        if (result instanceof CompletionStage<?> stage && transaction.isEmpty()) {
            return stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    leaving.answered(statusOf(value));
                } else {
                    leaving.answered(statusOf(failure), failure);
                }
            });
        }
        leaving.answered(statusOf(result));
        return result;
    }

    private static int statusOf(@Nullable Object result) {
        return result instanceof Response response ? response.getStatus() : OK;
    }

    /** Stages wrap what was thrown before them. */
    private static int statusOf(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof WebApplicationException answer
                ? answer.getResponse().getStatus()
                : FAILED;
    }

    /** What happens with the LRA after the method: at once, or when the transaction around it has ended. */
    private final class Leaving {
        private final Invocation invocation;
        private boolean waits;
        private boolean isLost;
        private volatile int status = FAILED;

        Leaving(Invocation invocation) {
            this.invocation = invocation;
        }

        void endsWith(JtaTransaction around) {
            if (around.canOnlyRollBack()) {
                isLost = true;
                return;
            }
            around.whenEnded(committed -> runtime.gate().exitUnheard(invocation, committed ? status : FAILED));
            waits = true;
        }

        /** The data are stored as long as the caller can be told, and the transaction roll back, if that fails. */
        void answered(int with) {
            int answer = isLost ? FAILED : with;
            Departure departure = waits
                    ? runtime.gate().store(invocation, answer)
                    : runtime.gate().exit(invocation, answer);
            status = departure.status();
            if (departure.isReplaced()) {
                throw failure(
                        ParticipantMessage.BEAN_NOT_ENDED, invocation.name(), departure.reason(), departure.status());
            }
        }

        /** The exception goes on, whatever becomes of the LRA. */
        void answered(int with, Throwable thrown) {
            try {
                answered(with);
            } catch (RuntimeException notEnded) {
                thrown.addSuppressed(notEnded);
            }
        }
    }

    private static LraException failure(ParticipantMessage message, String name, String reason, int status) {
        message.log(name, reason, status);
        Reason why = status < FAILED ? Reason.REFUSED : Reason.UNCERTAIN;
        return new LraException(why, message.line(name, reason, status));
    }
}
