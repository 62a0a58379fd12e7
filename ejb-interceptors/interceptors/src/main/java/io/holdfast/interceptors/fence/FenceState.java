package io.holdfast.interceptors.fence;

/** What the fence's row of a participant tells; the names stand in the table. */
public enum FenceState {
    /** {@link StandaloneFence} only: the try has begun and may have had effects, and it has not returned. */
    TRYING,
    TRIED,
    CONFIRMED,
    CANCELLED
}
