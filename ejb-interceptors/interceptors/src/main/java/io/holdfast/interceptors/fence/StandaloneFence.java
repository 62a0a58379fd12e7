package io.holdfast.interceptors.fence;

/**
 * The fence of a participant whose change is in no database, or in one that the fence's table is not in: it keeps the row in
 * transactions of its own.
 *
 * <pre>{@code
 * Verdict verdict = fence.tries(transactionId, participantId, () -> warehouse.reserve(item));
 * }</pre>
 *
 * <p>A try leaves a trace, durably, before it runs. When it throws, or the server crashes in it, the trace stays, since it may have
 * had effects: cancel runs, a repeated try is refused. While a call runs, the row is locked in an open database transaction, so
 * that a cancel waits for the try, and of two confirms one. The change and the row cannot commit together here: when the row's
 * commit fails, or the server crashes just before it, confirm or cancel runs again. So the change of confirm and cancel has to bear
 * a repetition, and that of cancel also a try that did nothing or only a part.
 *
 * <p>Thread-safe.
 */
public final class StandaloneFence {
    /** The participant's change. */
    @FunctionalInterface
    public interface Change {
        void make() throws Exception;
    }

    private final Fence fence;
    private final OwnTransactions transactions;

    public StandaloneFence(Fence fence, OwnTransactions transactions) {
        this.fence = fence;
        this.transactions = transactions;
    }

    /**
     * Makes the change when it is the first try, and passes on what it throws; then the transaction has to be cancelled.
     *
     * @return see {@link Fence#tryBegins}; REFUSED also when an earlier try has not returned, or when a cancel came in between
     */
    public Verdict tries(String transactionId, String participantId, Change change) throws Exception {
        Verdict traced = transactions.call(connection -> fence.traceTry(connection, transactionId, participantId));
        if (traced != Verdict.RUN) {
            return traced;
        }
        return transactions.call(
                connection -> madeWhenRun(fence.tracedTryBegins(connection, transactionId, participantId), change));
    }

    /** Makes the change when it is the first confirm; what it throws is passed on, and the confirm can be repeated. */
    public Verdict confirms(String transactionId, String participantId, Change change) throws Exception {
        return transactions.call(
                connection -> madeWhenRun(fence.confirmBegins(connection, transactionId, participantId), change));
    }

    /** Makes the change when it is the first cancel; what it throws is passed on, and the cancel can be repeated. */
    public Verdict cancels(String transactionId, String participantId, Change change) throws Exception {
        return transactions.call(
                connection -> madeWhenRun(fence.cancelBegins(connection, transactionId, participantId), change));
    }

    private static Verdict madeWhenRun(Verdict verdict, Change change) throws Exception {
        if (verdict == Verdict.RUN) {
            change.make();
        }
        return verdict;
    }
}
