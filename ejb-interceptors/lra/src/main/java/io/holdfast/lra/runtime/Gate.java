package io.holdfast.lra.runtime;

import io.holdfast.lra.client.CoordinatorClient;
import io.holdfast.lra.client.CoordinatorException;
import io.holdfast.lra.client.Enlistment;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.client.RefusedException;
import io.holdfast.lra.client.UnknownLraException;
import io.holdfast.lra.messages.ParticipantMessage;
import io.holdfast.lra.model.LraMethod;
import io.holdfast.lra.model.LraRule;
import io.holdfast.lra.runtime.Arrival.Incoming;
import io.holdfast.lra.runtime.Invocation.Governed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;

/**
 * Lets resource methods into their LRAs and out again: what the annotations say, done at the coordinator. When {@link #enter} says that a
 * method runs, its class has joined durably. Thread-safe.
 */
public final class Gate {
    private final CoordinatorClient coordinator;
    private final boolean propagates;

    /** @param propagates whether a method without annotations hands the LRA of its request on */
    public Gate(CoordinatorClient coordinator, boolean propagates) {
        this.coordinator = coordinator;
        this.propagates = propagates;
    }

    /** Before the method. Waits for the coordinator, no longer than the client's times. */
    public Entered enter(Arrival arrival) {
        Optional<LraMethod> annotated =
                arrival.method().filter(each -> each.rule().isPresent() || each.leaves() || each.isCallback());
        if (annotated.isEmpty()) {
            return new Entered.Runs(unseen(inContextOf(arrival, propagates)));
        }
        LraMethod method = annotated.get();
        try {
            if (method.leaves()) {
                leave(arrival);
            }
            return method.rule().isPresent()
                    ? enter(arrival, method, method.rule().get())
                    : new Entered.Runs(inContextOf(arrival, true));
        } catch (CoordinatorException failure) {
            return refused(arrival, Statuses.ofJoining(failure), failure);
        } catch (IllegalArgumentException badLink) {
            return refused(arrival, Statuses.PRECONDITION_FAILED, badLink);
        }
    }

    private Entered enter(Arrival arrival, LraMethod method, LraRule rule) throws CoordinatorException {
        boolean isCalledBack = method.isCallback() && arrival.headers().isCallback();
        Entry entry = Entry.of(rule.type(), arrival.headers().lra().isPresent());
        return switch (entry) {
            case OUTSIDE -> new Entered.Runs(outside(arrival));
            case REFUSE ->
                refused(
                        arrival,
                        Statuses.PRECONDITION_FAILED,
                        ParticipantMessage.WRONG_CONTEXT.line(
                                rule.type(), arrival.headers().lra().isPresent() ? "with" : "without"));
            case CONTINUE -> {
                LraId lra = LraId.parse(arrival.headers().lra().orElseThrow());
                yield isCalledBack || method.leaves()
                        ? new Entered.Runs(
                                run(arrival, lra, isCalledBack ? Optional.empty() : Optional.of(rule), Joined.NOT))
                        : new Entered.Runs(run(arrival, lra, Optional.of(rule), join(arrival, lra, rule.timeLimit())));
            }
            case START, NEST -> start(arrival, rule, entry == Entry.NEST, isCalledBack);
        };
    }

    private Entered start(Arrival arrival, LraRule rule, boolean isNested, boolean isCalledBack) {
        LraId lra;
        try {
            lra = isNested
                    ? coordinator.startNested(
                            LraId.parse(arrival.headers().lra().orElseThrow()), arrival.name(), rule.timeLimit())
                    : coordinator.start(arrival.name(), rule.timeLimit());
        } catch (CoordinatorException failure) {
            return refused(arrival, isNested ? Statuses.ofJoining(failure) : Statuses.of(failure), failure);
        }
        try {
            Invocation invocation = run(arrival, lra, Optional.of(rule), join(arrival, lra, Optional.empty()));
            Optional<String> ended = arrival.headers().lra().filter(id -> isCalledBack);
            ended.ifPresent(id -> invocation.headers().put(LRA.LRA_HTTP_ENDED_CONTEXT_HEADER, Optional.of(id)));
            return new Entered.Runs(invocation);
        } catch (CoordinatorException failure) {
            cancelUnused(lra, arrival);
            return refused(arrival, Statuses.ofJoining(failure), failure);
        } catch (IllegalArgumentException badLink) {
            cancelUnused(lra, arrival);
            return refused(arrival, Statuses.PRECONDITION_FAILED, badLink);
        }
    }

