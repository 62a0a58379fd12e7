package io.holdfast.engine.state;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a participant wants to be told after its part is over; each is repeated until it is acknowledged. */
public enum Notice {
    /** It may forget the transaction: it failed for good and that is durable, or the top-level transaction has been confirmed after it. */
    FORGET,
    /** How the transaction has ended. */
    OUTCOME;

    /** All sets of notices there are, so that the participants in memory share them. */
    private static final List<Set<Notice>> SETS = List.of(
            Collections.unmodifiableSet(EnumSet.noneOf(Notice.class)),
            Collections.unmodifiableSet(EnumSet.of(FORGET)),
            Collections.unmodifiableSet(EnumSet.of(OUTCOME)),
            Collections.unmodifiableSet(EnumSet.of(FORGET, OUTCOME)));

    /** An equal set that never changes. */
    static Set<Notice> copyOf(Set<Notice> notices) {
        return SETS.get((notices.contains(FORGET) ? 1 : 0) + (notices.contains(OUTCOME) ? 2 : 0));
    }
}
