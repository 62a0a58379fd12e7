package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.JtaTransaction;

/** What decides about a participant. */
interface Deciding {
    /** Makes the bean a participant, durably. */
    Enlisted enlist(HoldfastConnectionFactory adapter, LocalParticipant participant);

    /** The method's attempt has failed, so that the whole cannot succeed. */
    void mayOnlyCancel(TccMethod method, Throwable cause);

    /** Whether it may come to a confirm although the attempt has not ended well: when this server has died meanwhile, for example. */
    default boolean mayConfirmWhatFailed() {
        return true;
    }

    /** The JTA transaction of the caller. */
    record ByTransaction(JtaTransaction surrounding) implements Deciding {
        @Override
        public Enlisted enlist(HoldfastConnectionFactory adapter, LocalParticipant participant) {
            try (HoldfastConnection connection = adapter.getConnection()) {
                return connection.enlist(participant);
            }
        }

        /** It ends with the server, and commits only when each attempt has returned. */
        @Override
        public boolean mayConfirmWhatFailed() {
            return false;
        }

        @Override
        public void mayOnlyCancel(TccMethod method, Throwable cause) {
            markForRollback(surrounding, cause);
        }
    }

    /** What decides about the participant that calls this one; the transaction that it works in fails with it. */
    record ByCaller(JtaTransaction surrounding, Enlisted caller) implements Deciding {
        @Override
        public Enlisted enlist(HoldfastConnectionFactory adapter, LocalParticipant participant) {
            return adapter.enlist(caller, participant);
        }

        @Override
        public void mayOnlyCancel(TccMethod method, Throwable cause) {
            markForRollback(surrounding, cause);
        }
    }

    /** From now on it can only roll back; nothing when it has ended meanwhile. */
    static void markForRollback(JtaTransaction surrounding, Throwable cause) {
        try {
            surrounding.markForRollback();
        } catch (IllegalStateException endedMeanwhile) {
            cause.addSuppressed(endedMeanwhile);
        }
    }
}
