package io.holdfast.engine.time;

import java.time.Instant;

/** Tells the time of day. Thread-safe. */
@FunctionalInterface
public interface Clock {
    Instant now();

    /** The clock of the machine. */
    static Clock system() {
        java.time.Clock utc = java.time.Clock.systemUTC();
        return utc::instant;
    }
}
