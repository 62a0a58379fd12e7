package io.holdfast.benchmarks;

import static io.holdfast.benchmarks.Contender.FLOOR;
import static io.holdfast.benchmarks.Contender.HOLDFAST;
import static io.holdfast.benchmarks.Contender.NARAYANA;

import io.holdfast.benchmarks.transactions.Combination;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * The speed and size that must be reached; only what was measured. A ratio is formed within each round, whose systems were measured one
 * right after the other, and the median of these is told: what slows the machine for a while slows both.
 */
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
        atMost(
                "c16: CPU of what is allowed (1/4 of Narayana's or the floor's + 0.5 ms)",
                1,
                ours("c16", "cpu"),
                rounds("c16", NARAYANA, "cpu").flatMap(narayana -> rounds("c16", FLOOR, "cpu")
                        .map(floor ->
                                combined(narayana, floor, (theirs, least) -> Math.max(theirs / 4, least + 0.5)))));
        atLeast("c16: throughput of Narayana's", 3, ours("c16", "throughput"), rounds("c16", NARAYANA, "throughput"));
        atLeast("c16: throughput of the floor's", 0.7, ours("c16", "throughput"), rounds("c16", FLOOR, "throughput"));
        atMost("c16: p99 of Narayana's", 0.5, ours("c16", "p99"), rounds("c16", NARAYANA, "p99"));
        atMost("join with 1,000 participants of one with 10", 1.2, ours("join1000", "join"), ours("join10", "join"));
        add("2,000 stuck, refused: healthy throughput of before", false, 0.9, ours("refusing", "ratio"));
        add("2,000 stuck, unanswered: healthy throughput of before", false, 0.9, ours("hanging", "ratio"));
        add("100,000 open: seconds to ready", true, 10, in(1000, ours("restart", "ready")));
        add("100,000 open: heap of each in KiB", true, 2, in(1024, ours("restart", "heap")));
        atMost(
                "a call of an @LRA method: CPU of the participant's server, of Narayana's library",
                0.5,
                ours("participants", "cpu"),
                rounds("participants", NARAYANA, "cpu"));
        TransactionCost.THREADS.forEach(this::adapter);
        adapterWrites();
        FenceCost.DATABASES.forEach(database -> FenceCost.CLIENTS.forEach(clients -> {
            fence(FenceCost.workload(database, clients));
            fence(TccFenceCost.workload(database, clients));
        }));
        OutboxCost.CLIENTS.forEach(this::outbox);
        relay();
        String notifications = Combination.NOTIFICATIONS.workload(TransactionCost.NOTIFIERS);
        atLeast(
                "notifications: throughput beside 10,000 to dead endpoints, of alone",
                0.9,
                rounds(notifications, Combination.NOTIFICATIONS_BESIDE_DEAD, InTurn.THROUGHPUT),
                rounds(notifications, Combination.NOTIFICATIONS, InTurn.THROUGHPUT));
        TccCost.THREADS.forEach(this::tcc);
        return measured;
    }

    private void tcc(int threads) {
        String workload = TccCost.workload(threads);
        Optional<List<Double>> ours = report.find(workload, TccCost.HOLDFAST, InTurn.THROUGHPUT);
        Optional<List<Double>> theirP99 = report.find(workload, TccCost.SEATA, "p99");
        atLeast(
                workload + ": throughput, of Seata's",
                5,
                ours,
                report.find(workload, TccCost.SEATA, InTurn.THROUGHPUT));
        atMost(workload + ": p99, of Seata's", 1, report.find(workload, TccCost.HOLDFAST, "p99"), theirP99);
        atMost(
                workload + ": p99 until both have confirmed, of Seata's p99",
                1,
                report.find(workload, TccCost.HOLDFAST, "confirmed-p99"),
                theirP99);
        atLeast(
                workload + ": throughput, of tcc-transaction's on H2",
                3,
                ours,
                report.find(workload, TccCost.ON_JDBC, InTurn.THROUGHPUT));
        atLeast(
                workload + ": throughput, of tcc-transaction's on RocksDB",
                0.5,
                ours,
                report.find(workload, TccCost.ON_ROCKSDB, InTurn.THROUGHPUT));
    }

    private void adapter(int threads) {
        String postgres = Combination.POSTGRES_AND_ADAPTER.workload(threads);
        String h2 = Combination.H2_AND_ADAPTER.workload(threads);
        atMost(
                postgres + ": time of a transaction, of that with two databases",
                1,
                rounds(postgres, Combination.TWO_POSTGRES, "throughput"),
                rounds(postgres, Combination.POSTGRES_AND_ADAPTER, "throughput"));
        atMost(
                h2 + ": time of a transaction, of that with two databases",
                1.2,
                rounds(h2, Combination.TWO_H2, "throughput"),
                rounds(h2, Combination.H2_AND_ADAPTER, "throughput"));
    }

    private void adapterWrites() {
        Combination adapter = Combination.POSTGRES_AND_ADAPTER;
        int one = Collections.min(TransactionCost.THREADS);
        int many = Collections.max(TransactionCost.THREADS);
        add(
                adapter.workload(one) + ": forced writes of the adapter for a transaction with one join",
                true,
                TransactionCost.FORCED_APPENDS,
                rounds(adapter.workload(one), adapter, TransactionCost.FORCES));
        add(
                adapter.workload(many) + ": syncs for each forced append",
                true,
                0.3,
                in(TransactionCost.FORCED_APPENDS, rounds(adapter.workload(many), adapter, TransactionCost.FORCES)));
    }

    private void fence(String workload) {
        atMost(
                workload + ": time of a pair with the fence, of one without",
                1.08,
                report.find(workload, FenceCost.WITHOUT, InTurn.THROUGHPUT),
                report.find(workload, FenceCost.WITH, InTurn.THROUGHPUT));
    }

    private void outbox(int clients) {
        String workload = OutboxCost.workload(clients);
        atLeast(
                workload + ": rate of the transaction, of that with a bare insert",
                0.8,
                report.find(workload, OutboxCost.OUTBOX, InTurn.THROUGHPUT),
                report.find(workload, OutboxCost.BARE, InTurn.THROUGHPUT));
    }

    /** What is relayed in a round was in part sent before it, and what is sent is in part relayed after it. */
    private void relay() {
        keepsUp(OutboxCost.JTA, "a database that is not XA");
        keepsUp(OutboxCost.XA, "one that is");
        atMost(
                "relay: time of a poll with 1,000,000 waiting, of one with none",
                1.2,
                report.find(OutboxCost.WAITING, OutboxCost.MILLION, OutboxCost.POLL),
                report.find(OutboxCost.WAITING, OutboxCost.NONE, OutboxCost.POLL));
        atMost(
                "relay: time of a message with 1,000,000 waiting, of one with none",
                1.2,
                report.find(OutboxCost.WAITING, OutboxCost.NONE, InTurn.THROUGHPUT),
                report.find(OutboxCost.WAITING, OutboxCost.MILLION, InTurn.THROUGHPUT));
    }

    private void keepsUp(String system, String database) {
        add(
                "relay with " + database + ": messages relayed, of those that two producers send meanwhile",
                false,
                0.98,
                report.find(OutboxCost.RELAY, system, OutboxCost.RATIO));
    }

    private void atMost(String what, double bound, Optional<List<Double>> value, Optional<List<Double>> of) {
        add(what, true, bound, ratio(value, of));
    }

    private void atLeast(String what, double bound, Optional<List<Double>> value, Optional<List<Double>> of) {
        add(what, false, bound, ratio(value, of));
    }

    private void add(String what, boolean atMost, double bound, Optional<List<Double>> rounds) {
        rounds.ifPresent(
                values -> measured.add(new Target(what, Spread.of(values).median(), atMost, bound)));
    }

    private static Optional<List<Double>> ratio(Optional<List<Double>> value, Optional<List<Double>> of) {
        return value.flatMap(numerators -> of.map(denominators -> combined(numerators, denominators, (a, b) -> a / b)));
    }

    private Optional<List<Double>> rounds(String workload, Combination combination, String metric) {
        return report.find(workload, combination.system(), metric);
    }

    private static Optional<List<Double>> in(double unit, Optional<List<Double>> rounds) {
        return rounds.map(values -> values.stream().map(value -> value / unit).toList());
    }

    private static List<Double> combined(List<Double> one, List<Double> other, DoubleBinaryOperator operator) {
        if (one.size() != other.size()) {
            throw new IllegalArgumentException(one.size() + " rounds beside " + other.size());
        }
        return IntStream.range(0, one.size())
                .mapToObj(round -> operator.applyAsDouble(one.get(round), other.get(round)))
                .toList();
    }

    private Optional<List<Double>> ours(String workload, String metric) {
        return rounds(workload, HOLDFAST, metric);
    }

    private Optional<List<Double>> rounds(String workload, Contender contender, String metric) {
        return report.find(workload, contender, metric);
    }
}
