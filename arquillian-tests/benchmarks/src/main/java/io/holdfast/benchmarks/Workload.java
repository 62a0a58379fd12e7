package io.holdfast.benchmarks;

import java.util.Locale;

/** What the clients do. */
enum Workload {
    C1(1, 0),
    C16(16, 0),
    C64(64, 0),
    CANCELS(16, 10);

    private final int clients;
    private final int cancelPercent;

    Workload(int clients, int cancelPercent) {
        this.clients = clients;
        this.cancelPercent = cancelPercent;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    int clients() {
        return clients;
    }

    int cancelPercent() {
        return cancelPercent;
    }
}
