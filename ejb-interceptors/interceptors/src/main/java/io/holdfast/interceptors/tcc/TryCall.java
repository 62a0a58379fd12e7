package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.JtaTransaction;
import io.holdfast.interceptors.fence.Fence;
import io.holdfast.interceptors.fence.Verdict;
import java.sql.SQLException;
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
    private final Tries tries;
    private final OwnTransaction own;

    /** @param application under which its dispatcher is registered */
    TryCall(Directory jndi, String application, TccMethod method, Fences fences, Tries tries, OwnTransaction own) {
        this.jndi = jndi;
        this.application = application;
        this.method = method;
        this.fences = fences;
        this.tries = tries;
        this.own = own;
    }

    @Nullable
    Object run(@Nullable Object[] arguments, Callable<@Nullable Object> attempt) throws Exception {
        // It stands for whatever transaction the thread is in; each look-up costs.
        JtaTransaction current = JtaTransaction.ofThisThread(jndi);
        return run(deciding(current), current, arguments, attempt);
    }

    @Nullable
    Object run(
            Deciding deciding, JtaTransaction current, @Nullable Object[] arguments, Callable<@Nullable Object> attempt)
            throws Exception {
        Optional<DataSource> database = fences.of(method);
        var notes = new TryNotes(
                Optional.of(database.isPresent() ? method.fencing().name() : ""),
                tries.begin(),
                database.isEmpty() && deciding.mayConfirmWhatFailed());
        Enlisted enlisted;
        try {
            enlisted =
                    deciding.enlist(ConnectionFactories.find(jndi), participant(method.write(arguments, null, notes)));
        } catch (Throwable notEnlisted) {
            tries.end(notes.number());
            throw notEnlisted;
        }
        try {
            return tried(enlisted, notes, arguments, database, () -> attempt(current, database, enlisted, attempt));
        } catch (Throwable notReserved) {
            LockedOut.tell(method, notReserved);
            deciding.mayOnlyCancel(method, notReserved);
            throw notReserved;
        }
    }

    /** Whoever is told of its failure may cancel it at once, so that it is over by then. */
    private @Nullable Object tried(
            Enlisted enlisted,
            TryNotes notes,
            @Nullable Object[] arguments,
            Optional<DataSource> database,
            Callable<@Nullable Object> attempt)
            throws Exception {
        try {
            trace(enlisted, database);
            Object result = own.call(attempt);
            if (method.wantsResult() || notes.unproven()) {
                store(enlisted, method.write(arguments, result, notes.proven()));
            }
            return result;
        } finally {
            tries.end(notes.number());
        }
    }

    private void trace(Enlisted enlisted, Optional<DataSource> database) throws Exception {
        if (method.fencing().traced() && database.isPresent()) {
            own.call(() -> {
                require(fences.fence().traceTry(database.get(), enlisted.transaction(), enlisted.participant()));
                return null;
            });
        }
    }

    private void require(Verdict verdict) {
        if (verdict != Verdict.RUN) {
            throw InterceptorMessage.ATTEMPT_REFUSED.exception(method.name());
        }
    }

    private void store(Enlisted enlisted, String data) {
        try {
            ConnectionFactories.find(jndi).store(enlisted, data);
        } catch (RuntimeException notStored) {
            tries.hasCommitted(enlisted);
            throw notStored;
        }
    }

    private @Nullable Object attempt(
            JtaTransaction own, Optional<DataSource> database, Enlisted enlisted, Callable<@Nullable Object> attempt)
            throws Exception {
        own.worksFor(enlisted);
        if (database.isPresent()) {
            require(begins(database.get(), enlisted));
        }
        Object result = attempt.call();
        if (own.isMarkedForRollback()) {
            throw InterceptorMessage.ATTEMPT_ROLLED_BACK.exception(method.name());
        }
        return result;
    }

    private Verdict begins(DataSource database, Enlisted enlisted) throws SQLException {
        Fence fence = fences.fence();
        return method.fencing().traced()
                ? fence.tracedTryBegins(database, enlisted.transaction(), enlisted.participant())
                : fence.tryBegins(database, enlisted.transaction(), enlisted.participant());
    }

    /**
     * What is called by another participant belongs to what decides about that one. An LRA decides where no transaction is global, since it
     * goes on when the transaction has committed.
     */
    private Deciding deciding(JtaTransaction surrounding) {
        Optional<Enlisted> caller = surrounding.workedFor();
        if (caller.isPresent()) {
            return new Deciding.ByCaller(surrounding, caller.get());
        }
        Optional<Deciding> lra =
                surrounding.isGlobal() ? Optional.empty() : ByLra.ofThisThread(application, surrounding, tries, jndi);
        if (lra.isPresent()) {
            return lra.get();
        }
        if (!surrounding.isActive()) {
            throw InterceptorMessage.PARTICIPANT_WITHOUT_TRANSACTION.exception(
                    method.name(), method.annotation(), surrounding.status());
        }
        return new Deciding.ByTransaction(surrounding);
    }

    private LocalParticipant participant(String data) {
        return new LocalParticipant(
                application,
                method.bean().getName(),
                method.attempt().getName(),
                method.signature(),
                data,
                method.kind());
    }
}
