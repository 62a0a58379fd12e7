package io.holdfast.interceptors.fence;

import static io.holdfast.interceptors.fence.FenceState.CANCELLED;
import static io.holdfast.interceptors.fence.FenceState.CONFIRMED;
import static io.holdfast.interceptors.fence.FenceState.TRIED;
import static io.holdfast.interceptors.fence.FenceState.TRYING;

import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.jdbc.Keys;
import io.holdfast.interceptors.jdbc.Statements;
import io.holdfast.interceptors.jdbc.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Lets the calls of a TCC participant through once each, whatever the network does to them: a table {@code holdfast_fence} in the
 * participant's own database, with one row for each participant of a transaction.
 *
 * <pre>{@code
 * try (Connection connection = bank.getConnection()) {       // inside the participant's transaction
 *     switch (fence.cancelBegins(connection, transactionId, participantId)) {
 *         case RUN -> unfreeze(connection, account, amount);  // the same connection or transaction
 *         case ALREADY_DONE, NOTHING_TO_CANCEL -> {}
 *         case REFUSED -> throw new CannotCancelException();
 *     }
 * }
 * }</pre>
 *
 * <p>Each method is called at the beginning of the participant's own local transaction, on the connection that makes the business
 * change (or on another one of the same JTA transaction and data source), so that row and change commit or roll back together. A
 * crash or an exception before the commit takes both back, and the repeated call runs again. Two calls for the same participant
 * that meet wait for each other in the database, the second until the first one's transaction has ended; they do not deadlock,
 * because each begins with the row, and never with looking for it.
 *
 * <p>What it needs of the driver: a try is answered with success only after its transaction has committed, and only a transaction
 * whose tries have all been answered with success is confirmed.
 *
 * <p>Works with H2, PostgreSQL, MySQL and MariaDB, at the isolation level READ COMMITTED; at a higher one the database may fail a
 * call that met another, which then has to be repeated. A {@code SQLException} means that nothing is known; repeat the call in a
 * new transaction. Thread-safe, and not bound to one database.
 */
public final class Fence {
    /** The longest transaction id, in characters. */
    public static final int TRANSACTION_ID_LENGTH = 512;
    /** The longest participant id, in characters. */
    public static final int PARTICIPANT_ID_LENGTH = 200;

    private static final String PROBE = "select 1 from holdfast_fence where 1 = 0";
    /** Each further round needs that the clean-up removes the row between two statements. */
    private static final int ROUNDS = 3;

    private final InstantSource clock;

    public Fence() {
        this(InstantSource.system());
    }

    /** @param clock gives the times that the clean-up compares with */
    public Fence(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Creates the table unless it is there, outside any transaction; several nodes may do so at once. Its definitions are shipped
     * as {@code io/holdfast/interceptors/jdbc/fence-{h2,postgresql,mysql}.sql} for those who create tables themselves.
     */
    public void createTable(DataSource database) throws SQLException {
        Tables.create(database, "fence", PROBE);
    }

    /**
     * To be called before a try. {@link Verdict#RUN} for the first one; {@link Verdict#ALREADY_DONE} for a repeated one, also after
     * the confirm; {@link Verdict#REFUSED} after the cancel.
     *
     * @throws IllegalArgumentException for an id that is blank, too long or has control characters
     * @throws IllegalStateException when the connection is in auto-commit mode, so that the change could not commit with the row
     */
    public Verdict tryBegins(Connection connection, String transactionId, String participantId) throws SQLException {
        return tryBegins(row(connection, transactionId, participantId), TRIED);
    }

    /** {@link #tryBegins(Connection, String, String)} on a data source whose connections belong to the caller's JTA transaction. */
    public Verdict tryBegins(DataSource database, String transactionId, String participantId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return tryBegins(connection, transactionId, participantId);
        }
    }

    /**
     * To be called before a try whose change does not commit with the row, in a transaction of its own that commits before the try runs:
     * leaves a trace, by which a cancel runs even if nothing more is heard of the try. {@link #tracedTryBegins} follows, in another
     * transaction. {@link Verdict#RUN} for the first one; {@link Verdict#ALREADY_DONE} when one has ended well; {@link
     * Verdict#REFUSED} after the cancel, and when an earlier one has left a trace and has not ended well. So it is not to be repeated when its own
     * commit is not known: the try does not run, and is cancelled.
     *
     * @throws IllegalArgumentException see {@link #tryBegins(Connection, String, String)}
     * @throws IllegalStateException see {@link #tryBegins(Connection, String, String)}
     */
    public Verdict traceTry(Connection connection, String transactionId, String participantId) throws SQLException {
        return tryBegins(row(connection, transactionId, participantId), TRYING);
    }

