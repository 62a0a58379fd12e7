package io.holdfast.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A branch of the adapter as its log has it, or a flow, which no JTA transaction decides.
 *
 * @param id what operations call it by if it has no Xid, and may call it by if it has one; {@link Enlisted#transaction()}
 * @param xid {@code formatId:globalTransactionId:branchQualifier}, the last two in hex; empty for a flow
 * @param flow the name of a flow: of an application's participants of an LRA, the application and the LRA; else empty
 * @param reason why it was decided so, in one word; empty when it is not
 * @param endedAt null when it has not ended
 * @param heuristic null unless the transaction manager has still to be told
 * @param lras the LRAs that end with the branch; of one that is not started yet, where it will be
 */
public record BranchEntry(
        String id,
        String xid,
        String flow,
        State state,
        String reason,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Heuristic heuristic,
        List<String> lras,
        List<ParticipantEntry> participants) {
    /** Of a branch. */
    public enum State {
        /** Not decided. */
        ACTIVE,
        /** Asks those that vote. */
        PREPARING,
        /** In doubt: waits for the transaction manager. */
        PREPARED,
        /** Committed; not all participants have answered. */
        CONFIRMING,
        CONFIRMED,
        /** Rolled back; not all participants have answered. */
        CANCELLING,
        CANCELLED,
        /** A participant has failed, or was forced to the other side; a person has to look at it. */
        FAILED_TO_CONFIRM,
        /** A participant has failed, or was forced to the other side; a person has to look at it. */
        FAILED_TO_CANCEL
    }

    /**
     * An outcome that the transaction manager, or the LRA of a flow, has to learn and has not acknowledged.
     *
     * @param operator who decided in its place; empty for {@link Cause#HAZARD}
     * @param why the operator's reason, or what went wrong
     */
    public record Heuristic(Cause cause, String operator, String why) {
        /** What led to it. */
        public enum Cause {
            /** A person decided. */
            PERSON,
            /** A participant ended otherwise than decided before the transaction manager was answered. */
            HAZARD
        }
    }

    public BranchEntry {
        lras = List.copyOf(lras);
        participants = List.copyOf(participants);
    }

    /** The one with that id. */
    public Optional<ParticipantEntry> participant(String participantId) {
        return participants.stream()
                .filter(each -> each.id().equals(participantId))
                .findFirst();
    }
}
