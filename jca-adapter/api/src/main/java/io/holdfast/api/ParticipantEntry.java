package io.holdfast.api;

/**
 * A participant of a {@link BranchEntry}.
 *
 * @param id what operations call it by; {@link Enlisted#participant()}
 * @param address the LRA, or a word for the kind and what is called: the service's addresses, the bean's application, name and method, the receiver
 * @param attempts how often it was told what it is told now, since the adapter's start, with a call that is under way; 0 when it is told nothing, has
 *     answered, or its turn has not come. One that has only just been decided has 1 or 0
 * @param lastResult what came of the last of these that brought no answer for good, in the words of whoever was called; empty when nothing has come of
 *     one yet. After a restart it is empty until the next one fails
 * @param alarmed whether an alarm was raised for it since the adapter's start: it is told again, but a person may have to act
 */
public record ParticipantEntry(
        String id, State state, String address, int attempts, String lastResult, boolean alarmed) {
    /** Of a participant. */
    public enum State {
        /** Has joined. */
        ACTIVE,
        /** Has voted yes. */
        PREPARED,
        /** Is to be told to confirm, or has been told and has not answered. */
        CONFIRMING(true),
        CONFIRMED,
        /** Is to be told to cancel, or has been told and has not answered. */
        CANCELLING(true),
        CANCELLED,
        /** Has refused for good to confirm. */
        FAILED_TO_CONFIRM,
        /** Has refused for good to cancel. */
        FAILED_TO_CANCEL;

        private final boolean waiting;

        State() {
            this(false);
        }

        State(boolean waiting) {
            this.waiting = waiting;
        }

        /** Whether it is told, or will be when those before it have answered, until it answers or a person answers for it. */
        public boolean isWaiting() {
            return waiting;
        }
    }
}
