package io.holdfast.tests.adapter.app;

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
import org.jspecify.annotations.Nullable;

/** The local participant: writes down what it is told, each time. */
@WebListener
public class Dispatcher implements ServletContextListener {
    static final String NAME = "ledger";

    /** Kept by the JVM, so that it outlives a deployment, and not by a log, so that a restart opens it. */
    private static final String CLOSED = "holdfast.test.ledger.closed";

    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Resource
    private ContextService contexts;

    @Inject
    private Books books;

    private @Nullable LocalRegistration registration;

    /** While it is closed nothing that the participant is told succeeds. */
    static void close(boolean closed) {
        System.setProperty(CLOSED, Boolean.toString(closed));
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        books.create();
        LocalDispatcher inContext = call -> proxyOf(this::dispatch).dispatch(call);
        registration = holdfast.register(NAME, proxyOf(inContext));
    }

    /** One more for each call, since Payara notes the transaction of a call with its proxy, which several at a time would share. */
    private LocalDispatcher proxyOf(LocalDispatcher dispatcher) {
        return contexts.createContextualProxy(dispatcher, LocalDispatcher.class);
    }

    private LocalAnswer dispatch(LocalCall call) {
        if (Boolean.getBoolean(CLOSED)) {
            return new LocalAnswer.Failed("The ledger is closed");
        }
        books.told(call.participant().data(), call.decision().name());
        return new LocalAnswer.Done();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (registration != null) {
            registration.close();
        }
    }
}
