package io.holdfast.tests.tcc.app;

import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalRegistration;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An application's own way to be told, without the interceptors. */
@WebListener
public class OwnDispatcher implements ServletContextListener {
    static final String NAME = "tcc/own";

    @Resource(lookup = "java:comp/env/eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Resource
    private ContextService contexts;

    @Inject
    private Callers callers;

    private @Nullable LocalRegistration registration;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        registration = holdfast.register(NAME, contexts.createContextualProxy(this::inProxy, LocalDispatcher.class));
    }

    /** A proxy of its own for each call, since Payara notes the call's transaction with it. */
    private LocalAnswer inProxy(LocalCall call) {
        return contexts.<LocalDispatcher>createContextualProxy(this::dispatch, LocalDispatcher.class)
                .dispatch(call);
    }

    private LocalAnswer dispatch(LocalCall call) {
        String decision = call.decision().name().toLowerCase(Locale.ROOT);
        callers.write(call.participant().data(), "own-" + decision);
        return new LocalAnswer.Done();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (registration != null) {
            registration.close();
        }
    }
}
