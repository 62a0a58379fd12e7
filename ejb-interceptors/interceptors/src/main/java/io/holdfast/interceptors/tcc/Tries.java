package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tries of one application that are under way, so that nobody is told to confirm or cancel what may still be done; and what is known in
 * this run of a few whose end could not be recorded. Thread-safe.
 */
final class Tries {
    private static final int MOST_NOTED = 10_000;

    private final String run = Long.toHexString(UUID.randomUUID().getMostSignificantBits());
    private final AtomicLong numbers = new AtomicLong();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Set<Enlisted> neverRan = newest();
    private final Set<Enlisted> committed = newest();

    private static Set<Enlisted> newest() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Enlisted, Boolean> eldest) {
                return size() > MOST_NOTED;
            }
        }));
    }

    /**
     * To be called before the participant is recorded.
     *
     * @return by which it is known from now on; never given twice, also after a restart
     */
    String begin() {
        String number = run + "-" + Long.toHexString(numbers.incrementAndGet());
        running.add(number);
        return number;
    }

    /** To be called when the try is over and what follows from it is recorded, and before anybody is told of its failure. */
    void end(String number) {
        running.remove(number);
    }

    boolean isRunning(String number) {
        return running.contains(number);
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
