package io.holdfast.scenarios;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** HTTP with JSON bodies. Thread-safe. */
public final class JsonHttp {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(90);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** What a server answered. */
    public record Answer(String request, int status, HttpHeaders headers, String body) {
        public Optional<String> location() {
            return headers.firstValue("Location");
        }

        public boolean isSuccess() {
            return status / 100 == 2;
        }

        public boolean isClientError() {
            return status / 100 == 4;
        }

        /**
         * The body, when the answer is a success.
         *
         * @throws UnexpectedAnswer when it is none, or when the body is not JSON
         */
        public JsonStructure json() {
            if (!isSuccess()) {
                throw new UnexpectedAnswer(this);
            }
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.read();
            } catch (JsonParsingException e) {
                throw new UnexpectedAnswer(this, e);
            }
        }

        @Override
        public String toString() {
            return request + " -> " + status + " " + body;
        }
    }

    /** An answer that the harness did not expect where it stood. */
    public static final class UnexpectedAnswer extends RuntimeException {
        UnexpectedAnswer(Answer answer) {
            super(answer.toString());
        }

        UnexpectedAnswer(Answer answer, Throwable cause) {
            super(answer.toString(), cause);
        }
    }

    public Answer get(URI uri) {
        return send(request(uri).GET().build());
    }

    public Answer post(URI uri, JsonValue body) {
        return send(withJson(uri, "POST", body));
    }

    public CompletableFuture<Answer> postAsync(URI uri, JsonValue body) {
        HttpRequest request = withJson(uri, "POST", body);
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(response -> answer(request, response));
    }

    public Answer put(URI uri, JsonValue body) {
        return send(withJson(uri, "PUT", body));
    }

    /** A request without a JSON body, for the coordinator's contract. */
    public Answer send(String method, URI uri, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER).header("Accept", "application/json");
    }

    private static HttpRequest withJson(URI uri, String method, JsonValue body) {
        return request(uri)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build();
    }

    private Answer send(HttpRequest request) {
        try {
            return answer(request, client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + request.method() + " " + request.uri(), e);
        }
    }

    private static Answer answer(HttpRequest request, HttpResponse<String> response) {
        return new Answer(
                request.method() + " " + request.uri(), response.statusCode(), response.headers(), response.body());
    }
}
