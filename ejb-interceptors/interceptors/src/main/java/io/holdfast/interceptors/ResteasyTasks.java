package io.holdfast.interceptors;

import org.jboss.resteasy.spi.concurrent.ThreadContext;

/** Internal: gives asynchronous calls of RESTEasy's clients the LRA of their {@link GlobalTransaction}. No other server loads this class. */
public final class ResteasyTasks implements ThreadContext<Object> {
    @Override
    public Object capture() {
        return TravellingLra.ofCaller(Directory.JNDI);
    }

    @Override
    public void push(Object lra) {
        ((TravellingLra) lra).begin();
    }

    @Override
    public void reset(Object lra) {
        ((TravellingLra) lra).end();
    }
}
