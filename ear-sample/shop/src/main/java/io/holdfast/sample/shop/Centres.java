package io.holdfast.sample.shop;

import io.holdfast.api.MessageSender;
import io.holdfast.interceptors.messages.JmsSender;
import io.holdfast.interceptors.outbox.Outbox;
import io.holdfast.interceptors.outbox.OutboxSender;
import io.holdfast.sample.common.Database;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.jms.ConnectionFactory;
import javax.sql.DataSource;

/** Database and sender of each centre, in each mode: the only place where the modes differ. Thread-safe. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
@SuppressWarnings("NullAway.Init")
public class Centres {
    @Resource(name = "jdbc/shopOrders")
    private DataSource orders;

    @Resource(name = "jdbc/shopAccounts")
    private DataSource accounts;

    @Resource(name = "jdbc/shopOrdersLocal")
    private DataSource ordersLocal;

    @Resource(name = "jdbc/shopAccountsLocal")
    private DataSource accountsLocal;

    @Resource(lookup = "java:comp/DefaultJMSConnectionFactory")
    private ConnectionFactory broker;

    /** One centre in one mode. */
    public record Centre(DataSource source, Database database, MessageSender sender) {
        static Centre of(DataSource source, MessageSender sender) {
            return new Centre(source, new Database(source), sender);
        }
    }

    public Centre orders(Mode mode) {
        return centre(mode, orders, ordersLocal);
    }

    public Centre accounts(Mode mode) {
        return centre(mode, accounts, accountsLocal);
    }

    public ConnectionFactory broker() {
        return broker;
    }

    private Centre centre(Mode mode, DataSource xa, DataSource local) {
        return switch (mode) {
            case XA -> Centre.of(xa, new JmsSender(broker));
            case OUTBOX -> Centre.of(local, new OutboxSender(new Outbox(), local));
        };
    }
}
