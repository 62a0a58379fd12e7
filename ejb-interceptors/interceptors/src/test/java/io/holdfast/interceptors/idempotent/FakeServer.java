package io.holdfast.interceptors.idempotent;

import jakarta.transaction.Status;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** A server whose transaction is that of one connection. Confined to one thread. */
final class FakeServer implements Surroundings, AutoCloseable {
    static final String NAME = "java:comp/DefaultDataSource";

    final Map<String, String> headers = new HashMap<>();
    private final Connection connection;
    private int status = Status.STATUS_NO_TRANSACTION;

    FakeServer(DataSource database) throws SQLException {
        connection = database.getConnection();
    }

    void begin() throws SQLException {
        connection.setAutoCommit(false);
        status = Status.STATUS_ACTIVE;
    }

    /** As a container does: commits unless it was told not to. */
    void end() throws SQLException {
        if (status == Status.STATUS_ACTIVE) {
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        status = Status.STATUS_NO_TRANSACTION;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public DataSource dataSource(String name) throws NamingException {
        if (!name.equals(NAME)) {
            throw new NameNotFoundException(name);
        }
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> handle());
    }

    @Override
    public int transactionStatus() {
        return status;
    }

    @Override
    public void setRollbackOnly() {
        status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Closing it leaves the connection open for the transaction. */
    private Connection handle() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
