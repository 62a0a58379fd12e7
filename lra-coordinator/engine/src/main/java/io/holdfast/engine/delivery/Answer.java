package io.holdfast.engine.delivery;

import org.jspecify.annotations.Nullable;

/** What came of one attempt. */
public sealed interface Answer {
    /** Prepared, confirmed or cancelled, as it was told. */
    record Done() implements Answer {}

    /** To a prepare only: it has nothing to decide and has ended its part. */
    record ReadOnly() implements Answer {}

    /** It has accepted the decision and works on it; {@code progressAddress} says where to ask, null for its usual address. */
    record InProgress(@Nullable String progressAddress) implements Answer {}

    /** It refuses for good: to a prepare a no, to a decision a failure that a person has to look at. */
    record Refused(String cause) implements Answer {}

    /** Nothing is known: it answered, but with a passing failure or something that cannot be understood. It is told again. */
    record Unknown(String cause) implements Answer {}

    /** No answer at all, so that its endpoint may be down: refused connection, time-out. It is told again when the endpoint lives. */
    record Unreachable(String cause) implements Answer {}
}
