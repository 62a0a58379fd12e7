package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
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
import java.net.URI;

/** Goes on with a connection when its transaction, which the bean manages, has ended. */
@Stateless
@TransactionManagement(TransactionManagementType.BEAN)
public class Afterwards {
    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Resource
    private UserTransaction transaction;

    @Inject
    private Rows rows;

    /** @return what the adapter says */
    public String ask(String key, URI services) {
        try {
            transaction.begin();
            rows.insert(key);
            try (HoldfastConnection connection = holdfast.getConnection()) {
                connection.enlist(Part.participant(key, services));
                transaction.commit();
                return Mistakes.said(connection, HoldfastConnection::lra);
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
