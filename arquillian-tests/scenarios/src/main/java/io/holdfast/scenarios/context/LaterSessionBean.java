package io.holdfast.scenarios.context;

import io.holdfast.lra.LongRunningActions;
import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Future;

/** Calls the other application on a thread of the container's, which takes no LRA along: it is an argument. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class LaterSessionBean {
    @Inject
    private LongRunningActions lras;

    /** @param lra in which the call is made, if any */
    @Asynchronous
    public Future<String> book(Optional<URI> lra, URI rooms) throws Exception {
        return new AsyncResult<>(lra.isEmpty() ? Caller.now(rooms) : lras.callIn(lra.get(), () -> Caller.now(rooms)));
    }
}
