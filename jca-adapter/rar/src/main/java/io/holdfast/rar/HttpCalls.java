package io.holdfast.rar;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls HTTP participants; follows no redirects and reads no more than the beginning of an answer. Never blocks. Thread-safe. */
final class HttpCalls {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

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
        return http.sendAsync(request.build(), info -> new Beginning())
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(response -> new Reply(
                        response.statusCode(),
                        response.body(),
                        response.headers().firstValue("Location")));
    }

    /** Keeps the beginning of a body and breaks the connection off at the rest. */
    private static final class Beginning implements HttpResponse.BodySubscriber<String> {
        private static final int MAX_BYTES = 1024;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<String> body = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] kept = new byte[Math.min(buffer.remaining(), MAX_BYTES - bytes.size())];
                buffer.get(kept);
                bytes.writeBytes(kept);
            }
            if (bytes.size() == MAX_BYTES && subscription != null) {
                subscription.cancel();
                onComplete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            String text = bytes.toString(StandardCharsets.UTF_8).strip();
            boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
            body.complete(quoted ? text.substring(1, text.length() - 1) : text);
        }
    }
}
