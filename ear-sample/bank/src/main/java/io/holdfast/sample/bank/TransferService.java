package io.holdfast.sample.bank;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.interceptors.GlobalTransaction;
import io.holdfast.sample.common.Database;
import io.holdfast.sample.common.RefusedException;
import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Transfers: the row in the bank's XA database, the customer's limit, the freeze and the credit happen all or not at all. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class TransferService {
    private static final String NOT_KNOWN_YET = "";

    @Resource(name = "jdbc/bank")
    private DataSource source;

    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Inject
    private Services services;

    @EJB
    private Limits limits;

    @EJB
    private Gate gate;

    private Database database;

    @PostConstruct
    void open() {
        database = new Database(source);
    }

    @GlobalTransaction
    public Transfer transfer(TransferOrder order) {
        insert(order);
        startLraWithItsOwnLimit(order);
        services.freeze(order);
        services.credit(order);
        limits.reserve(order.customer(), order.amount());
        if (order.waitForGo()) {
            gate.await(order.id());
        }
        if (order.fault() == TransferOrder.Fault.AFTER_TRY) {
            throw new RefusedException(
                    Reason.FORBIDDEN_BY_BUSINESS, "Transfer " + order.id() + " was made to fail after the try");
        }
        return completed(order);
    }

    private void insert(TransferOrder order) {
        Transfer transfer = new Transfer(order.id(), order.customer(), order.merchant(), order.amount(), NOT_KNOWN_YET);
        database.run(connection -> {
            new TransferTable(connection).insert(transfer);
            return transfer;
        });
    }

    /** Without one, the first call below starts the LRA with the adapter's limit. */
    private void startLraWithItsOwnLimit(TransferOrder order) {
        order.timeLimit().ifPresent(limit -> {
            try (HoldfastConnection connection = holdfast.getConnection()) {
                connection.lra(limit);
            }
        });
    }

    private Transfer completed(TransferOrder order) {
        String lra;
        try (HoldfastConnection connection = holdfast.getConnection()) {
            lra = connection.lra().toString();
        }
        return database.run(connection -> {
            new TransferTable(connection).setLra(order.id(), lra);
            return new Transfer(order.id(), order.customer(), order.merchant(), order.amount(), lra);
        });
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<Transfer> newest(int limit) {
        return database.run(connection -> new TransferTable(connection).newest(limit));
    }

    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Transfer> find(String id) {
        return database.run(connection -> new TransferTable(connection).find(id));
    }
}