    private void cancelUnused(LraId lra, Arrival arrival) {
        try {
            coordinator.cancel(lra);
        } catch (CoordinatorException failure) {
            ParticipantMessage.NOT_ENDED_AFTER_REFUSAL.log(lra, arrival.name(), failure.line());
        }
    }

    /** What came of joining. */
    private record Joined(Optional<String> link, Optional<Enlistment> enlistment) {
        static final Joined NOT = new Joined(Optional.empty(), Optional.empty());
    }

    private Joined join(Arrival arrival, LraId lra, Optional<Duration> timeLimit) throws CoordinatorException {
        Optional<String> link = arrival.link().apply(lra);
        if (link.isEmpty()) {
            requireActive(lra);
            return Joined.NOT;
        }
        return new Joined(link, Optional.of(coordinator.join(lra, link.get(), "", timeLimit)));
    }

    /** Who does not join has nobody else to tell that the LRA can still be worked in. */
    private void requireActive(LraId lra) throws CoordinatorException {
        LRAStatus status = coordinator.status(lra);
        if (status != LRAStatus.Active) {
            throw RefusedException.notActive(lra, status);
        }
    }

    private void leave(Arrival arrival) throws CoordinatorException {
        if (arrival.headers().lra().isEmpty()) {
            return;
        }
        LraId lra = LraId.parse(arrival.headers().lra().get());
        Optional<String> link = arrival.link().apply(lra);
        if (link.isEmpty()) {
            return;
        }
        try {
            coordinator.leave(lra, link.get());
        } catch (RefusedException refused) {
            if (refused.status() != RefusedException.NOT_JOINED) {
                throw refused;
            }
            ParticipantMessage.NOT_LEFT.log(arrival.name(), lra, refused.line());
        }
    }

    private static Invocation run(Arrival arrival, LraId lra, Optional<LraRule> rule, Joined joined) {
        boolean isCallers =
                arrival.headers().lra().filter(lra.toString()::equals).isPresent();
        Optional<String> parent =
                Parents.of(lra).or(() -> isCallers ? arrival.headers().parent() : Optional.empty());
        Map<String, Optional<String>> headers = new LinkedHashMap<>();
        headers.put(LRA.LRA_HTTP_CONTEXT_HEADER, Optional.of(lra.toString()));
        headers.put(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER, parent);
        joined.enlistment()
                .ifPresent(enlistment -> headers.put(
                        LRA.LRA_HTTP_RECOVERY_HEADER,
                        Optional.of(enlistment.recovery().toString())));
        String data = joined.enlistment()
                .map(Enlistment::earlierData)
                .or(() -> arrival.headers().data())
                .orElse("");
        return new Invocation(
                arrival.name(),
                Optional.of(new ActiveLra(lra.toString(), parent)),
                headers,
                new DataCell(data),
                rule.map(governing -> new Governed(lra, governing, joined.link())));
    }

    private static Invocation outside(Arrival arrival) {
        return unseen(new Invocation(
                arrival.name(), Optional.empty(), new LinkedHashMap<>(), new DataCell(""), Optional.empty()));
    }

    /** A method without annotations takes no part in the LRA that it hands on, and does not see it (TCK, noLRATest). */
    private static Invocation unseen(Invocation invocation) {
        invocation.headers().put(LRA.LRA_HTTP_CONTEXT_HEADER, Optional.empty());
        invocation.headers().put(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER, Optional.empty());
        return invocation;
    }

