package io.holdfast.sample.store;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Makes the tables at the first start, outside any transaction. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init")
public class StoreSchema {
    @Inject
    private StoreBook book;

    @PostConstruct
    void create() {
        book.change(StoreTables::create);
    }
}
