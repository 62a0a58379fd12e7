package io.holdfast.engine.delivery;

import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One participant that has to be told; lives until it has answered. Its endpoint hands it to one thread at a time; any other may look at
 * {@link #soFar}.
 */
final class Delivery {
    private final TransactionId transaction;
    private final ParticipantId participant;
    private final Instruction instruction;
    private final boolean maybeTold;
    private int attempts;
    private boolean probe;
    private int forcingsBefore;
    private @Nullable Runnable afterFirstAttempt;
    private boolean alarmed;
    private boolean watched;
    private String lastResult = "its endpoint was silent";

    /** @param maybeTold whether it may have been told before this engine was started */
    Delivery(TransactionId transaction, ParticipantId participant, Instruction instruction, boolean maybeTold) {
        this.transaction = transaction;
        this.participant = participant;
        this.instruction = instruction;
        this.maybeTold = maybeTold;
    }

    TransactionId transaction() {
        return transaction;
    }

    ParticipantId participant() {
        return participant;
    }

    Instruction instruction() {
        return instruction;
    }

    boolean isFor(TransactionId otherTransaction, ParticipantId otherParticipant) {
        return participant.equals(otherParticipant) && transaction.equals(otherTransaction);
    }

    String verb() {
        return instruction.name().toLowerCase(Locale.ROOT);
    }

    /** How many this engine has made. */
    synchronized int attempts() {
        return attempts;
    }

    synchronized boolean isFresh() {
        return attempts == 0;
    }

    /** Begins another attempt and gives its number, for which all that may have been made before the engine was started count as one. */
    synchronized int nextAttempt() {
        attempts++;
        return maybeTold ? attempts + 1 : attempts;
    }

    /** Whether the call under way finds out if a silent endpoint lives. */
    boolean isProbe() {
        return probe;
    }

    void setProbe(boolean newProbe) {
        probe = newProbe;
    }

    /** How often its endpoint had made everything due when the call under way began. */
    int forcingsBefore() {
        return forcingsBefore;
    }

    void setForcingsBefore(int forcings) {
        forcingsBefore = forcings;
    }

    /** What came of the last attempt that was not the end of it. */
    synchronized String lastResult() {
        return lastResult;
    }

    synchronized void note(String result) {
        lastResult = result;
    }

    synchronized Attempts soFar() {
        return new Attempts(transaction, participant, instruction, attempts, watched ? lastResult : "", alarmed);
    }

    /** @return whether it was not before */
    synchronized boolean becomeWatched() {
        boolean now = !watched;
        watched = true;
        return now;
    }

    /** @return whether it was not before */
    synchronized boolean becomeAlarmed() {
        boolean now = !alarmed;
        alarmed = true;
        return now;
    }

    synchronized void afterFirstAttempt(Runnable next) {
        afterFirstAttempt = next;
    }

    /** Whatever came of it, or nothing so far and nobody waits longer. */
    void firstAttemptIsOver() {
        Runnable next;
        synchronized (this) {
            next = afterFirstAttempt;
            afterFirstAttempt = null;
        }
        if (next != null) {
            next.run();
        }
    }
}
