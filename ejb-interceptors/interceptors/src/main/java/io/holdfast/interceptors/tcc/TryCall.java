package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.JtaTransaction;
import io.holdfast.interceptors.fence.Verdict;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What happens around a method with {@link Tcc} or {@link Compensable}. */
final class TryCall {
    private final Directory jndi;
    private final String application;
    private final TccMethod method;
    private final Fences fences;
    private final OwnTransaction own;

    /** @param application under which its dispatcher is registered */
    TryCall(Directory jndi, String application, TccMethod method, Fences fences, OwnTransaction own) {
        this.jndi = jndi;
        this.application = application;
        this.method = method;
        this.fences = fences;
        this.own = own;
    }

    @Nullable
    Object run(@Nullable Object[] arguments, Callable<@Nullable Object> attempt) throws Exception {
        JtaTransaction surrounding = JtaTransaction.ofThisThread(jndi);
        if (!surrounding.isActive()) {
            throw InterceptorMessage.PARTICIPANT_WITHOUT_TRANSACTION.exception(
                    method.name(), method.annotation(), surrounding.status());
        }
        HoldfastConnectionFactory adapter = ConnectionFactories.find(jndi);
        Enlisted enlisted = enlist(adapter, surrounding, method.write(arguments, null));
        try {
            Object result = own.call(() -> attempt(enlisted, attempt));
            if (method.wantsResult()) {
                adapter.store(enlisted, method.write(arguments, result));
            }
            return result;
        } catch (Throwable notReserved) {
            markForRollback(surrounding, notReserved);
            throw notReserved;
        }
    }

    private static void markForRollback(JtaTransaction surrounding, Throwable cause) {
        try {
            surrounding.markForRollback();
        } catch (IllegalStateException endedMeanwhile) {
            cause.addSuppressed(endedMeanwhile);
        }
    }

    private @Nullable Object attempt(Enlisted enlisted, Callable<@Nullable Object> attempt) throws Exception {
        JtaTransaction.ofThisThread(jndi).worksFor(enlisted);
        Optional<DataSource> database = fences.of(method);
        if (database.isPresent()
                && fences.fence().tryBegins(database.get(), enlisted.transaction(), enlisted.participant())
                        != Verdict.RUN) {
            throw InterceptorMessage.ATTEMPT_REFUSED.exception(method.name());
        }
        Object result = attempt.call();
        if (JtaTransaction.ofThisThread(jndi).isMarkedForRollback()) {
            throw InterceptorMessage.ATTEMPT_ROLLED_BACK.exception(method.name());
        }
        return result;
    }

    /** What is called by another participant belongs to that one's transaction, which has the outcome of both. */
    private Enlisted enlist(HoldfastConnectionFactory adapter, JtaTransaction surrounding, String data) {
        LocalParticipant participant = new LocalParticipant(
                application,
                method.bean().getName(),
                method.attempt().getName(),
                method.signature(),
                data,
                method.kind());
        Optional<Enlisted> caller = surrounding.workedFor();
        if (caller.isPresent()) {
            return adapter.enlist(caller.get(), participant);
        }
        try (HoldfastConnection connection = adapter.getConnection()) {
            return connection.enlist(participant);
        }
    }
}
