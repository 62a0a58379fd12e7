package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.resource.ConnectionFactoryDefinition;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;
import java.net.URI;

/**
 * Defines the connection factory that it uses, of the adapter in its EAR. WildFly starts an adapter of its own for the definition, whose properties
 * are those that begin with {@code ra.}; Payara has one for the archive, with the properties that its administrator has set.
 */
@Stateless
@ConnectionFactoryDefinition(
        name = Defined.NAME,
        interfaceName = "io.holdfast.api.HoldfastConnectionFactory",
        resourceAdapter = "#holdfast",
        transactionSupport = TransactionSupportLevel.XATransaction,
        properties = {
            "ra.logDirectory=${jboss.server.data.dir}/holdfast/defined",
            "ra.coordinatorUrl=${lra.coordinator.url}"
        })
public class Defined implements Use {
    static final String NAME = "java:app/eis/defined";

    /** Gives the adapter: a field for it would keep Payara from deploying an EAR with both, see docs/servers.md. */
    @Resource
    private SessionContext context;

    @Inject
    private Rows rows;

    @Override
    public void use(String key, URI services, Wish wish) {
        rows.insert(key);
        Part.take((HoldfastConnectionFactory) context.lookup(NAME), key, services);
        if (wish == Wish.ROLLBACK) {
            context.setRollbackOnly();
        }
    }
}
