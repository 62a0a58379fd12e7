package io.holdfast.benchmarks.transactions;

/** What takes part in a transaction, and where its manager keeps its own log. */
public enum Combination {
    POSTGRES_AND_ADAPTER("adapter-postgres", "holdfast"),
    TWO_POSTGRES("adapter-postgres", "two-databases"),
    H2_AND_ADAPTER("adapter-h2", "holdfast"),
    TWO_H2("adapter-h2", "two-databases"),
    /** Two resources that do nothing, with Narayana's default store. */
    DUMMIES("adapter-nothing", "narayana"),
    DUMMIES_WITH_JOURNAL("adapter-nothing", "narayana-journal"),
    DUMMIES_WITH_SLOTS("adapter-nothing", "narayana-slots"),
    /** No transaction at all: appends of 256 bytes that wait for the disk, which one thread forces for all that wait. */
    DISK("adapter-disk", "disk"),
    /** A transaction with one notification, until it has arrived. */
    NOTIFICATIONS("notifications", "alone"),
    /** The same, while 10,000 others are told to endpoints that are dead. */
    NOTIFICATIONS_BESIDE_DEAD("notifications", "beside-dead");

    private final String family;
    private final String system;

    Combination(String family, String system) {
        this.family = family;
        this.system = system;
    }

    /** What is compared with it has the same. */
    public String family() {
        return family;
    }

    public String system() {
        return system;
    }

    public String workload(int threads) {
        return family + "-" + threads;
    }
}
