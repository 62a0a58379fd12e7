package io.holdfast.tests.adapter.use;

import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

/** A CDI bean, which no EJB container knows. */
@ApplicationScoped
public class Annotated {
    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transaction;

    @Inject
    private Entry entry;

    @Transactional
    public void run(Errand errand) {
        entry.write(errand);
        if (errand.wish() == Wish.ROLLBACK) {
            transaction.setRollbackOnly();
        }
    }
}
