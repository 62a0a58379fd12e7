package io.holdfast.sample.merchant;

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
public class Merchants {
    @Resource(name = "jdbc/merchant")
    private DataSource source;

    private Database database;

    @PostConstruct
    void open() {
        database = new Database(source);
    }

    public Operation<OperationState> note(String lra, String transfer, String merchant, BigDecimal amount) {
        return database.run(connection -> new MerchantLedger(connection).note(lra, transfer, merchant, amount));
    }

    public boolean complete(String lra) {
        return database.run(connection -> new MerchantLedger(connection).complete(lra));
    }

    public boolean compensate(String lra) {
        return database.run(connection -> new MerchantLedger(connection).compensate(lra));
    }

    public List<Merchant> merchants() {
        return database.run(connection -> new MerchantLedger(connection).merchants());
    }

    public List<Operation<OperationState>> newestOperations(int limit) {
        return database.run(connection -> new MerchantLedger(connection).newestOperations(limit));
    }
}
