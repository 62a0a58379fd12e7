package io.holdfast.sample.bank;

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
public class BankSchema {
    @Resource(name = "jdbc/bank")
    private DataSource source;

    @PostConstruct
    void create() {
        new Database(source).run(connection -> {
            TransferTable table = new TransferTable(connection);
            table.create();
            new LimitTable(connection).create();
            return table;
        });
    }
}
