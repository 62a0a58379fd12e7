package io.holdfast.interceptors.idempotent;

import java.util.Optional;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** What a call needs of the server it is in. */
interface Surroundings {
    DataSource dataSource(String name) throws NamingException;

    /** As {@code TransactionSynchronizationRegistry.getTransactionStatus} tells. */
    int transactionStatus() throws NamingException;

    void setRollbackOnly() throws NamingException;

    /** A header of the HTTP request that the caller is in; empty without one, and outside requests. */
    Optional<String> header(String name);
}
