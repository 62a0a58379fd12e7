package io.holdfast.dubbo;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Counts its calls. */
final class HotelService implements Hotel {
    private final AtomicInteger calls = new AtomicInteger();
    private final Supplier<Hotel> other;

    HotelService(Supplier<Hotel> other) {
        this.other = other;
    }

    int calls() {
        return calls.get();
    }

    @Override
    public String book() {
        calls.incrementAndGet();
        return ThreadContext.active().map(ActiveLra::id).orElse(NO_LRA);
    }

    @Override
    public CompletableFuture<String> bookLater() {
        String lra = book();
        return CompletableFuture.supplyAsync(() ->
                lra + ", then " + ThreadContext.active().map(ActiveLra::id).orElse(NO_LRA));
    }

    @Override
    public String bookElsewhere() {
        try {
            return ThreadContext.callIn(Optional.empty(), () -> other.get().book());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
