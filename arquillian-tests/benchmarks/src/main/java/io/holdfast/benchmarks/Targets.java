package io.holdfast.benchmarks;

import static io.holdfast.benchmarks.Contender.FLOOR;
import static io.holdfast.benchmarks.Contender.HOLDFAST;
import static io.holdfast.benchmarks.Contender.NARAYANA;

import io.holdfast.benchmarks.transactions.Combination;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The speed and size that coordinator and adapter must reach, from medians of the rounds; only what was measured. */
final class Targets {
    private final Report report;
    private final List<Target> measured = new ArrayList<>();

    private Targets(Report report) {
        this.report = report;
    }

    /**
     * One figure and its bound.
     *
     * @param atMost whether the bound is an upper one
     */
    record Target(String what, double reached, boolean atMost, double bound) {
        boolean isMet() {
            return atMost ? reached <= bound : reached >= bound;
        }

        private String row() {
            return String.join(
                    " | ",
                    "| " + what,
                    (atMost ? "at most " : "at least ") + Report.shown(bound),
                    Report.shown(reached),
                    (isMet() ? "PASS" : "MISS") + " |\n");
        }
    }

    static List<Target> of(Report report) {
        return new Targets(report).all();
    }

    /** A table in Markdown; empty when there are none. */
    static String table(List<Target> targets) {
        if (targets.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("""
                | target | must be | reached | |
                |---|---:|---:|---|
                """);
        targets.forEach(target -> table.append(target.row()));
        return table.toString();
    }

    private List<Target> all() {
        Optional<Double> allowedCpu = median("c16", NARAYANA, "cpu")
                .flatMap(narayana -> median("c16", FLOOR, "cpu").map(floor -> Math.max(narayana / 4, floor + 0.5)));
        atMost(
                "c16: CPU of what is allowed (1/4 of Narayana's or the floor's + 0.5 ms)",
                1,
                ours("c16", "cpu"),
                allowedCpu);
        atLeast("c16: throughput of Narayana's", 3, ours("c16", "throughput"), median("c16", NARAYANA, "throughput"));
        atLeast("c16: throughput of the floor's", 0.7, ours("c16", "throughput"), median("c16", FLOOR, "throughput"));
        atMost("c16: p99 of Narayana's", 0.5, ours("c16", "p99"), median("c16", NARAYANA, "p99"));
        atMost("join with 1,000 participants of one with 10", 1.2, ours("join1000", "join"), ours("join10", "join"));
        atLeast("2,000 stuck, refused: healthy throughput of before", 0.9, ours("refusing", "ratio"), Optional.of(1.0));
        atLeast(
                "2,000 stuck, unanswered: healthy throughput of before",
                0.9,
                ours("hanging", "ratio"),
                Optional.of(1.0));
        atMost("100,000 open: seconds to ready", 10, ours("restart", "ready"), Optional.of(1000.0));
        atMost("100,000 open: heap of each in KiB", 2, ours("restart", "heap"), Optional.of(1024.0));
        atMost(
                "a call of an @LRA method: CPU of the participant's server, of Narayana's library",
                0.5,
                ours("participants", "cpu"),
                median("participants", NARAYANA, "cpu"));
        AdapterCost.THREADS.forEach(this::adapter);
        adapterWrites();
        return measured;
    }

    private void adapter(int threads) {
        String postgres = Combination.POSTGRES_AND_ADAPTER.workload(threads);
        String h2 = Combination.H2_AND_ADAPTER.workload(threads);
        atMost(
                postgres + ": time of a transaction, of that with two databases",
                1,
                median(postgres, Combination.TWO_POSTGRES, "throughput"),
                median(postgres, Combination.POSTGRES_AND_ADAPTER, "throughput"));
        atMost(
                h2 + ": time of a transaction, of that with two databases",
                1.2,
                median(h2, Combination.TWO_H2, "throughput"),
                median(h2, Combination.H2_AND_ADAPTER, "throughput"));
    }

    private void adapterWrites() {
        Combination adapter = Combination.POSTGRES_AND_ADAPTER;
        int one = Collections.min(AdapterCost.THREADS);
        int many = Collections.max(AdapterCost.THREADS);
        atMost(
                adapter.workload(one) + ": forced writes of the adapter for a transaction with one join",
                AdapterCost.FORCED_APPENDS,
                median(adapter.workload(one), adapter, AdapterCost.FORCES),
                Optional.of(1.0));
        atMost(
                adapter.workload(many) + ": syncs for each forced append",
                0.3,
                median(adapter.workload(many), adapter, AdapterCost.FORCES),
                Optional.of((double) AdapterCost.FORCED_APPENDS));
    }

    private void atMost(String what, double bound, Optional<Double> value, Optional<Double> of) {
        add(what, true, bound, value, of);
    }

    private void atLeast(String what, double bound, Optional<Double> value, Optional<Double> of) {
        add(what, false, bound, value, of);
    }

    private void add(String what, boolean atMost, double bound, Optional<Double> value, Optional<Double> of) {
        value.flatMap(numerator -> of.map(denominator -> numerator / denominator))
                .ifPresent(reached -> measured.add(new Target(what, reached, atMost, bound)));
    }

    private Optional<Double> ours(String workload, String metric) {
        return median(workload, HOLDFAST, metric);
    }

    private Optional<Double> median(String workload, Combination combination, String metric) {
        return report.find(workload, combination.system(), metric).map(Spread::median);
    }

    private Optional<Double> median(String workload, Contender contender, String metric) {
        return report.find(workload, contender, metric).map(Spread::median);
    }
}
