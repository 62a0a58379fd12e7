package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.CoordinatorDeployment;
import io.holdfast.coordinator.RunningCoordinator;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.engine.time.Timers.Cancellable;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The REST contract below {@code /lra-coordinator/lra-coordinator}, where clients look by default. A servlet and not JAX-RS, see
 * docs/decisions/0008-a-servlet.md.
 */
@WebServlet(urlPatterns = "/lra-coordinator/*", asyncSupported = true)
public final class CoordinatorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Beyond what participants may take. A log that takes longer hangs. */
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(30);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        RunningCoordinator coordinator = CoordinatorDeployment.in(getServletContext());
        Answer answer = new Answer(response, ApiVersion.of(request.getHeader(Headers.API_VERSION)));
        Exchange exchange;
        try {
            exchange = new Exchange(request, coordinator);
        } catch (InvalidInputException wrong) {
            answer.write(Reply.text(400, String.valueOf(wrong.getMessage())));
            return;
        }
        CompletableFuture<Reply> reply = begun(exchange);
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

    private static CompletableFuture<Reply> begun(Exchange exchange) {
        try {
            return Routes.handle(exchange);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private static CompletableFuture<Reply> replied(CompletableFuture<Reply> reply, Exchange exchange) {
        return reply.exceptionally(failure -> Failures.toReply(failure, exchange));
    }
}
