package io.holdfast.tests.wildfly;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;

/** The broker's dead-letter queue, as the management interface shows it. */
final class DeadLetters {
    private DeadLetters() {}

    static long count(int managementPort) {
        ModelNode operation = Operations.createOperation(
                "count-messages",
                Operations.createAddress("subsystem", "messaging-activemq", "server", "default", "jms-queue", "DLQ"));
        try (ModelControllerClient client = ModelControllerClient.Factory.create("127.0.0.1", managementPort)) {
            ModelNode answer = client.execute(operation);
            if (!Operations.isSuccessfulOutcome(answer)) {
                throw new IllegalStateException(answer.toString());
            }
            return Operations.readResult(answer).asLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
