package io.holdfast.lra.rest;

import io.holdfast.lra.runtime.CarriedLra;
import org.jboss.resteasy.spi.concurrent.ThreadContext;

/** Gives asynchronous calls of RESTEasy's clients the LRA of the thread that they come from. No other server loads this class. Thread-safe. */
public final class ResteasyTasks implements ThreadContext<CarriedLra> {
    @Override
    public CarriedLra capture() {
        return CarriedLra.ofThisThread();
    }

    @Override
    public void push(CarriedLra lra) {
        lra.begin();
    }

    @Override
    public void reset(CarriedLra lra) {
        lra.end();
    }
}
