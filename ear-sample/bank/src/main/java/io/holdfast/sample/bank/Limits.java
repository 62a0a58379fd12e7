package io.holdfast.sample.bank;

import io.holdfast.interceptors.tcc.Tcc;
import io.holdfast.sample.common.Database;
import io.holdfast.sample.common.Money;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.math.BigDecimal;
import java.util.List;
import javax.sql.DataSource;

/**
 * The bank's own part in a transfer, a TCC participant: what a customer may transfer in all. It is reserved in a short transaction, so that
 * transfers of one customer do not wait for each other's services, and used or given back with the outcome of the transfer.
 */
@Stateless
@SuppressWarnings("NullAway.Init")
public class Limits {
    private static final String SOURCE = "java:comp/env/jdbc/bank";

    @Resource(name = "jdbc/bank")
    private DataSource source;

    private Database database;

    @PostConstruct
    void open() {
        database = new Database(source);
    }

    @Tcc(confirm = "use", cancel = "giveBack", dataSource = SOURCE)
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void reserve(String customer, BigDecimal amount) {
        if (!database.run(connection -> new LimitTable(connection).reserve(customer, amount))) {
            throw new RefusedException(
                    Reason.FORBIDDEN_BY_BUSINESS,
                    Money.text(amount) + " would take " + customer + " beyond its limit of " + Money.text(Limit.MOST));
        }
    }

    public void use(String customer, BigDecimal amount) {
        database.run(connection -> {
            new LimitTable(connection).use(customer, amount);
            return amount;
        });
    }

    public void giveBack(String customer, BigDecimal amount) {
        database.run(connection -> {
            new LimitTable(connection).giveBack(customer, amount);
            return amount;
        });
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Limit> all() {
        return database.run(connection -> new LimitTable(connection).all());
    }
}
