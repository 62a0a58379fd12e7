package io.holdfast.tests.adapter.use;

import jakarta.ejb.Stateless;
import jakarta.resource.ConnectionFactoryDefinition;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;

/**
 * Defines the connection factory of {@link Defined}, of the adapter that the server has beside the application. WildFly starts one more of it,
 * whose properties are those that begin with {@code ra.}; Payara uses the one that is deployed.
 */
@Stateless
@ConnectionFactoryDefinition(
        name = Defined.NAME,
        interfaceName = "io.holdfast.api.HoldfastConnectionFactory",
        resourceAdapter = "holdfast",
        transactionSupport = TransactionSupportLevel.XATransaction,
        properties = {
            "ra.logDirectory=${jboss.server.data.dir}/holdfast/alone",
            "ra.coordinatorUrl=${lra.coordinator.url}"
        })
public class DefinitionAlone {}
