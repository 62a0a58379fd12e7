package io.holdfast.tests.tck;

import org.jboss.arquillian.container.test.spi.client.deployment.ApplicationArchiveProcessor;
import org.jboss.arquillian.container.test.spi.client.deployment.AuxiliaryArchiveAppender;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** What Arquillian has to know for the TCK; found by the service loader. */
public final class TckExtension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(AuxiliaryArchiveAppender.class, RecoveryArchive.class).observer(TckServers.class);
        if (TckRun.current().participants() == TckRun.Participants.HOLDFAST) {
            builder.service(ApplicationArchiveProcessor.class, ParticipantLibraries.class)
                    .observer(RefusedDeployments.class);
        }
    }
}
