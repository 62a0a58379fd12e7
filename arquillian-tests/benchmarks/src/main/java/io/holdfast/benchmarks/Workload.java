package io.holdfast.benchmarks;

import java.util.Locale;
import java.util.Optional;

/** What is measured, in this order. */
enum Workload {
    /** One client, then 16 and 64, whose LRAs have two participants. */
    C1,
    C16,
    C64,
    /** 16 clients, of whose LRAs every tenth is cancelled. */
    CANCELS,
    /** One LRA with 10, 100 and 1,000 participants. */
    JOINS,
    /** 16 clients go on while 2,000 LRAs have a participant that refuses connections; then one that never answers. */
    REFUSING,
    HANGING,
    /** What 16 clients make the coordinator write and force. */
    WRITES,
    /** A start with 100,000 open LRAs in the log. */
    RESTART,
    /** Calls of a JAX-RS method with {@code @LRA(REQUIRES_NEW)} that is a participant itself. */
    PARTICIPANTS,
    /** JTA transactions with our adapter, beside those with two XA databases and Narayana's own limits. */
    ADAPTER,
    /** What the fence costs of a try and its confirm. */
    FENCE,
    /** What the outbox costs a business transaction, and how its relay keeps up. */
    OUTBOX,
    /** Notifications, alone and beside 10,000 whose endpoints are dead. */
    NOTIFICATIONS,
    /** TCC with two participants, beside Seata and tcc-transaction. */
    TCC;

    /** Empty for what needs servers of its own. */
    Optional<Measurement> onRunningServer() {
        return switch (this) {
            case C1 -> Optional.of(new Throughput(word(), 1, 0));
            case C16 -> Optional.of(new Throughput(word(), 16, 0));
            case C64 -> Optional.of(new Throughput(word(), 64, 0));
            case CANCELS -> Optional.of(new Throughput(word(), 16, 10));
            case JOINS -> Optional.of(new Joins());
            case REFUSING -> Optional.of(new Stuck(word(), Outage::refusing));
            case HANGING -> Optional.of(new Stuck(word(), Outage::hanging));
            case WRITES -> Optional.of(new Writes());
            case RESTART, PARTICIPANTS, ADAPTER, FENCE, OUTBOX, NOTIFICATIONS, TCC -> Optional.empty();
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
