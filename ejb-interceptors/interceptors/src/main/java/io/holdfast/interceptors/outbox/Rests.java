package io.holdfast.interceptors.outbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The partitions whose turns have broken off, and until when each is left alone. Thread-safe. */
final class Rests {
    private final RelaySettings settings;
    private final Map<Integer, Rest> rests = new ConcurrentHashMap<>();

    Rests(RelaySettings settings) {
        this.settings = settings;
    }

    private record Rest(int failures, long until) {}

    boolean isAt(int partition, long now) {
        Rest rest = rests.get(partition);
        return rest != null && now < rest.until();
    }

    /** @return how long it lasts: twice as long as the one before */
    Duration begin(int partition, long now) {
        Rest begun = rests.compute(partition, (number, before) -> {
            int failures = before == null ? 1 : before.failures() + 1;
            return new Rest(failures, now + settings.waitAfter(failures).toMillis());
        });
        return settings.waitAfter(begun.failures());
    }

    void end(int partition) {
        rests.remove(partition);
    }
}
