package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.lra.Lra;
import io.holdfast.engine.delivery.Alarm;
import io.holdfast.engine.state.Heuristic;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sees of an LRA.
 *
 * @param owned whether somebody has started it with an owner's token and not forgotten it
 * @param reason why it was decided, null before
 * @param heuristic who decided it in its owner's place; null when nobody did
 */
public record LraReport(
        Lra lra,
        Set<Concern> concerns,
        boolean owned,
        @Nullable Reason reason,
        @Nullable Heuristic heuristic,
        List<ParticipantReport> participants) {

    /**
     * What an operator sees of a participant.
     *
     * @param links where it is called; the id of a nested LRA
     * @param owed the notices that it has not acknowledged
     * @param alarm the one that stands for it
     */
    public record ParticipantReport(
            ParticipantId id,
            ParticipantKind kind,
            String links,
            ParticipantState state,
            Set<Notice> owed,
            Optional<Alarm> alarm) {
        /** Its status in the words of MicroProfile LRA 2.0, section "participant states". */
        public String status() {
            return switch (state) {
                case ACTIVE, PREPARED, PRE_COMMITTED -> "Active";
                case CONFIRMING -> "Completing";
                case CONFIRMED -> "Completed";
                case FAILED_TO_CONFIRM -> "FailedToComplete";
                case CANCELLING -> "Compensating";
                case CANCELLED -> "Compensated";
                case FAILED_TO_CANCEL -> "FailedToCompensate";
            };
        }
    }

    static LraReport of(Transaction tx, StandingAlarms alarms) {
        return new LraReport(
                Lra.of(tx),
                Concern.of(tx, alarms),
                tx.isOwned(),
                tx.reason(),
                tx.heuristic(),
                tx.participants().stream()
                        .map(participant -> of(tx, participant, alarms))
                        .toList());
    }

    private static ParticipantReport of(Transaction tx, Participant participant, StandingAlarms alarms) {
        return new ParticipantReport(
                participant.id(),
                participant.kind(),
                participant.address(),
                participant.state(),
                participant.owed(),
                alarms.find(tx, participant));
    }
}
