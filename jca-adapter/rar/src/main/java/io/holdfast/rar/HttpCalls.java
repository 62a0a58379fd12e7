package io.holdfast.rar;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Calls HTTP participants; follows no redirects and reads no more than the beginning of an answer. Never blocks. Thread-safe. */
final class HttpCalls {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1024;

    private final HttpClient http;

    HttpCalls(Executor executor, Duration connectTimeout) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(executor)
                .build();
    }

    /**
     * What was answered.
     *
     * @param body the beginning of it, without blanks and quotes around it
     */
    record Reply(int status, String body, Optional<String> location) {}

    /** The future fails when there was no whole answer within 10 seconds. */
    CompletableFuture<Reply> send(String method, URI address, Map<String, String> headers) {
        return send(method, address, headers, "");
    }

    /** @param body as UTF-8; none when it is empty */
    CompletableFuture<Reply> send(String method, URI address, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Accept", "text/plain, */*;q=0.1")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return http.sendAsync(request.build(), info -> new BeginningOfBody(MAX_BYTES))
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(response -> new Reply(
                        response.statusCode(),
                        unquoted(response.body()),
                        response.headers().firstValue("Location")));
    }

    private static String unquoted(String body) {
        String text = body.strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
