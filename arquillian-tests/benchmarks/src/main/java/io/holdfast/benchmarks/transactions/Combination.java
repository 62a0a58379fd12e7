package io.holdfast.benchmarks.transactions;

/** What takes part in a transaction, and where its manager keeps its own log. */
public enum Combination {
    POSTGRES_AND_ADAPTER("postgres", "holdfast"),
    TWO_POSTGRES("postgres", "two-databases"),
    H2_AND_ADAPTER("h2", "holdfast"),
    TWO_H2("h2", "two-databases"),
    /** Two resources that do nothing, with Narayana's default store. */
    DUMMIES("nothing", "narayana"),
    DUMMIES_WITH_JOURNAL("nothing", "narayana-journal"),
    DUMMIES_WITH_SLOTS("nothing", "narayana-slots"),
    /** No transaction at all: appends of 256 bytes that wait for the disk, which one thread forces for all that wait. */
    DISK("disk", "disk");

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
        return "adapter-" + family + "-" + threads;
    }
}
