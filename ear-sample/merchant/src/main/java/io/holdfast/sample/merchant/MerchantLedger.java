package io.holdfast.sample.merchant;

import io.holdfast.sample.common.LraFence;
import io.holdfast.sample.common.LraFence.State;
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

/** The merchants and their credits. Works in the connection's transaction, which a refusal must roll back. */
final class MerchantLedger {
    private static final List<String> MERCHANTS = List.of("books", "tea", "bikes");

    private final Connection connection;
    private final LraFence fence;
    private final Operations<OperationState> operations;

    MerchantLedger(Connection connection) {
        this.connection = connection;
        this.fence = new LraFence(connection);
        this.operations = new Operations<>(connection, OperationState.class);
    }

    /** What is there already stays as it is. */
    void createTablesAndSeed() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS merchant (id VARCHAR(64) PRIMARY KEY, "
                    + "balance DECIMAL(19,2) NOT NULL)");
        }
        fence.createTable();
        operations.createTable();
        for (String merchant : MERCHANTS) {
            if (merchant(merchant).isEmpty()) {
                open(merchant);
            }
        }
    }

    private void open(String id) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO merchant (id, balance) VALUES (?, 0)")) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }

    /** Notes the credit and leaves the balance alone; the same once more changes nothing. */
    Operation<OperationState> note(String lra, String transfer, String merchant, BigDecimal amount)
            throws SQLException {
        fence.enter(lra);
        Operation<OperationState> wanted = new Operation<>(lra, transfer, merchant, amount, OperationState.PENDING);
        Optional<Operation<OperationState>> before = operations.find(lra, transfer);
        if (before.isPresent()) {
            return same(before.get(), wanted);
        }
        if (merchant(merchant).isEmpty()) {
            throw new RefusedException(Reason.UNKNOWN, "There is no merchant '" + merchant + "'");
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
                "Transfer " + wanted.transfer() + " has " + before.amount() + " for merchant " + before.party()
                        + " already, not " + wanted.amount() + " for " + wanted.party());
    }

    /** Credits what the LRA has noted, if anything; false when it was compensated before. */
    boolean complete(String lra) throws SQLException {
        if (!fence.end(lra, State.COMPLETED)) {
            return false;
        }
        for (Operation<OperationState> operation : operations.ofLra(lra)) {
            if (operations.move(operation, OperationState.PENDING, OperationState.CREDITED)) {
                credit(operation);
            }
        }
        return true;
    }

    private void credit(Operation<OperationState> operation) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE merchant SET balance = balance + ? WHERE id = ?")) {
            update.setBigDecimal(1, operation.amount());
            update.setString(2, operation.party());
            update.executeUpdate();
        }
    }

    /** Drops what the LRA has noted, if anything; false when it was completed before. */
    boolean compensate(String lra) throws SQLException {
        if (!fence.end(lra, State.COMPENSATED)) {
            return false;
        }
        for (Operation<OperationState> operation : operations.ofLra(lra)) {
            operations.move(operation, OperationState.PENDING, OperationState.DROPPED);
        }
        return true;
    }

    List<Merchant> merchants() throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, balance FROM merchant ORDER BY id LIMIT 1000")) {
            return read(select);
        }
    }

    List<Operation<OperationState>> newestOperations(int limit) throws SQLException {
        return operations.newest(limit);
    }

    private Optional<Merchant> merchant(String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id, balance FROM merchant WHERE id = ?")) {
            select.setString(1, id);
            return read(select).stream().findFirst();
        }
    }

    private static List<Merchant> read(PreparedStatement select) throws SQLException {
        List<Merchant> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Merchant(rows.getString("id"), rows.getBigDecimal("balance")));
            }
        }
        return found;
    }
}
