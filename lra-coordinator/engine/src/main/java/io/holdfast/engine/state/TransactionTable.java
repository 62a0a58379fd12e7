package io.holdfast.engine.state;

import static io.holdfast.engine.state.TransactionState.ACTIVE;
import static io.holdfast.engine.state.TransactionState.CANCELLED;
import static io.holdfast.engine.state.TransactionState.CANCELLING;
import static io.holdfast.engine.state.TransactionState.CONFIRMED;
import static io.holdfast.engine.state.TransactionState.CONFIRMING;
import static io.holdfast.engine.state.TransactionState.FAILED_TO_CANCEL;
import static io.holdfast.engine.state.TransactionState.FAILED_TO_CONFIRM;
import static io.holdfast.engine.state.TransactionState.PREPARED;
import static io.holdfast.engine.state.TransactionState.PREPARING;
import static io.holdfast.engine.state.TransactionState.PRE_COMMITTED;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The transitions of a transaction as data: what is not a row is a bug. */
public final class TransactionTable {
    /** In state {@code from} the event leads to state {@code to}. */
    public record Row(TransactionState from, Class<? extends Event> event, TransactionState to) {}

    private static final Set<Row> ROWS = new LinkedHashSet<>(List.of(
            stays(ACTIVE, Event.Joined.class),
            stays(ACTIVE, Event.DataStored.class),
            stays(ACTIVE, Event.Relocated.class),
            stays(ACTIVE, Event.Left.class),
            stays(ACTIVE, Event.Renewed.class),
            new Row(ACTIVE, Event.PreparationStarted.class, PREPARING),
            new Row(ACTIVE, Event.Prepared.class, PREPARED),
            new Row(ACTIVE, Event.ConfirmDecided.class, CONFIRMING),
            new Row(ACTIVE, Event.CancelDecided.class, CANCELLING),
            stays(PREPARING, Event.VotedYes.class),
            stays(PREPARING, Event.Left.class),
            stays(PREPARING, Event.Relocated.class),
            new Row(PREPARING, Event.Prepared.class, PREPARED),
            new Row(PREPARING, Event.ConfirmDecided.class, CONFIRMING),
            new Row(PREPARING, Event.CancelDecided.class, CANCELLING),
            stays(PREPARED, Event.DataStored.class),
            stays(PREPARED, Event.Relocated.class),
            new Row(PREPARED, Event.PreCommitted.class, PRE_COMMITTED),
            new Row(PREPARED, Event.ConfirmDecided.class, CONFIRMING),
            new Row(PREPARED, Event.CancelDecided.class, CANCELLING),
            new Row(PRE_COMMITTED, Event.ConfirmDecided.class, CONFIRMING),
            new Row(PRE_COMMITTED, Event.CancelDecided.class, CANCELLING),
            stays(CONFIRMING, Event.Relocated.class),
            stays(CONFIRMING, Event.InProgress.class),
            stays(CONFIRMING, Event.ParticipantConfirmed.class),
            stays(CONFIRMING, Event.ParticipantFailed.class),
            stays(CONFIRMING, Event.ParticipantResolved.class),
            stays(CONFIRMING, Event.ParticipantForced.class),
            stays(CONFIRMING, Event.ParticipantCancelled.class),
            stays(CONFIRMING, Event.MadeFirm.class),
            new Row(CONFIRMING, Event.CancelDecided.class, CANCELLING),
            stays(CANCELLING, Event.Relocated.class),
            stays(CANCELLING, Event.InProgress.class),
            stays(CANCELLING, Event.ParticipantCancelled.class),
            stays(CANCELLING, Event.ParticipantFailed.class),
            stays(CANCELLING, Event.ParticipantResolved.class),
            stays(CANCELLING, Event.ParticipantForced.class),
            stays(CANCELLING, Event.ParticipantConfirmed.class),
            stays(CONFIRMING, Event.Joined.class),
            stays(CONFIRMING, Event.NoticeAcknowledged.class),
            stays(CANCELLING, Event.Joined.class),
            stays(CANCELLING, Event.NoticeAcknowledged.class),
            new Row(CONFIRMING, Event.Ended.class, CONFIRMED),
            new Row(CONFIRMING, Event.Ended.class, FAILED_TO_CONFIRM),
            new Row(CANCELLING, Event.Ended.class, CANCELLED),
            new Row(CANCELLING, Event.Ended.class, FAILED_TO_CANCEL),
            new Row(CONFIRMED, Event.CancelDecided.class, CANCELLING),
            new Row(FAILED_TO_CONFIRM, Event.CancelDecided.class, CANCELLING),
            stays(CONFIRMED, Event.Settled.class),
            stays(FAILED_TO_CONFIRM, Event.Settled.class),
            stays(CONFIRMED, Event.Relocated.class),
            stays(CANCELLED, Event.Relocated.class),
            stays(FAILED_TO_CONFIRM, Event.Relocated.class),
            stays(FAILED_TO_CANCEL, Event.Relocated.class),
            stays(CONFIRMED, Event.NoticeAcknowledged.class),
            stays(CANCELLED, Event.NoticeAcknowledged.class),
            stays(FAILED_TO_CONFIRM, Event.NoticeAcknowledged.class),
            stays(FAILED_TO_CANCEL, Event.NoticeAcknowledged.class),
            stays(PREPARED, Event.HeuristicRecorded.class),
            stays(CONFIRMING, Event.HeuristicRecorded.class),
            stays(CONFIRMED, Event.HeuristicRecorded.class),
            stays(CANCELLING, Event.HeuristicRecorded.class),
            stays(CANCELLED, Event.HeuristicRecorded.class),
            stays(FAILED_TO_CONFIRM, Event.HeuristicRecorded.class),
            stays(FAILED_TO_CANCEL, Event.HeuristicRecorded.class),
            stays(CONFIRMING, Event.HeuristicAcknowledged.class),
            stays(CONFIRMED, Event.HeuristicAcknowledged.class),
            stays(CANCELLING, Event.HeuristicAcknowledged.class),
            stays(CANCELLED, Event.HeuristicAcknowledged.class),
            stays(FAILED_TO_CONFIRM, Event.HeuristicAcknowledged.class),
            stays(FAILED_TO_CANCEL, Event.HeuristicAcknowledged.class),
            stays(FAILED_TO_CONFIRM, Event.OperatorResolved.class),
            stays(FAILED_TO_CANCEL, Event.OperatorResolved.class),
            stays(CONFIRMED, Event.Disowned.class),
            stays(CANCELLED, Event.Disowned.class),
            stays(FAILED_TO_CONFIRM, Event.Disowned.class),
            stays(FAILED_TO_CANCEL, Event.Disowned.class),
            stays(CONFIRMED, Event.Forgotten.class),
            stays(CANCELLED, Event.Forgotten.class),
            stays(FAILED_TO_CONFIRM, Event.Forgotten.class),
            stays(FAILED_TO_CANCEL, Event.Forgotten.class)));

    /** The same rows, by state and event. */
    private static final Map<TransactionState, Map<Class<? extends Event>, Set<TransactionState>>> NEXT =
            new EnumMap<>(TransactionState.class);

    static {
        for (Row row : ROWS) {
            NEXT.computeIfAbsent(row.from(), from -> new HashMap<>())
                    .computeIfAbsent(row.event(), event -> EnumSet.noneOf(TransactionState.class))
                    .add(row.to());
        }
    }

    private TransactionTable() {}

    /** All rows, in the order of a transaction's life. */
    public static Set<Row> rows() {
        return Set.copyOf(ROWS);
    }

    static List<Row> ordered() {
        return List.copyOf(ROWS);
    }

    private static Row stays(TransactionState state, Class<? extends Event> event) {
        return new Row(state, event, state);
    }

    static void check(Transaction before, Event event, TransactionState to) {
        if (!NEXT.getOrDefault(before.state(), Map.of())
                .getOrDefault(event.getClass(), Set.of())
                .contains(to)) {
            throw new IllegalStateException("Transaction " + before.id() + " has no transition from " + before.state()
                    + " to " + to + " by " + event);
        }
    }
}
