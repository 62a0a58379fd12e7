package io.holdfast.tests.tck;

import org.eclipse.microprofile.lra.tck.service.spi.LRARecoveryService;
import org.jboss.arquillian.container.test.spi.client.deployment.AuxiliaryArchiveAppender;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** Puts {@link CoordinatorRecovery} into each archive of the TCK. */
public final class RecoveryArchive implements AuxiliaryArchiveAppender {
    @Override
    public Archive<?> createAuxiliaryArchive() {
        return ShrinkWrap.create(JavaArchive.class, "holdfast-tck.jar")
                .addClasses(CoordinatorRecovery.class, LRARecoveryService.class)
                .addAsServiceProvider(LRARecoveryService.class, CoordinatorRecovery.class)
                // Without it CDI is off in those archives of the TCK that bring no beans.xml.
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml");
    }
}
