package io.holdfast.tests.adapter.use;

import jakarta.ejb.Stateless;
import jakarta.resource.ConnectionFactoryDefinition;
import jakarta.resource.spi.TransactionSupport.TransactionSupportLevel;

/**
 * Defines the connection factory of {@link Defined}, of the adapter in its EAR. WildFly starts an adapter of its own for the definition, whose
 * properties are those that begin with {@code ra.}; Payara has one for the archive, with the properties that its administrator has set.
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
public class Definition {}
