package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
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

/** What happens around a method with {@link Tcc}. */
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
            throw InterceptorMessage.TCC_WITHOUT_TRANSACTION.exception(method.name(), surrounding.status());
        }
        Enlisted enlisted = enlist(method.write(arguments, null));
        try {
            Object result = own.call(() -> reserve(enlisted, attempt));
            if (method.wantsResult()) {
                store(enlisted, method.write(arguments, result));
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

    private @Nullable Object reserve(Enlisted enlisted, Callable<@Nullable Object> attempt) throws Exception {
        Optional<DataSource> database = fences.of(method);
        if (database.isPresent()
                && fences.fence().tryBegins(database.get(), enlisted.transaction(), enlisted.participant())
                        != Verdict.RUN) {
            throw InterceptorMessage.TRY_REFUSED.exception(method.name());
        }
        Object result = attempt.call();
        if (JtaTransaction.ofThisThread(jndi).isMarkedForRollback()) {
            throw InterceptorMessage.TRY_ROLLED_BACK.exception(method.name());
        }
        return result;
    }

    private Enlisted enlist(String data) {
        try (HoldfastConnection connection = ConnectionFactories.find(jndi).getConnection()) {
            return connection.enlist(new LocalParticipant(
                    application, method.bean().getName(), method.attempt().getName(), method.signature(), data));
        }
    }

    private void store(Enlisted enlisted, String data) {
        try (HoldfastConnection connection = ConnectionFactories.find(jndi).getConnection()) {
            connection.store(enlisted, data);
        }
    }
}
