package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.lra.Lra;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import java.util.Map;
import java.util.TreeMap;

/** Counts what is shown to it, once, by name; docs/lra-coordinator.md explains each. Confined to one thread at a time. */
final class Counting {
    private final StandingAlarms alarms;
    private final Map<String, Long> counts = new TreeMap<>();

    Counting(StandingAlarms alarms) {
        this.alarms = alarms;
        for (Concern concern : Concern.values()) {
            counts.put(concern.word(), 0L);
        }
        counts.put("participants", 0L);
        counts.put("participantsWaiting", 0L);
        counts.put("participantsFailed", 0L);
    }

    void add(Transaction tx) {
        for (Concern concern : Concern.of(tx, alarms)) {
            counts.merge(concern.word(), 1L, Long::sum);
        }
        if (!tx.state().isFinal()) {
            counts.merge("participants", (long) tx.participants().size(), Long::sum);
        }
        if (Lra.isWaiting(tx) || tx.state().isFailed()) {
            tx.participants().forEach(this::add);
        }
    }

    private void add(Participant participant) {
        boolean isTold = participant.state() == ParticipantState.CONFIRMING
                || participant.state() == ParticipantState.CANCELLING;
        if (isTold || !participant.owed().isEmpty()) {
            counts.merge("participantsWaiting", 1L, Long::sum);
        }
        if (participant.state().isFailed()) {
            counts.merge("participantsFailed", 1L, Long::sum);
        }
    }

    Map<String, Long> result(long alarmsNotSent, long logForces) {
        counts.put("participantsAlarmed", (long) alarms.participants());
        counts.put("alarmsRaised", alarms.raised());
        counts.put("alarmsNotSent", alarmsNotSent);
        counts.put("logForces", logForces);
        return counts;
    }
}
