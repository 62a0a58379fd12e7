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
        LocalDispatcher dispatcher = this::dispatch;
        registration = holdfast.register(NAME, contexts.createContextualProxy(dispatcher, LocalDispatcher.class));
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
