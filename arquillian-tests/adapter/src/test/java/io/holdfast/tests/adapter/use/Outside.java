package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Asks for an LRA where no transaction is. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Outside {
    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    public String ask() {
        try (HoldfastConnection connection = holdfast.getConnection()) {
            return Mistakes.said(connection, HoldfastConnection::lra);
        }
    }
}
