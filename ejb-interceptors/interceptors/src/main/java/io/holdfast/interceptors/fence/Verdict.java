package io.holdfast.interceptors.fence;

/** What the {@link Fence} says to a try, a confirm or a cancel. */
public enum Verdict {
    /** The first of its kind: make the business change, and commit it together with the fence's row. */
    RUN,

    /** It was done before: change nothing, commit, and answer with success. */
    ALREADY_DONE,

    /**
     * To a cancel only: its try never took effect. That is remembered when the transaction commits, and a try that comes later is
     * refused. Change nothing, commit, and answer with success.
     */
    NOTHING_TO_CANCEL,

    /**
     * It contradicts what was done: a try after its cancel (or after a try that failed half-way, see {@link StandaloneFence}), a
     * confirm after the cancel or without a finished try, a cancel after the confirm. Change nothing and answer with a failure for
     * good; repeating it gives the same.
     */
    REFUSED;

    /** Whether to answer with success without making the change. */
    public boolean succeedsWithoutRunning() {
        return this == ALREADY_DONE || this == NOTHING_TO_CANCEL;
    }
}
