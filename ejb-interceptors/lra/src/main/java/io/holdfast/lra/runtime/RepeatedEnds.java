package io.holdfast.lra.runtime;

import io.holdfast.lra.client.CoordinatorAddress;
import io.holdfast.lra.client.CoordinatorClient;
import io.holdfast.lra.client.CoordinatorException;
import io.holdfast.lra.client.CoordinatorUnreachableException;
import io.holdfast.lra.messages.ParticipantMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * Ends of LRAs that failed when nobody could be told any more: they are repeated at growing intervals until the coordinator has answered, or the application
 * stops. What waits for one coordinator waits in one line, so that one that is away costs one call at a time. Not durable. Thread-safe.
 */
final class RepeatedEnds implements AutoCloseable {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final int MOST = 10_000;

    private final CoordinatorClient coordinator;
    private final Timers timers;
    private final int most;
    private final Map<CoordinatorAddress, Line> lines = new HashMap<>();
    private int size;
    private boolean isClosed;

    /** An end that is not known to be done. Changed by the one pass of its line. */
    private static final class Repetition {
        private final End end;
        private boolean mayHaveBeenDone;
        private int attempts = 1;

        Repetition(End end) {
            this.end = end;
        }

        CoordinatorAddress at() {
            return end.lra().coordinator();
        }

        void failed(CoordinatorException failure) {
            mayHaveBeenDone |=
                    !(failure instanceof CoordinatorUnreachableException unreachable) || unreachable.mayHaveBeenDone();
        }

        /** One that is forgotten may have ended by an attempt whose answer was lost. */
        void log(End.Answer answer) {
            boolean isOtherwise =
                    switch (answer.outcome()) {
                        case ENDED -> false;
                        case ENDED_OTHERWISE -> true;
                        case FORGOTTEN -> !mayHaveBeenDone;
                    };
            if (isOtherwise) {
                ParticipantMessage.ENDED_BEFORE.log(end.lra(), end.ending(), end.method(), answer.text());
            } else {
                ParticipantMessage.END_ANSWERED.log(end.lra(), end.ending(), end.method(), attempts, answer.text());
            }
        }

        void giveUp(String reason) {
            ParticipantMessage.END_GIVEN_UP.log(end.lra(), end.ending(), end.method(), reason);
        }
    }

    /** What waits for one coordinator. A pass over it is scheduled, or under way, as long as it is there. */
    private static final class Line {
        private final Queue<Repetition> waiting = new ArrayDeque<>();
        private Duration delay = FIRST;
    }

    /** What an attempt has shown of the coordinator. */
    private enum Attempt {
        ANSWERED,
        REFUSED,
        AWAY
    }

    RepeatedEnds(CoordinatorClient coordinator, Timers timers) {
        this(coordinator, timers, MOST);
    }

    /** @param most that wait at one time */
    RepeatedEnds(CoordinatorClient coordinator, Timers timers, int most) {
        this.coordinator = coordinator;
        this.timers = timers;
        this.most = most;
    }

    /** Repeats an end whose first attempt has failed. */
    void add(End end, CoordinatorException failure) {
        Repetition repetition = new Repetition(end);
        repetition.failed(failure);
        Optional<String> refused = put(repetition);
        if (refused.isPresent()) {
            repetition.giveUp(refused.get() + "; the last attempt: " + failure.line());
        } else {
            ParticipantMessage.END_REPEATED.log(end.lra(), end.ending(), end.method(), failure.line());
        }
    }

    private synchronized Optional<String> put(Repetition repetition) {
        if (isClosed) {
            return Optional.of("the application has stopped");
        }
        if (size == most) {
            return Optional.of("there are " + most + " others");
        }
        CoordinatorAddress at = repetition.at();
        Line line = lines.get(at);
        if (line == null) {
            line = new Line();
            timers.schedule(line.delay, () -> pass(at));
            lines.put(at, line);
        }
        line.waiting.add(repetition);
        size++;
        return Optional.empty();
    }

    private void pass(CoordinatorAddress at) {
        boolean hasAnswered = false;
        for (Repetition each : waiting(at)) {
            Attempt attempt = attempt(each);
            hasAnswered |= attempt == Attempt.ANSWERED;
            if (attempt == Attempt.AWAY) {
                break;
            }
        }
        goOn(at, hasAnswered);
    }

    private synchronized List<Repetition> waiting(CoordinatorAddress at) {
        Line line = lines.get(at);
        return line == null ? List.of() : new ArrayList<>(line.waiting);
    }

    private Attempt attempt(Repetition repetition) {
        repetition.attempts++;
        try {
            End.Answer answer = repetition.end.tell(coordinator);
            if (remove(repetition)) {
                repetition.log(answer);
            }
            return Attempt.ANSWERED;
        } catch (CoordinatorUnreachableException away) {
            repetition.failed(away);
            moveBack(repetition);
            return Attempt.AWAY;
        } catch (CoordinatorException refused) {
            repetition.failed(refused);
            return Attempt.REFUSED;
        } catch (RuntimeException bug) {
            End end = repetition.end;
            ParticipantMessage.NOT_ENDED.log(bug, end.lra(), end.ending(), end.method(), bug);
            return Attempt.REFUSED;
        }
    }

    /** @return false if it was given up meanwhile */
    private synchronized boolean remove(Repetition repetition) {
        Line line = lines.get(repetition.at());
        boolean isRemoved = line != null && line.waiting.remove(repetition);
        if (isRemoved) {
            size--;
        }
        return isRemoved;
    }

    /** Another is the first next time: there may be an answer for that. */
    private synchronized void moveBack(Repetition repetition) {
        Line line = lines.get(repetition.at());
        if (line != null && line.waiting.remove(repetition)) {
            line.waiting.add(repetition);
        }
    }

    private synchronized void goOn(CoordinatorAddress at, boolean hasAnswered) {
        Line line = lines.get(at);
        if (line == null) {
            return;
        }
        if (line.waiting.isEmpty()) {
            lines.remove(at);
            return;
        }
        Duration doubled = line.delay.multipliedBy(2);
        Duration longer = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        line.delay = hasAnswered ? FIRST : longer;
        timers.schedule(line.delay, () -> pass(at));
    }

    /** Gives up what waits, with a line in the log for each. */
    @Override
    public void close() {
        List<Repetition> left = new ArrayList<>();
        synchronized (this) {
            isClosed = true;
            lines.values().forEach(line -> left.addAll(line.waiting));
            lines.clear();
        }
        timers.close();
        left.forEach(each -> each.giveUp("the application stops"));
    }
}
