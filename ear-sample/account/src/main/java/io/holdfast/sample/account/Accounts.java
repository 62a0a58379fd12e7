package io.holdfast.sample.account;

import io.holdfast.sample.common.Database;
import io.holdfast.sample.common.Operation;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import java.math.BigDecimal;
import java.util.List;
import javax.sql.DataSource;

/** One container transaction for each step on the service's own database. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class Accounts {
    @Resource(name = "jdbc/account")
    private DataSource source;

    private Database database;

    @PostConstruct
    void open() {
        database = new Database(source);
    }

    public Operation<OperationState> freeze(String lra, String transfer, String account, BigDecimal amount) {
        return database.run(connection -> new AccountLedger(connection).freeze(lra, transfer, account, amount));
    }

    public boolean complete(String lra) {
        return database.run(connection -> new AccountLedger(connection).complete(lra));
    }

    public boolean compensate(String lra) {
        return database.run(connection -> new AccountLedger(connection).compensate(lra));
    }

    public Account deposit(String account, BigDecimal amount) {
        return database.run(connection -> new AccountLedger(connection).deposit(account, amount));
    }

    public List<Account> accounts() {
        return database.run(connection -> new AccountLedger(connection).accounts());
    }

    public List<Operation<OperationState>> newestOperations(int limit) {
        return database.run(connection -> new AccountLedger(connection).newestOperations(limit));
    }
}
