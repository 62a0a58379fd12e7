package io.holdfast.interceptors.tcc;

import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.ParticipantAlarm;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.JtaTransaction;
import io.holdfast.interceptors.fence.Fence;
import io.holdfast.interceptors.fence.Verdict;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Calls the confirm, cancel or undo of a participant, in a transaction of its own, behind the fence. Thread-safe. */
final class TccDispatcher implements LocalDispatcher {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");

    /** Calls a method of a bean as its clients do. */
    @FunctionalInterface
    interface Invoker {
        void invoke(TccMethod method, Method callback, @Nullable Object[] arguments) throws Exception;
    }

    private final Directory jndi;
    private final TccBeans beans;
    private final Fences fences;
    private final Tries tries;
    private final OwnTransaction own;
    private final Invoker invoker;
    private final Consumer<ParticipantAlarm> alarms;

    TccDispatcher(
            Directory jndi,
            TccBeans beans,
            Fences fences,
            Tries tries,
            OwnTransaction own,
            Invoker invoker,
            Consumer<ParticipantAlarm> alarms) {
        this.alarms = alarms;
        this.jndi = jndi;
        this.beans = beans;
        this.fences = fences;
        this.tries = tries;
        this.own = own;
        this.invoker = invoker;
    }

    @Override
    public LocalAnswer dispatch(LocalCall call) {
        var participant = call.participant();
        Optional<TccMethod> method = beans.find(participant.bean(), participant.method(), participant.signature());
        if (method.isEmpty()) {
            String text = InterceptorMessage.NO_SUCH_PARTICIPANT.with(
                    participant.bean(), participant.method(), participant.signature(), call.decision());
            return failed(call, text, null);
        }
        if (tries.isKnownNotToRun(call.enlisted())) {
            return new LocalAnswer.Done();
        }
        try {
            TryNotes notes = TryNotes.of(participant.data());
            if (tries.isRunning(notes.number())) {
                String text = InterceptorMessage.DECISION_FAILED.with(
                        call.decision(), method.get().name(), InterceptorMessage.TRY_GOES_ON.with());
                LOG.log(Level.DEBUG, text);
                return new LocalAnswer.Failed(text);
            }
            fences.prepare(method.get(), notes);
            own.call(() -> {
                decide(method.get(), notes, call);
                return null;
            });
            return new LocalAnswer.Done();
        } catch (TccRefusedException refused) {
            LOG.log(
                    Level.WARNING,
                    InterceptorMessage.DECISION_REFUSED.with(
                            call.decision(), method.get().name(), refused.getMessage()));
            return new LocalAnswer.Refused(String.valueOf(refused.getMessage()));
        } catch (Exception notKnown) {
            String text = InterceptorMessage.DECISION_FAILED.with(
                    call.decision(), method.get().name(), notKnown);
            return failed(call, text, notKnown);
        }
    }

    @Override
    public void alarm(ParticipantAlarm alarm) {
        alarms.accept(alarm);
    }

    private static LocalAnswer failed(LocalCall call, String text, @Nullable Exception cause) {
        // Once is enough: it is repeated for as long as it fails.
        LOG.log(call.attempt() == 1 ? Level.WARNING : Level.DEBUG, text, cause);
        return new LocalAnswer.Failed(text);
    }

    private void decide(TccMethod method, TryNotes notes, LocalCall call) throws Exception {
        boolean confirms = call.decision() == Decision.CONFIRM;
        Optional<Method> callback = confirms ? method.confirm() : Optional.of(method.cancel());
        switch (verdict(method, notes, call, confirms)) {
            case RUN -> {
                if (callback.isPresent()) {
                    Object[] arguments = method.argumentsFor(
                            callback.get(), call.participant().data());
                    invoker.invoke(method, callback.get(), arguments);
                }
            }
            case ALREADY_DONE, NOTHING_TO_CANCEL -> {}
            case REFUSED ->
                throw new TccRefusedException(
                        confirms ? "no try of it has ended well" : "the fence says that it was confirmed before");
        }
        if (JtaTransaction.ofThisThread(jndi).isMarkedForRollback()) {
            throw new IllegalStateException(InterceptorMessage.DECISION_ROLLED_BACK.with());
        }
    }

    private Verdict verdict(TccMethod method, TryNotes notes, LocalCall call, boolean confirms) throws SQLException {
        Optional<DataSource> database = fences.of(method, notes);
        if (database.isEmpty()) {
            boolean isTried = !notes.unproven() || tries.isKnownToHaveCommitted(call.enlisted());
            return isTried || !confirms ? Verdict.RUN : Verdict.REFUSED;
        }
        String transaction = call.enlisted().transaction();
        String participant = call.enlisted().participant();
        Fence fence = fences.fence();
        return confirms
                ? fence.confirmBegins(database.get(), transaction, participant)
                : fence.cancelBegins(database.get(), transaction, participant);
    }
}
