package io.holdfast.interceptors.fence;

import io.holdfast.interceptors.jdbc.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * One customer's account and one merchant's, each a TCC participant: the customer's freezes, deducts, unfreezes; the merchant's does
 * nothing, credits, does nothing. Confined to its connection's thread.
 */
final class AccountBook implements AutoCloseable {
    static final int MONEY = 1_000;

    /** Whose part of the transaction it is. */
    enum Side {
        CUSTOMER,
        MERCHANT
    }

    /** What is asked of a participant. */
    enum Verb {
        TRY,
        CONFIRM,
        CANCEL
    }

    /** The door before a change; the fence, or for a test that must fail, none. */
    @FunctionalInterface
    interface Door {
        Verdict ask(Connection connection, Verb verb, String transaction, String participant) throws SQLException;
    }

    /** The customer has too little; the transaction was rolled back. */
    static final class TooLittleException extends Exception {}

    /** As if the process had died before the commit. */
    static final class CrashException extends Exception {}

    private final Connection connection;
    private final Door door;

    AccountBook(Connection connection, Door door) throws SQLException {
        this.connection = connection;
        this.door = door;
        connection.setAutoCommit(false);
    }

    static void create(DataSource database) throws SQLException {
        new Fence().createTable(database);
        try (Connection connection = database.getConnection()) {
            Statements.update(
                    connection,
                    "create table book (side varchar(10) primary key, balance int not null, frozen int not null)");
            Statements.update(connection, "insert into book values ('CUSTOMER', ?, 0)", MONEY);
            Statements.update(connection, "insert into book values ('MERCHANT', 0, 0)");
        }
    }

    static Door behind(Fence fence) {
        return (connection, verb, transaction, participant) -> switch (verb) {
            case TRY -> fence.tryBegins(connection, transaction, participant);
            case CONFIRM -> fence.confirmBegins(connection, transaction, participant);
            case CANCEL -> fence.cancelBegins(connection, transaction, participant);
        };
    }

    Verdict call(Verb verb, Side side, String transaction, int amount, boolean crashes)
            throws SQLException, TooLittleException, CrashException {
        try {
            Verdict verdict = door.ask(connection, verb, transaction, side.name());
            if (verdict == Verdict.RUN && !changed(verb, side, amount)) {
                connection.rollback();
                throw new TooLittleException();
            }
            if (crashes) {
                connection.rollback();
                throw new CrashException();
            }
            connection.commit();
            return verdict;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    void reset() throws SQLException {
        Statements.update(connection, "update book set balance = ?, frozen = 0 where side = 'CUSTOMER'", MONEY);
        Statements.update(connection, "update book set balance = 0, frozen = 0 where side = 'MERCHANT'");
        connection.commit();
    }

    int balance(Side side) throws SQLException {
        return number("select balance from book where side = ?", side);
    }

    int frozen(Side side) throws SQLException {
        return number("select frozen from book where side = ?", side);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private boolean changed(Verb verb, Side side, int amount) throws SQLException {
        if (side == Side.MERCHANT) {
            return verb != Verb.CONFIRM || update("balance = balance + ?", side, amount);
        }
        return switch (verb) {
            case TRY ->
                Statements.update(
                                connection,
                                "update book set balance = balance - ?, frozen = frozen + ? where side = ? and balance >= ?",
                                amount,
                                amount,
                                side.name(),
                                amount)
                        == 1;
            case CONFIRM -> update("frozen = frozen - ?", side, amount);
            case CANCEL ->
                Statements.update(
                                connection,
                                "update book set balance = balance + ?, frozen = frozen - ? where side = ?",
                                amount,
                                amount,
                                side.name())
                        == 1;
        };
    }

    private boolean update(String change, Side side, int amount) throws SQLException {
        return Statements.update(connection, "update book set " + change + " where side = ?", amount, side.name()) == 1;
    }

    private int number(String query, Side side) throws SQLException {
        int number =
                Integer.parseInt(Statements.text(connection, query, side.name()).orElseThrow());
        connection.commit();
        return number;
    }
}