    /** {@link #traceTry(Connection, String, String)} on a data source whose connections belong to the caller's JTA transaction. */
    public Verdict traceTry(DataSource database, String transactionId, String participantId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return traceTry(connection, transactionId, participantId);
        }
    }

    /**
     * To be called before a try that has left a trace, in the transaction whose commit tells that the try has ended well. {@link
     * Verdict#RUN} locks the row, so that a cancel waits for the end of this transaction; {@link Verdict#REFUSED} when there is no
     * trace, a cancel was here since, or a try has ended well already.
     *
     * @throws IllegalArgumentException see {@link #tryBegins(Connection, String, String)}
     * @throws IllegalStateException see {@link #tryBegins(Connection, String, String)}
     */
    public Verdict tracedTryBegins(Connection connection, String transactionId, String participantId)
            throws SQLException {
        return row(connection, transactionId, participantId).change(TRYING, TRIED) ? Verdict.RUN : Verdict.REFUSED;
    }

    /** {@link #tracedTryBegins(Connection, String, String)} on a data source whose connections belong to the caller's JTA transaction. */
    public Verdict tracedTryBegins(DataSource database, String transactionId, String participantId)
            throws SQLException {
        try (Connection connection = database.getConnection()) {
            return tracedTryBegins(connection, transactionId, participantId);
        }
    }

    /**
     * To be called before a confirm. {@link Verdict#RUN} for the first one after the try; {@link Verdict#ALREADY_DONE} for a
     * repeated one; {@link Verdict#REFUSED} after the cancel, for a traced try that has not ended well, and when there is no try, which then was never made, or was confirmed
     * and {@link #removeFinished removed} long ago; see {@link #state}.
     *
     * @throws IllegalArgumentException see {@link #tryBegins(Connection, String, String)}
     * @throws IllegalStateException see {@link #tryBegins(Connection, String, String)}
     */
    public Verdict confirmBegins(Connection connection, String transactionId, String participantId)
            throws SQLException {
        FenceRow row = row(connection, transactionId, participantId);
        for (int round = 0; round < ROUNDS; round++) {
            if (row.change(TRIED, CONFIRMED)) {
                return Verdict.RUN;
            }
            Optional<FenceState> found = row.read();
            if (found.isEmpty()) {
                return Verdict.REFUSED;
            }
            switch (found.get()) {
                case CONFIRMED -> {
                    return Verdict.ALREADY_DONE;
                }
                case CANCELLED, TRYING -> {
                    return Verdict.REFUSED;
                }
                case TRIED -> {
                    // The try has committed since the update: once more.
                }
            }
        }
        throw changing(row);
    }

    /** {@link #confirmBegins(Connection, String, String)} on a data source whose connections belong to the caller's JTA transaction. */
    public Verdict confirmBegins(DataSource database, String transactionId, String participantId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return confirmBegins(connection, transactionId, participantId);
        }
    }

    /**
     * To be called before a cancel. {@link Verdict#RUN} for the first one after the try, or after its trace; {@link Verdict#NOTHING_TO_CANCEL} for the
     * first one without a try, which is remembered; {@link Verdict#ALREADY_DONE} for a repeated one of both; {@link
     * Verdict#REFUSED} after the confirm. Waits for a try that is under way.
     *
     * @throws IllegalArgumentException see {@link #tryBegins(Connection, String, String)}
     * @throws IllegalStateException see {@link #tryBegins(Connection, String, String)}
     */
    public Verdict cancelBegins(Connection connection, String transactionId, String participantId) throws SQLException {
        FenceRow row = row(connection, transactionId, participantId);
        for (int round = 0; round < ROUNDS; round++) {
            if (row.insert(CANCELLED)) {
                return Verdict.NOTHING_TO_CANCEL;
            }
            if (row.change(TRIED, TRYING, CANCELLED)) {
                return Verdict.RUN;
            }
            Optional<FenceState> found = row.read();
            if (found.isPresent()) {
                return found.get() == CONFIRMED ? Verdict.REFUSED : Verdict.ALREADY_DONE;
            }
        }
        throw changing(row);
    }

    /** {@link #cancelBegins(Connection, String, String)} on a data source whose connections belong to the caller's JTA transaction. */
    public Verdict cancelBegins(DataSource database, String transactionId, String participantId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return cancelBegins(connection, transactionId, participantId);
        }
    }

    /** What the row tells, for messages and for queries; locks it until the transaction ends. Empty when there is none. */
    public Optional<FenceState> state(Connection connection, String transactionId, String participantId)
            throws SQLException {
        return row(connection, transactionId, participantId).read();
    }

    /**
     * Removes rows that were confirmed or cancelled longer ago than that, the oldest first, in the caller's transaction; rows of
     * open work stay, however old. A try that is repeated or comes later than that would run: the age has to be longer than any
     * call can be delayed. {@link FenceCleanup} does it for the whole table.
     *
     * @param age 1 minute or more; a week is a good choice
     * @param atMost how many rows, 1 to 10,000
     * @return how many rows were removed
     */
    public int removeFinished(Connection connection, Duration age, int atMost) throws SQLException {
        return FinishedRows.remove(connection, clock.instant(), age, atMost);
    }

    private static Verdict tryBegins(FenceRow row, FenceState entered) throws SQLException {
        for (int round = 0; round < ROUNDS; round++) {
            if (row.insert(entered)) {
                return Verdict.RUN;
            }
            Optional<FenceState> found = row.read();
            if (found.isPresent()) {
                return switch (found.get()) {
                    case TRIED, CONFIRMED -> Verdict.ALREADY_DONE;
                    case TRYING, CANCELLED -> Verdict.REFUSED;
                };
            }
        }
        throw changing(row);
    }

    private FenceRow row(Connection connection, String transactionId, String participantId) throws SQLException {
        checkId("transaction id", transactionId, TRANSACTION_ID_LENGTH);
        checkId("participant id", participantId, PARTICIPANT_ID_LENGTH);
        Statements.requireTransaction(connection);
        return new FenceRow(connection, transactionId, participantId, clock.millis());
    }

    private static void checkId(String what, String id, int longest) {
        if (!Keys.isSound(id, longest)) {
            throw new IllegalArgumentException(InterceptorMessage.BAD_FENCE_ID.with(what, id, longest));
        }
    }

    private static SQLException changing(FenceRow row) {
        return new SQLException(
                InterceptorMessage.FENCE_ROW_CHANGES.with(row.transactionId(), row.participantId()), "40001");
    }
}
