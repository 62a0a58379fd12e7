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

/** An EJB that begins and commits its transactions itself. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class OwnTransactionCaller {
    @Resource
    private UserTransaction transaction;

    @Inject
    private Shop shop;

    public void order(Order order) {
        try {
            transaction.begin();
            shop.order(order);
            transaction.commit();
        } catch (NotSupportedException
                | SystemException
                | RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException e) {
            throw new EJBException(e);
        }
    }
}
