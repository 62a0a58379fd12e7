package io.holdfast.sample.shop;

import io.holdfast.interceptors.idempotent.IdempotencyTables;
import io.holdfast.interceptors.outbox.Outbox;
import io.holdfast.interceptors.outbox.OutboxRelay;
import io.holdfast.interceptors.outbox.RelaySettings;
import io.holdfast.sample.shop.Centres.Centre;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the tables at the first start, relays the outboxes, and removes old records of consumed messages. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class ShopStart {
    private static final Duration KEPT = Duration.ofDays(14);
    private static final int BATCH = 500;

    private final IdempotencyTables consumed = new IdempotencyTables();
    private final List<OutboxRelay> relays = new ArrayList<>();

    @EJB
    private Centres centres;

    @Resource
    private ManagedScheduledExecutorService executor;

    @Resource
    private UserTransaction transaction;

    @PostConstruct
    void start() {
        for (Mode mode : Mode.values()) {
            centres.orders(mode).database().run(connection -> {
                OrderTable table = new OrderTable(connection);
                table.create();
                return table;
            });
            centres.accounts(mode).database().run(connection -> {
                AccountTable table = new AccountTable(connection);
                table.createAndSeed();
                return table;
            });
        }
        centres.orders(Mode.XA).database().run(connection -> {
            NewsTable table = new NewsTable(connection);
            table.create();
            return table;
        });
        try {
            for (Centre centre : all()) {
                consumed.create(centre.source());
            }
            for (Centre centre : List.of(centres.orders(Mode.OUTBOX), centres.accounts(Mode.OUTBOX))) {
                new Outbox().create(centre.source());
                OutboxRelay relay =
                        OutboxRelay.inJta(transaction, centre.source(), centres.broker(), RelaySettings.DEFAULT);
                relay.start(executor);
                relays.add(relay);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Centre> all() {
        List<Centre> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            all.add(centres.orders(mode));
            all.add(centres.accounts(mode));
        }
        return all;
    }

    @Schedule(hour = "3", persistent = false)
    void removeOld() throws Exception {
        for (Centre centre : all()) {
            int removed;
            do {
                transaction.begin();
                try (Connection connection = centre.source().getConnection()) {
                    removed = consumed.removeOld(connection, KEPT, BATCH);
                } catch (SQLException e) {
                    transaction.rollback();
                    throw e;
                }
                transaction.commit();
            } while (removed >= BATCH);
        }
    }

    @PreDestroy
    void stop() {
        relays.forEach(OutboxRelay::close);
    }
}
