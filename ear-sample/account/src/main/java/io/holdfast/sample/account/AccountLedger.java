package io.holdfast.sample.account;

import io.holdfast.sample.common.LraFence;
import io.holdfast.sample.common.LraFence.State;
import io.holdfast.sample.common.Money;
import io.holdfast.sample.common.Operation;
import io.holdfast.sample.common.Operations;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The accounts and what was done to them. Works in the connection's transaction, which a refusal must roll back. */
final class AccountLedger {
    private static final List<String> CUSTOMERS = List.of("alice", "bob", "carol", "dave");
    private static final BigDecimal SEED = new BigDecimal("10000.00");

    private final Connection connection;
    private final LraFence fence;
    private final Operations<OperationState> operations;

    AccountLedger(Connection connection) {
        this.connection = connection;
        this.fence = new LraFence(connection);
        this.operations = new Operations<>(connection, OperationState.class);
    }

    /** What is there already stays as it is. */
    void createTablesAndSeed() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS account (id VARCHAR(64) PRIMARY KEY, "
                    + "balance DECIMAL(19,2) NOT NULL, frozen DECIMAL(19,2) NOT NULL)");
        }
        fence.createTable();
        operations.createTable();
        for (String customer : CUSTOMERS) {
            if (account(customer).isEmpty()) {
                open(customer, SEED);
            }
        }
    }

    private void open(String id, BigDecimal balance) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO account (id, balance, frozen) VALUES (?, ?, 0)")) {
            insert.setString(1, id);
            insert.setBigDecimal(2, balance);
            insert.executeUpdate();
        }
    }

    /** Freezes the amount; the same once more changes nothing. */
    Operation<OperationState> freeze(String lra, String transfer, String account, BigDecimal amount)
            throws SQLException {
        fence.enter(lra);
        Operation<OperationState> wanted = new Operation<>(lra, transfer, account, amount, OperationState.FROZEN);
        Optional<Operation<OperationState>> before = operations.find(lra, transfer);
        if (before.isPresent()) {
            return same(before.get(), wanted);
        }
        if (!update(
                "UPDATE account SET frozen = frozen + ? WHERE id = ? AND balance - frozen >= ?",
                amount,
                account,
                amount)) {
            throw cannotFreeze(account, amount);
        }
        operations.insert(wanted);
        return wanted;
    }

    private static Operation<OperationState> same(Operation<OperationState> before, Operation<OperationState> wanted) {
        if (before.equals(wanted)) {
            return before;
        }
        throw new RefusedException(
                Reason.CONFLICT,
                "Transfer " + wanted.transfer() + " has frozen " + before.amount() + " of account " + before.party()
                        + " already, not " + wanted.amount() + " of " + wanted.party());
    }

    private RefusedException cannotFreeze(String id, BigDecimal amount) throws SQLException {
        return account(id)
                .map(found -> new RefusedException(
                        Reason.CONFLICT,
                        "Insufficient funds: account " + id + " has " + Money.text(found.available())
                                + " available, not " + Money.text(amount)))
                .orElseGet(() -> unknown(id));
    }

    /** Deducts what the LRA has frozen, if anything; false when it was compensated before. */
    boolean complete(String lra) throws SQLException {
        return fence.end(lra, State.COMPLETED) && moveAll(lra, OperationState.DEDUCTED);
    }

    /** Unfreezes what the LRA has frozen, if anything; false when it was completed before. */
    boolean compensate(String lra) throws SQLException {
        return fence.end(lra, State.COMPENSATED) && moveAll(lra, OperationState.UNFROZEN);
    }

    private boolean moveAll(String lra, OperationState end) throws SQLException {
        for (Operation<OperationState> operation : operations.ofLra(lra)) {
            if (operations.move(operation, OperationState.FROZEN, end)) {
                BigDecimal deducted = end == OperationState.DEDUCTED ? operation.amount() : BigDecimal.ZERO;
                update(
                        "UPDATE account SET balance = balance - ?, frozen = frozen - ? WHERE id = ?",
                        deducted,
                        operation.amount(),
                        operation.party());
            }
        }
        return true;
    }

    Account deposit(String id, BigDecimal amount) throws SQLException {
        update("UPDATE account SET balance = balance + ? WHERE id = ?", amount, id);
        return account(id).orElseThrow(() -> unknown(id));
    }

    List<Account> accounts() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, balance, frozen FROM account ORDER BY id LIMIT 1000")) {
            return read(select);
        }
    }

    List<Operation<OperationState>> newestOperations(int limit) throws SQLException {
        return operations.newest(limit);
    }

    private Optional<Account> account(String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, balance, frozen FROM account WHERE id = ?")) {
            select.setString(1, id);
            return read(select).stream().findFirst();
        }
    }

    private static List<Account> read(PreparedStatement select) throws SQLException {
        List<Account> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(
                        new Account(rows.getString("id"), rows.getBigDecimal("balance"), rows.getBigDecimal("frozen")));
            }
        }
        return found;
    }

    private boolean update(String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate() == 1;
        }
    }

    private static RefusedException unknown(String id) {
        return new RefusedException(Reason.UNKNOWN, "There is no account '" + id + "'");
    }
}
