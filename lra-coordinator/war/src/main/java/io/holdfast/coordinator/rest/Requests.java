package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.RunningCoordinator;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.engine.time.Timers.Cancellable;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Answers requests as the rows of a table say, in the request's thread or later. */
final class Requests {
    /** Beyond what participants may take. A log that takes longer hangs. */
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(30);

    private Requests() {}

    static void serve(HttpServletRequest request, RunningCoordinator coordinator, Routes routes, Answer answer) {
        Exchange exchange;
        try {
            exchange = new Exchange(request, coordinator);
        } catch (InvalidInputException wrong) {
            answer.write(Reply.text(400, String.valueOf(wrong.getMessage())));
            return;
        }
        CompletableFuture<Reply> reply = begun(exchange, routes);
        if (reply.isDone()) {
            answer.write(replied(reply, exchange).join());
        } else {
            Duration patience = LOG_PATIENCE.plus(coordinator.endWait());
            Cancellable limit = coordinator
                    .timers()
                    .schedule(patience, () -> reply.completeExceptionally(new LogSilentException(patience)));
            answer.writeLater(request, replied(reply, exchange).whenComplete((done, failure) -> limit.cancel()));
        }
    }

    private static CompletableFuture<Reply> begun(Exchange exchange, Routes routes) {
        try {
            return routes.handle(exchange);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private static CompletableFuture<Reply> replied(CompletableFuture<Reply> reply, Exchange exchange) {
        return reply.exceptionally(failure -> Failures.toReply(failure, exchange));
    }
}
