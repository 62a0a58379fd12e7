package io.holdfast.lra.runtime;

import io.holdfast.lra.client.CoordinatorClient;
import io.holdfast.lra.client.CoordinatorException;
import io.holdfast.lra.client.Enlistment;
import io.holdfast.lra.client.LraId;
import io.holdfast.lra.client.RefusedException;
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
    private final RepeatedEnds repeated;
    private final boolean propagates;

    /** @param propagates whether a method without annotations hands the LRA of its request on */
    Gate(CoordinatorClient coordinator, RepeatedEnds repeated, boolean propagates) {
        this.coordinator = coordinator;
        this.repeated = repeated;
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
        End end = new End(lra, Ending.CANCEL, arrival.name());
        try {
            log(end, end.tell(coordinator));
        } catch (CoordinatorException failure) {
            repeated.add(end, failure);
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
     * After the method, as long as the caller can be told: stores changed data, then closes or cancels the LRA as its rule says. A close that fails replaces the
     * answer; a cancel does not, and is repeated in the background.
     *
     * @param status what the method answered
     */
    public Departure exit(Invocation invocation, int status) {
        Departure stored = store(invocation, status);
        return end(invocation, stored, true);
    }

    /**
     * The same when the caller has its answer, or can have no other any more: closes and cancels that fail are repeated in the background, until the coordinator
     * answers or the application stops.
     *
     * @param status what the method answered, or what became of it afterwards
     */
    public void exitUnheard(Invocation invocation, int status) {
        Departure unusedData = store(invocation, status);
        Departure unusedEnd = end(invocation, Departure.as(status), false);
    }

    /**
     * The first half of {@link #exit}: stores the data if they have changed since they were stored.
     *
     * @param status what the method answered
     */
    public Departure store(Invocation invocation, int status) {
        Optional<Governed> joined =
                invocation.governed().filter(governed -> governed.link().isPresent());
        Optional<String> changed = invocation.data().changed();
        if (joined.isEmpty() || changed.isEmpty()) {
            return Departure.as(status);
        }
        LraId lra = joined.get().lra();
        try {
            coordinator.join(lra, joined.get().link().orElseThrow(), changed.get(), Optional.empty());
            invocation.data().stored(changed.get());
            return Departure.as(status);
        } catch (CoordinatorException failure) {
            ParticipantMessage.DATA_NOT_STORED.log(invocation.name(), lra, failure.line());
            return new Departure(Statuses.ofJoining(failure), true, ParticipantMessage.DATA_NOT_STORED.id());
        }
    }

    private Departure end(Invocation invocation, Departure before, boolean isHeard) {
        if (invocation.governed().isEmpty()) {
            return before;
        }
        Governed governed = invocation.governed().get();
        Ending ending = Ending.of(governed.rule(), before.status());
        if (ending == Ending.STAYS_OPEN) {
            return before;
        }
        End end = new End(governed.lra(), ending, invocation.name());
        try {
            log(end, end.tell(coordinator));
            return before;
        } catch (CoordinatorException failure) {
            if (isHeard && ending == Ending.CLOSE) {
                ParticipantMessage.NOT_ENDED.log(end.lra(), ending, end.method(), failure.line());
                return new Departure(Statuses.of(failure), true, ParticipantMessage.NOT_ENDED.id());
            }
            repeated.add(end, failure);
            return before;
        }
    }

    private static void log(End end, End.Answer answer) {
        if (answer.outcome() != End.Outcome.ENDED) {
            ParticipantMessage.ENDED_BEFORE.log(end.lra(), end.ending(), end.method(), answer.text());
        }
    }
}
