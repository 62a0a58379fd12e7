package io.holdfast.sample.merchant;

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
public class MerchantSchema {
    @Resource(name = "jdbc/merchant")
    private DataSource source;

    @PostConstruct
    void create() {
        new Database(source).run(connection -> {
            MerchantLedger ledger = new MerchantLedger(connection);
            ledger.createTablesAndSeed();
            return ledger;
        });
    }
}
