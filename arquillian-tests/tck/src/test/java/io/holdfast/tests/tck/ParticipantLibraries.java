package io.holdfast.tests.tck;

import org.jboss.arquillian.container.test.spi.client.deployment.ApplicationArchiveProcessor;
import org.jboss.arquillian.test.spi.TestClass;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.container.LibraryContainer;

/** Puts holdfast-lra into each archive of the TCK, as an application would have it. */
public final class ParticipantLibraries implements ApplicationArchiveProcessor {
    @Override
    public void process(Archive<?> archive, TestClass test) {
        if (archive instanceof LibraryContainer<?> application) {
            application.addAsLibrary(TckRun.archive("holdfast-lra.jar").toFile());
        } else {
            throw new IllegalStateException(archive + " takes no libraries");
        }
    }
}
