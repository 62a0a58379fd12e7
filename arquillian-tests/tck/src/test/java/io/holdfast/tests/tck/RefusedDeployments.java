package io.holdfast.tests.tck;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.event.DeployDeployment;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;

/**
 * Fails a test whose deployment was refused for another reason than a numbered one of holdfast-lra: the TCK is content with any reason.
 */
public final class RefusedDeployments {
    private static final Pattern NUMBERED = Pattern.compile("HFPAR\\d{3}");

    /** Called by Arquillian around each deployment. */
    public void check(@Observes EventContext<DeployDeployment> deployment) throws DeploymentException {
        try {
            deployment.proceed();
        } catch (Exception refused) {
            if (!isNumbered(refused)) {
                throw new AssertionError("refused, but for no numbered reason of holdfast-lra", refused);
            }
            throw refused;
        }
    }

    private static boolean isNumbered(Throwable refused) {
        return Stream.iterate(refused, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause ->
                        NUMBERED.matcher(String.valueOf(cause.getMessage())).find());
    }
}