    /** The caller's LRA as it came, whatever it is; nothing is started, joined or ended. */
    private static Invocation inContextOf(Arrival arrival, boolean propagates) {
        Incoming headers = arrival.headers();
        Optional<ActiveLra> active = headers.lra()
                .filter(id -> propagates && isSentOn(LRA.LRA_HTTP_CONTEXT_HEADER, id))
                .map(id -> new ActiveLra(
                        id, headers.parent().filter(parent -> isSentOn(LRA.LRA_HTTP_PARENT_CONTEXT_HEADER, parent))));
        return new Invocation(
                arrival.name(),
                active,
                new LinkedHashMap<>(),
                new DataCell(headers.data().orElse("")),
                Optional.empty());
    }

    private static boolean isSentOn(String header, String value) {
        if (value.length() > LraId.MAX_CHARACTERS) {
            ParticipantMessage.NOT_PROPAGATED.log(header, value.length(), LraId.MAX_CHARACTERS);
            return false;
        }
        return true;
    }

    private static Entered refused(Arrival arrival, int status, Exception failure) {
        return refused(arrival, status, String.valueOf(failure.getMessage()));
    }

    private static Entered refused(Arrival arrival, int status, String line) {
        ParticipantMessage.NOT_RUN.log(arrival.name(), status, line);
        return new Entered.Refused(status, numberOf(line, ParticipantMessage.NOT_RUN));
    }

    /** The caller is told the number only: the rest names addresses of this server. */
    private static String numberOf(String line, ParticipantMessage otherwise) {
        int blank = line.indexOf(' ');
        String first = blank < 0 ? line : line.substring(0, blank);
        return first.matches("HFPAR\\d{3}") ? first : otherwise.id();
    }

    /**
     * After the method: stores changed data, then closes or cancels the LRA as its rule says.
     *
     * @param status what the method answered
     */
    public Departure exit(Invocation invocation, int status) {
        if (invocation.governed().isEmpty()) {
            return Departure.as(status);
        }
        Governed governed = invocation.governed().get();
        Departure stored = store(invocation, governed, status);
        Ending ending = Ending.of(governed.rule(), stored.status());
        return ending == Ending.STAYS_OPEN ? stored : end(invocation, governed, ending, stored);
    }

    private Departure store(Invocation invocation, Governed governed, int status) {
        Optional<String> changed = invocation.data().changed();
        if (changed.isEmpty() || governed.link().isEmpty()) {
            return Departure.as(status);
        }
        try {
            coordinator.join(governed.lra(), governed.link().get(), changed.get(), Optional.empty());
            return Departure.as(status);
        } catch (CoordinatorException failure) {
            ParticipantMessage.DATA_NOT_STORED.log(invocation.name(), governed.lra(), failure.line());
            return new Departure(Statuses.ofJoining(failure), true, ParticipantMessage.DATA_NOT_STORED.id());
        }
    }

    private Departure end(Invocation invocation, Governed governed, Ending ending, Departure before) {
        LraId lra = governed.lra();
        try {
            LRAStatus reached = ending == Ending.CLOSE ? coordinator.close(lra) : coordinator.cancel(lra);
            if (wasEndedOtherwise(ending, reached)) {
                ParticipantMessage.ENDED_BEFORE.log(lra, ending, invocation.name(), reached);
            }
            return before;
        } catch (UnknownLraException ended) {
            ParticipantMessage.ENDED_BEFORE.log(lra, ending, invocation.name(), ended.line());
            return before;
        } catch (CoordinatorException failure) {
            boolean isOver =
                    failure instanceof RefusedException refused && refused.status() == Statuses.PRECONDITION_FAILED;
            if (isOver) {
                ParticipantMessage.ENDED_BEFORE.log(lra, ending, invocation.name(), failure.line());
                return before;
            }
            ParticipantMessage.NOT_ENDED.log(lra, ending, invocation.name(), failure.line());
            return ending == Ending.CLOSE
                    ? new Departure(Statuses.of(failure), true, ParticipantMessage.NOT_ENDED.id())
                    : before;
        }
    }

    private static boolean wasEndedOtherwise(Ending ending, LRAStatus reached) {
        return switch (reached) {
            case Cancelled, Cancelling, FailedToCancel -> ending == Ending.CLOSE;
            case Closed, Closing, FailedToClose -> ending == Ending.CANCEL;
            case Active -> false;
        };
    }
}
