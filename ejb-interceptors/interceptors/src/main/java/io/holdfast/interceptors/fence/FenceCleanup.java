package io.holdfast.interceptors.fence;

import java.time.Duration;

/** Removes the finished rows of a whole table in batches, each in a transaction of its own. Thread-safe; several nodes may run it. */
public final class FenceCleanup {
    private static final int BATCH = 500;

    private final Fence fence;
    private final OwnTransactions transactions;

    public FenceCleanup(Fence fence, OwnTransactions transactions) {
        this.fence = fence;
        this.transactions = transactions;
    }

    /**
     * @param age see {@link Fence#removeFinished}
     * @return how many rows were removed
     */
    public long run(Duration age) throws Exception {
        long all = 0;
        int removed;
        do {
            removed = transactions.call(connection -> fence.removeFinished(connection, age, BATCH));
            all += removed;
        } while (removed == BATCH);
        return all;
    }
}
