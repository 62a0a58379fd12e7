package io.holdfast.scenarios.context;

import jakarta.enterprise.concurrent.Asynchronous;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls the other application on a thread of the server's executor. */
@ApplicationScoped
public class LaterBean {
    /** In the LRA of the thread that has called this method. */
    @Asynchronous
    public CompletionStage<String> book(URI rooms) {
        return CompletableFuture.completedFuture(Caller.now(rooms));
    }
}
