package io.holdfast.sample.counter;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Makes the tables and opens the accounts at the first start, outside any transaction. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class CounterSchema {
    @Inject
    private CounterBook book;

    @PostConstruct
    void create() {
        book.change(tables -> {
            tables.accounts().create();
            tables.payments().create();
            tables.alarms().create();
        });
    }
}
