package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.jdbc.Dialect;
import io.holdfast.interceptors.jdbc.LockWait;
import io.holdfast.interceptors.jdbc.Statements;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** One call of an {@link Idempotent} method. Confined to its thread. */
final class IdempotentCall {
    /** The rest of the call: later interceptors and the method. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object run() throws Exception;
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final Surroundings surroundings;
    private final Operation operation;

    IdempotentCall(Surroundings surroundings, Operation operation) {
        this.surroundings = surroundings;
        this.operation = operation;
    }

    @Nullable
    Object answer(@Nullable Object[] arguments, Body body) throws Exception {
        int status = surroundings.transactionStatus();
        if (status != Status.STATUS_ACTIVE) {
            throw new IdempotentException(
                    InterceptorMessage.IDEMPOTENT_WITHOUT_TRANSACTION.with(operation.name(), status), null);
        }
        try {
            return firstOrRepeated(arguments, body);
        } catch (Throwable e) {
            rollBack(e);
            throw e;
        }
    }

    private @Nullable Object firstOrRepeated(@Nullable Object[] arguments, Body body) throws Exception {
        List<Object> values = operation.key().valuesIn(arguments, surroundings);
        Repetition repetition = Repetition.of(operation, values);
        Admission admission = inDatabase(connection -> admission(connection, repetition));
        if (!admission.first()) {
            return repetition.result(admission.stored());
        }
        Object result = body.run();
        inDatabase(connection -> {
            repetition.keep(connection, result);
            return admission;
        });
        return result;
    }

    @SuppressWarnings("try")
    private Admission admission(Connection connection, Repetition repetition) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        try (LockWait ignored = dialect.boundWait(connection, operation.longestWait())) {
            return repetition.admit(connection);
        } catch (SQLException e) {
            if (dialect.isKeptWaiting(e)) {
                throw new CallRunningException(
                        InterceptorMessage.CALL_RUNNING.with(
                                operation.name(), repetition.key(), operation.longestWait()),
                        e);
            }
            throw e;
        }
    }

    private <T> T inDatabase(Work<T> work) {
        try (Connection connection =
                surroundings.dataSource(operation.dataSource()).getConnection()) {
            Statements.requireTransaction(connection);
            return work.on(connection);
        } catch (SQLException | NamingException e) {
            throw new IdempotentException(
                    InterceptorMessage.IDEMPOTENCY_DATABASE.with(operation.name(), operation.dataSource(), e), e);
        }
    }

    /** The container commits after some exceptions, and the record with it, though the method has not done its work. */
    private void rollBack(Throwable cause) {
        try {
            if (surroundings.transactionStatus() == Status.STATUS_ACTIVE) {
                surroundings.setRollbackOnly();
            }
        } catch (NamingException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
