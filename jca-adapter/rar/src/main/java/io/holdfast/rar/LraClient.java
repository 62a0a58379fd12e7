package io.holdfast.rar;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to LRA coordinators: Narayana's REST contract and, with the owner's token, Holdfast's own additions. No method blocks; each
 * future completes within its time-out, exceptionally when there was no answer. Thread-safe.
 */
final class LraClient {
    static final String OWNER = "Holdfast-Owner";
    private static final String API_VERSION = "Narayana-LRA-API-version";
    private static final String API_VERSION_VALUE = "1.2";
    private static final int CREATED = 201;
    /** Of an answer; a coordinator's whole ones are far below it. */
    private static final int MAX_BYTES = 64 * 1024;

    private final HttpClient http;

    LraClient(Executor executor, Duration connectTimeout) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(executor)
                .build();
    }

    /**
     * Starts an LRA, nested in the intent's parent where there is one; a Holdfast coordinator answers with the same one when it is asked
     * again with the same token.
     *
     * @param clientId what the coordinator's lists show as the starter
     */
    CompletableFuture<LraAddress> start(LraAddress intent, String clientId, Duration limit, Duration timeout) {
        URI parent = intent.parent();
        String query = "/start?ClientID=" + encoded(clientId) + "&TimeLimit=" + limit.toMillis()
                + (parent == null ? "" : "&ParentLRA=" + encoded(parent.toString()));
        HttpRequest request = request(URI.create(intent.coordinator() + query), intent.token(), timeout)
                .header("Accept", "text/plain")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return send(request, timeout).thenApply(response -> {
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() != CREATED || location.isEmpty()) {
                throw new CompletionException(new NotStartedException(response, intent));
            }
            boolean ours = response.headers()
                    .firstValue(OWNER)
                    .filter(intent.token()::equals)
                    .isPresent();
            return intent.started(request.uri().resolve(location.get()), ours);
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @param verb hold, close, cancel or forget */
    CompletableFuture<Reply> put(URI lra, String verb, String token, Duration timeout) {
        HttpRequest request = request(below(lra, verb), token, timeout)
                .header("Accept", verb.equals("hold") ? "application/json" : "text/plain")
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        return send(request, timeout).thenApply(Reply::of);
    }

    CompletableFuture<Reply> status(URI lra, String token, Duration timeout) {
        HttpRequest request = request(below(lra, "status"), token, timeout)
                .header("Accept", "text/plain")
                .GET()
                .build();
        return send(request, timeout).thenApply(Reply::of);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest request, Duration timeout) {
        return http.sendAsync(request, info -> new BeginningOfBody(MAX_BYTES))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static HttpRequest.Builder request(URI address, String token, Duration timeout) {
        return HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header(OWNER, token)
                .header(API_VERSION, API_VERSION_VALUE);
    }

    private static URI below(URI lra, String verb) {
        String query = lra.getRawQuery();
        String path = lra.toString();
        if (query != null) {
            path = path.substring(0, path.indexOf('?'));
        }
        return URI.create(path + "/" + verb + (query == null ? "" : "?" + query));
    }

    /**
     * What was answered.
     *
     * @param code the HTTP status
     * @param fromCoordinator whether it carries the header that every answer of a coordinator carries; a server that has not deployed
     *     its coordinator yet answers 404 too, and that says nothing about the LRA
     */
    record Reply(int code, String body, boolean fromCoordinator) {
        private static final Set<Integer> UNKNOWN_LRA = Set.of(404, 410);
        private static final Set<Integer> REFUSALS = Set.of(403, 404, 409, 410, 412);
        private static final int NO_CONTENT = 204;
        private static final Pattern STATUS =
                Pattern.compile("\\b(Active|Closing|Closed|Cancelling|Cancelled|FailedToClose|FailedToCancel)\\b");

        static Reply of(HttpResponse<String> response) {
            return new Reply(response.statusCode(), response.body(), isFromCoordinator(response));
        }

        boolean isSuccess() {
            return code >= 200 && code < 300;
        }

        boolean isUnknownLra() {
            return fromCoordinator && UNKNOWN_LRA.contains(code);
        }

        /** Whether the coordinator refuses for good. */
        boolean isRefusal() {
            return fromCoordinator && REFUSALS.contains(code);
        }

        /** The status of the LRA that the body tells, as text or as JSON; nothing if it tells none. */
        Optional<String> status() {
            if (code == NO_CONTENT) {
                return Optional.of("Active");
            }
            Matcher matcher = STATUS.matcher(body);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        /** A number of a JSON object, or null when it is not there. */
        @Nullable
        Long number(String name) {
            Matcher matcher =
                    Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d{1,9})\\b").matcher(body);
            return matcher.find() ? Long.valueOf(matcher.group(1)) : null;
        }

        String describe() {
            return code + status().map(" "::concat).orElse("") + (fromCoordinator ? "" : " (not a coordinator)");
        }
    }

    private static boolean isFromCoordinator(HttpResponse<String> response) {
        return response.headers().firstValue(API_VERSION).isPresent();
    }

    /** The coordinator answered the start, but not with a new LRA. */
    static final class NotStartedException extends IOException {
        private static final int CLIENT_ERRORS = 400;
        private static final int SERVER_ERRORS = 500;
        private static final Set<Integer> NO_ACTIVE_PARENT = Set.of(404, 410, 412);
        private final int code;
        private final boolean withoutParent;

        NotStartedException(HttpResponse<String> response, LraAddress intent) {
            super("HTTP status " + response.statusCode()
                    + (intent.parent() == null ? "" : " to one nested in " + intent.parent()));
            this.code = response.statusCode();
            this.withoutParent =
                    intent.parent() != null && isFromCoordinator(response) && NO_ACTIVE_PARENT.contains(code);
        }

        /** Whether it was to be nested in one that is not active any more, so that it never will be. */
        boolean isWithoutParent() {
            return withoutParent;
        }

        /** Whether it is sure that there is no LRA. */
        boolean isRefusal() {
            return code >= CLIENT_ERRORS && code < SERVER_ERRORS;
        }
    }
}
