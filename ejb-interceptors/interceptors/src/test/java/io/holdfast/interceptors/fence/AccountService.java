package io.holdfast.interceptors.fence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The participant that docs/fence.md shows. Each method runs inside a transaction of the connection, which the caller ends. */
final class AccountService {
    private static final String PARTICIPANT = "account";

    private final Fence fence = new Fence();

    void freeze(Connection connection, String transaction, String account, int amount) throws SQLException {
        switch (fence.tryBegins(connection, transaction, PARTICIPANT)) {
            case RUN ->
                change(
                        connection,
                        "update account set balance = balance - ?, frozen = frozen + ? where id = ?",
                        amount,
                        account);
            case ALREADY_DONE, NOTHING_TO_CANCEL -> {
                // Answered with success, nothing to do.
            }
            case REFUSED -> throw new IllegalStateException(transaction + " has been cancelled");
        }
    }

    void unfreeze(Connection connection, String transaction, String account, int amount) throws SQLException {
        switch (fence.cancelBegins(connection, transaction, PARTICIPANT)) {
            case RUN ->
                change(
                        connection,
                        "update account set balance = balance + ?, frozen = frozen - ? where id = ?",
                        amount,
                        account);
            case ALREADY_DONE, NOTHING_TO_CANCEL -> {
                // Unfrozen before, or never frozen.
            }
            case REFUSED -> throw new IllegalStateException(transaction + " has been confirmed");
        }
    }

    private static void change(Connection connection, String sql, int amount, String account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, amount);
            statement.setInt(2, amount);
            statement.setString(3, account);
            statement.executeUpdate();
        }
    }
}
