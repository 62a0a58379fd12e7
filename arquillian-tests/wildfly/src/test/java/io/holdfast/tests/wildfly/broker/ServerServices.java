package io.holdfast.tests.wildfly.broker;

import org.jboss.msc.service.ServiceActivator;
import org.jboss.msc.service.ServiceActivatorContext;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/** WildFly's services, which it shows to a deployment that names this class in META-INF/services. */
public final class ServerServices implements ServiceActivator {
    private static final ServiceName BROKER = ServiceName.parse("org.wildfly.messaging.activemq.server.default");

    private static volatile @Nullable ServiceRegistry services;

    @Override
    public void activate(ServiceActivatorContext context) {
        services = context.getServiceRegistry();
    }

    /** Artemis itself, which WildFly gives no command to stop and start again. */
    @SuppressWarnings("deprecation") // What replaces it needs a dependency, declared before the service is there.
    static Object broker() throws ReflectiveOperationException {
        ServiceRegistry known = services;
        if (known == null) {
            throw new IllegalStateException("not activated");
        }
        Object service = known.getRequiredService(BROKER).getValue();
        return service.getClass().getMethod("getDelegate").invoke(service);
    }
}
