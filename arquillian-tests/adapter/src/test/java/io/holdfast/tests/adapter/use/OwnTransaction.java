package io.holdfast.tests.adapter.use;

import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** An EJB that begins and ends its transactions itself. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class OwnTransaction {
    @Resource
    private UserTransaction transaction;

    @Inject
    private Entry entry;

    public void run(Errand errand) {
        try {
            transaction.begin();
            entry.write(errand);
            if (errand.wish() == Wish.ROLLBACK) {
                transaction.rollback();
            } else {
                transaction.commit();
            }
        } catch (NotSupportedException
                | SystemException
                | RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException e) {
            throw new EJBException(e);
        }
    }
}
