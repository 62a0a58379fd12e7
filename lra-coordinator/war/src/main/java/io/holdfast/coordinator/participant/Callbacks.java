package io.holdfast.coordinator.participant;

import io.holdfast.engine.time.Timers;
import io.holdfast.engine.time.Timers.Cancellable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends requests to participants, without blocking. Follows no redirects. Thread-safe. */
public final class Callbacks {
    /**
     * What a participant answered.
     *
     * @param body its first characters, stripped
     */
    record Reply(int status, String body, Optional<String> location) {}

    private final HttpClient client;
    private final Timers timers;
    private final Duration timeout;

    /**
     * The client has threads of its own, since it waits in them for the names of hosts.
     *
     * @param timeout for the whole exchange, from connecting to the last byte of the answer
     */
    public Callbacks(Timers timers, Duration timeout) {
        this.timers = timers;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** Completes within the time-out, exceptionally when no answer came. */
    CompletableFuture<Reply> send(String method, URI target, Map<String, String> headers, String body) {
        HttpRequest request;
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(target)
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            headers.forEach(builder::setHeader);
            request = builder.build();
        } catch (IllegalArgumentException cannotBeSent) {
            return CompletableFuture.failedFuture(cannotBeSent);
        }
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(request, info -> new BoundedBody());
        Cancellable limit = timers.schedule(timeout, () -> exchange.cancel(true));
        return exchange.whenComplete((response, failure) -> limit.cancel())
                .thenApply(response -> new Reply(
                        response.statusCode(),
                        response.body().strip(),
                        response.headers().firstValue("Location")));
    }

    /** What the time-out is, for messages. */
    Duration timeout() {
        return timeout;
    }
}
