package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.Directory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** A Jakarta EE server, by JNDI and CDI. */
final class ServerSurroundings implements Surroundings {
    @Override
    public DataSource dataSource(String name) throws NamingException {
        return (DataSource) Directory.JNDI.find(name);
    }

    @Override
    public int transactionStatus() throws NamingException {
        return registry().getTransactionStatus();
    }

    @Override
    public void setRollbackOnly() throws NamingException {
        registry().setRollbackOnly();
    }

    @Override
    public Optional<String> header(String name) {
        return IncomingHeaders.ofThisRequest(name);
    }

    private static TransactionSynchronizationRegistry registry() throws NamingException {
        return (TransactionSynchronizationRegistry) Directory.JNDI.find("java:comp/TransactionSynchronizationRegistry");
    }
}
