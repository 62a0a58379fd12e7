package io.holdfast.sample.account;

import io.holdfast.sample.common.Database;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;

/** Makes the tables at the first start, outside any transaction. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class AccountSchema {
    @Resource(name = "jdbc/account")
    private DataSource source;

    @PostConstruct
    void create() {
        new Database(source).run(connection -> {
            AccountLedger ledger = new AccountLedger(connection);
            ledger.createTablesAndSeed();
            return ledger;
        });
    }
}
