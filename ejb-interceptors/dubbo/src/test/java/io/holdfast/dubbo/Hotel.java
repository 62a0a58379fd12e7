package io.holdfast.dubbo;

import java.util.concurrent.CompletableFuture;

/** A Dubbo service that tells in which LRA it works; public for Dubbo's proxies. */
public interface Hotel {
    String NO_LRA = "no LRA";

    String book();

    /** The same, answered later by another thread. */
    CompletableFuture<String> bookLater();

    /** What another hotel says that is called from outside of the LRA. */
    String bookElsewhere();
}
