package io.holdfast.interceptors.jdbc;

import java.sql.SQLException;

/** A bound of how long statements wait for locks, which ends when it is closed. */
@FunctionalInterface
public interface LockWait extends AutoCloseable {
    @Override
    void close() throws SQLException;
}
