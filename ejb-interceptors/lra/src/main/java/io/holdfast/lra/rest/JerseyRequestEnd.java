package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.Invocation;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Ends the LRAs of requests whose exception nobody maps: Jersey hands it to the servlet container and runs no filters for the answer, so
 * that an LRA would stay open whose method has failed. Loaded on Jersey only.
 */
final class JerseyRequestEnd implements ApplicationEventListener, RequestEventListener {
    private final Application application;

    JerseyRequestEnd(Application application) {
        this.application = application;
    }

    static void registerOn(FeatureContext context) {
        if (!context.getConfiguration().isRegistered(JerseyRequestEnd.class)) {
            context.register(new JerseyRequestEnd(new CdiApplication()));
        }
    }

    @Override
    public void onEvent(ApplicationEvent event) {}

    @Override
    public RequestEventListener onRequest(RequestEvent start) {
        return this;
    }

    @Override
    public void onEvent(RequestEvent event) {
        @Nullable ContainerRequest request = event.getContainerRequest();
        if (isUnmappedOrOver(event)
                && request != null
                && request.getProperty(LraServerFilter.INVOCATION) instanceof Invocation invocation) {
            request.removeProperty(LraServerFilter.INVOCATION);
            UnansweredRequest.end(application, invocation);
        }
    }

    private static boolean isUnmappedOrOver(RequestEvent event) {
        boolean isUnmapped = event.getType() == RequestEvent.Type.EXCEPTION_MAPPING_FINISHED
                && !event.isResponseSuccessfullyMapped();
        return isUnmapped || event.getType() == RequestEvent.Type.FINISHED;
    }
}
