package io.holdfast.tests.tcc.app;

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

/** Orders and transfers in a transaction with little time, whose tries have as much as they need. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class ImpatientCaller {
    private static final int LITTLE_SECONDS = 2;
    private static final int SERVERS_DEFAULT = 0;

    @Resource
    private UserTransaction transaction;

    @Inject
    private Shop shop;

    @Inject
    private Transfers transfers;

    public void order(Order order) {
        soon(() -> shop.order(order));
    }

    public void transfer(Order order) {
        soon(() -> transfers.transfer(order));
    }

    private void soon(Runnable work) {
        try {
            transaction.setTransactionTimeout(LITTLE_SECONDS);
            transaction.begin();
            // For those that begin on this thread from now on.
            transaction.setTransactionTimeout(SERVERS_DEFAULT);
            run(work);
            transaction.commit();
        } catch (NotSupportedException
                | SystemException
                | RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException e) {
            throw new EJBException(e);
        }
    }

    /** Payara's container otherwise tells that the transaction was left open, and not why. */
    private void run(Runnable work) throws SystemException {
        try {
            work.run();
        } catch (RuntimeException e) {
            transaction.rollback();
            throw e;
        }
    }
}
