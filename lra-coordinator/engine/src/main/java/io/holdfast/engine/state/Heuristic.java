package io.holdfast.engine.state;

/**
 * What the owner of a transaction has to learn besides its own wish, kept until it acknowledges it.
 *
 * @param who decided, as the person said; empty when nobody did
 * @param why as the person said, or what went wrong; at most 64 KB
 */
public record Heuristic(Cause cause, String who, String why) {
    /** What led to it. */
    public enum Cause {
        /** A person decided a prepared transaction in the owner's place. */
        PERSON,
        /** A participant ended otherwise than decided before the owner was answered. */
        HAZARD
    }
}
