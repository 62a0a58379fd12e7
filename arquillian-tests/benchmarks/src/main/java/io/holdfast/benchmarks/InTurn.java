package io.holdfast.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Two ways to do the same, measured one after the other in each round; which is first changes with each. */
record InTurn(Settings settings, Report report) {
    static final String THROUGHPUT = "throughput";

    /** How often it was done in a second. */
    @FunctionalInterface
    interface Rate {
        double during(Duration time) throws InterruptedException, SQLException, IOException;
    }

    /** One of the two. */
    record Contestant(String name, Rate rate) {}

    /** A round of each warms them up. */
    void run(String workload, String unit, Contestant one, Contestant other)
            throws InterruptedException, SQLException, IOException {
        one.rate().during(settings.round());
        other.rate().during(settings.round());
        for (int round = 0; round < settings.rounds(); round++) {
            for (Contestant contestant : round % 2 == 0 ? List.of(one, other) : List.of(other, one)) {
                double rate = contestant.rate().during(settings.round());
                report.add(contestant.name(), List.of(new Figure(workload, THROUGHPUT, unit, rate)));
            }
        }
    }
}
