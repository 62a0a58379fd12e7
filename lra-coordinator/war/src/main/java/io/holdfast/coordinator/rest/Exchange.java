package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.CoordinatorDeployment;
import io.holdfast.coordinator.Lras;
import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.lra.LraStatus;
import jakarta.json.Json;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request and the form of its answer: text, or JSON when the client accepts that and no text (clients that list both need the
 * text form's headers). What is read from the request is read before the work goes on in another thread, where a server may have no
 * request any more. Confined to one request.
 */
final class Exchange {
    /** A log that takes longer hangs. */
    private static final Duration LOG_PATIENCE = Duration.ofSeconds(30);

    private static final MediaType TEXT = MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8");

    /** Participants that are near and quick answer within it. */
    private static final Duration PATIENCE = Duration.ofMillis(20);

    /** How many requests' threads may wait for participants at one time; one in this server needs another, and Payara has five at first. */
    private static final Semaphore PATIENT = new Semaphore(4);

    private final HttpHeaders headers;
    private final boolean json;
    private final boolean knowsAccepted;
    private final boolean showsToken;
    private final String method;
    private final String path;
    private final ServletContext context;
    private final UriInfo uri;

    Exchange(ServletContext context, HttpHeaders headers, UriInfo uri, Request request) {
        this.context = context;
        this.headers = headers;
        this.uri = uri;
        this.json = wantsJson(headers.getAcceptableMediaTypes());
        this.knowsAccepted = ApiVersionFilter.knowsAccepted(headers.getHeaderString(Headers.API_VERSION));
        this.showsToken = headers.getHeaderString(Headers.OWNER) != null;
        this.method = request.getMethod();
        this.path = uri.getPath();
    }

    Lras lras() {
        return CoordinatorDeployment.in(context).lras();
    }

    /** What the ids of LRAs begin with that this request starts. */
    String baseUrl() {
        return CoordinatorDeployment.in(context).baseUrl().forRequest(uri.getBaseUri());
    }

    @Nullable
    String header(String name) {
        return headers.getHeaderString(name);
    }

    /** The header's lines as one list. */
    Optional<String> list(String name) {
        List<String> lines = headers.getRequestHeader(name);
        return lines == null || lines.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(",", lines)).filter(value -> !value.isBlank());
    }

    Optional<String> owner() {
        return Bounds.owner(header(Headers.OWNER));
    }

    /** Whether the client knows that an end that is under way is answered 202. */
    boolean knowsAccepted() {
        return knowsAccepted;
    }

    /** Whether the client speaks as an owner. */
    boolean showsToken() {
        return showsToken;
    }

    boolean isJson() {
        return json;
    }

    /** An answer whose text form is the value and whose JSON form is an object with the value under the name. */
    ResponseBuilder reply(int status, String name, String value) {
        return json
                ? Response.status(status)
                        .entity(Json.createObjectBuilder()
                                .add(name, value)
                                .build()
                                .toString())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                : Response.status(status).entity(value).type(TEXT);
    }

    ResponseBuilder reply(int status, LraStatus value) {
        return reply(status, "status", value.word());
    }

    /**
     * Does work that waits for the log and nobody else, and answers in the request's own thread: handing the request over to another
     * would cost more than the wait.
     */
    Response answer(Supplier<CompletableFuture<Response>> work) {
        try {
            return started(work).get(LOG_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            return Failures.toResponse(failure, this);
        } catch (TimeoutException silent) {
            return Failures.toResponse(new LogSilentException(LOG_PATIENCE), this);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Failures.toResponse(new LogSilentException(LOG_PATIENCE), this);
        }
    }

    /**
     * Does work that waits for participants, who may be slow. A few requests' threads wait a little, since most participants are quick
     * and handing a request over costs more than that wait; beyond it no thread waits, and the answer is written in a thread that
     * neither the log nor a participant needs.
     */
    CompletionStage<Response> answerLater(Supplier<CompletableFuture<Response>> work) {
        CompletableFuture<Response> answer = started(work).exceptionally(failure -> Failures.toResponse(failure, this));
        return isSoon(answer)
                ? answer
                : answer.thenApplyAsync(Function.identity(), CoordinatorDeployment.answering(context));
    }

    private static boolean isSoon(CompletableFuture<Response> answer) {
        if (answer.isDone() || !PATIENT.tryAcquire()) {
            return answer.isDone();
        }
        try {
            answer.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException slow) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException failure) {
            return true;
        } finally {
            PATIENT.release();
        }
    }

    private static CompletableFuture<Response> started(Supplier<CompletableFuture<Response>> work) {
        try {
            return work.get();
        } catch (WebApplicationException byTheServer) {
            throw byTheServer;
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public String toString() {
        return method + " " + Bounds.shown(path.startsWith("/") ? path.substring(1) : path);
    }

    private static boolean wantsJson(List<MediaType> accepted) {
        boolean text = accepted.stream().anyMatch(type -> type.isCompatible(MediaType.TEXT_PLAIN_TYPE));
        return !text && accepted.stream().anyMatch(type -> type.isCompatible(MediaType.APPLICATION_JSON_TYPE));
    }
}
