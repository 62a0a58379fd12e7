package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalParticipant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tries of one application that are under way, so that nobody is told to confirm or cancel what may still be done; and what is known in
 * this run of a few whose end could not be recorded. Thread-safe.
 */
final class Tries {
    /** By all that was recorded first: who asks has no id yet when the first of them begins. Equal ones count together. */
    private final Map<LocalParticipant, Integer> running = new ConcurrentHashMap<>();

    private final Set<Enlisted> neverRan = ConcurrentHashMap.newKeySet();
    private final Set<Enlisted> committed = ConcurrentHashMap.newKeySet();

    /** To be called before it is recorded. */
    void begin(LocalParticipant participant) {
        running.merge(participant, 1, Integer::sum);
    }

    /** To be called when all that follows from it is recorded. */
    void end(LocalParticipant participant) {
        running.computeIfPresent(participant, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Whether it may be under way. */
    boolean isRunning(LocalParticipant participant) {
        return running.containsKey(participant);
    }

    /** It was recorded, its try will never run, and it cannot leave. */
    void hasNeverRun(Enlisted participant) {
        neverRan.add(participant);
    }

    boolean isKnownNotToRun(Enlisted participant) {
        return neverRan.contains(participant);
    }

    /** Its try has committed, and that could not be recorded. */
    void hasCommitted(Enlisted participant) {
        committed.add(participant);
    }

    boolean isKnownToHaveCommitted(Enlisted participant) {
        return committed.contains(participant);
    }
}
