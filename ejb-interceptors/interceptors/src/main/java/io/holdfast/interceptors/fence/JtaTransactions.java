package io.holdfast.interceptors.fence;

import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import javax.sql.DataSource;

/** JTA transactions in which a connection takes part. */
record JtaTransactions(UserTransaction transaction, DataSource database) implements OwnTransactions {
    @Override
    public <T> T call(Work<T> work) throws Exception {
        transaction.begin();
        T result;
        try (Connection connection = database.getConnection()) {
            result = work.on(connection);
        } catch (Throwable e) {
            rollBack(e);
            throw e;
        }
        transaction.commit();
        return result;
    }

    private void rollBack(Throwable cause) {
        try {
            transaction.rollback();
        } catch (SystemException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
