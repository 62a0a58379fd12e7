package io.holdfast.coordinator.operations;

import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The alarms of this run, and which of them stand: their participants have still not done what they were told. Thread-safe. */
public final class StandingAlarms {
    private static final int FEW = 1_000;

    private final Function<TransactionId, Optional<Transaction>> transactions;
    private final Map<Key, Alarm> alarms = new ConcurrentHashMap<>();
    private final AtomicLong raised = new AtomicLong();
    private volatile int mostBeforeDropping = FEW;

    /** @param transactions as they are now; empty for one that has been forgotten */
    public StandingAlarms(Function<TransactionId, Optional<Transaction>> transactions) {
        this.transactions = transactions;
    }

    private record Key(TransactionId transaction, ParticipantId participant, Instruction instruction) {
        static Key of(Alarm alarm) {
            return new Key(alarm.transaction().id(), alarm.participant().id(), alarm.instruction());
        }
    }

    /** Takes note of one; in the thread of a delivery. */
    public void raise(Alarm alarm) {
        raised.incrementAndGet();
        alarms.put(Key.of(alarm), alarm);
        if (alarms.size() > mostBeforeDropping) {
            dropOver();
            mostBeforeDropping = Math.max(FEW, 2 * alarms.size());
        }
    }

    private void dropOver() {
        alarms.values().removeIf(alarm -> transactions
                .apply(alarm.transaction().id())
                .filter(tx -> stands(alarm, tx))
                .isEmpty());
    }

    /** How many were raised since the start. */
    public long raised() {
        return raised.get();
    }

    /** How many participants there are for which one stands. */
    public int participants() {
        dropOver();
        return (int) alarms.keySet().stream()
                .map(key -> List.of(key.transaction(), key.participant()))
                .distinct()
                .count();
    }

    /** Whether one stands for a participant of the transaction. */
    public boolean isFor(Transaction tx) {
        return !alarms.isEmpty()
                && tx.participants().stream()
                        .anyMatch(participant -> find(tx, participant).isPresent());
    }

    /** The one that stands for the participant; that of its decision rather than that of a notice. */
    public Optional<Alarm> find(Transaction tx, Participant participant) {
        for (Instruction instruction : Instruction.values()) {
            Alarm alarm = alarms.get(new Key(tx.id(), participant.id(), instruction));
            if (alarm != null && stands(alarm, tx)) {
                return Optional.of(alarm);
            }
        }
        return Optional.empty();
    }

    private static boolean stands(Alarm alarm, Transaction tx) {
        return tx.participants()
                .find(alarm.participant().id())
                .filter(now -> isStillTold(now, alarm.instruction()))
                .isPresent();
    }

    private static boolean isStillTold(Participant participant, Instruction instruction) {
        ParticipantState state = participant.state();
        return switch (instruction) {
            case PREPARE -> state == ParticipantState.ACTIVE;
            case CONFIRM -> state == ParticipantState.CONFIRMING || state == ParticipantState.FAILED_TO_CONFIRM;
            case CANCEL -> state == ParticipantState.CANCELLING || state == ParticipantState.FAILED_TO_CANCEL;
            case FORGET -> participant.owed().contains(Notice.FORGET);
            case OUTCOME -> participant.owed().contains(Notice.OUTCOME);
        };
    }
}
