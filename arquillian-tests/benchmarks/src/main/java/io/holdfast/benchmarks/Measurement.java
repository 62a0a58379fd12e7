package io.holdfast.benchmarks;

import java.io.IOException;
import java.util.List;

/** A workload on a running server. */
interface Measurement {
    /** Goes through one round. */
    List<Figure> measure(Settings settings, Server server, Participants participants)
            throws IOException, InterruptedException;

    /** Whether that coordinator is measured at all. */
    default boolean concerns(Contender contender) {
        return true;
    }
}
