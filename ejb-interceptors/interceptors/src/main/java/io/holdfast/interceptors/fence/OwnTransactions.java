package io.holdfast.interceptors.fence;

import java.sql.Connection;
import javax.sql.DataSource;

/** Runs work in a database transaction of its own, whatever transaction the caller is in. Implementations are thread-safe. */
public interface OwnTransactions {
    /** What runs inside; it neither commits nor closes the connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws Exception;
    }

    /**
     * Commits when the work returns and rolls back when it throws; nothing of it joins the caller's transaction. On return the
     * commit is durable. An exception of the commit leaves open whether it was made.
     */
    <T> T call(Work<T> work) throws Exception;

    /**
     * By commit and rollback of a connection. For a data source outside the server's transactions ({@code jta=false} in WildFly,
     * {@code non-transactional-connections} in Payara); one inside them forbids both while a JTA transaction is active.
     */
    static OwnTransactions of(DataSource database) {
        return new LocalTransactions(database);
    }
}
