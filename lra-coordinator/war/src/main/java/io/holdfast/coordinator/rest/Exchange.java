package io.holdfast.coordinator.rest;

import io.holdfast.coordinator.Lras;
import io.holdfast.coordinator.RunningCoordinator;
import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.coordinator.input.RequestHead;
import io.holdfast.coordinator.input.RequestTarget;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.coordinator.operations.Adapters;
import io.holdfast.coordinator.operations.Operations;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, and the form of its answer: text, or JSON when the client accepts that and no text (clients that list both need the
 * text form's headers). What the answer's form depends on is read at once, the rest before the work goes on in another thread.
 * Confined to one request.
 */
final class Exchange {
    private final HttpServletRequest request;
    private final RunningCoordinator coordinator;
    private final RequestTarget target;
    private final boolean json;
    private final boolean knowsAccepted;
    private final @Nullable String token;

    /** @throws InvalidInputException if the request's head cannot be read */
    Exchange(HttpServletRequest request, RunningCoordinator coordinator) {
        this.request = request;
        this.coordinator = coordinator;
        Collections.list(request.getHeaders("Content-Type")).forEach(RequestHead::checkContentType);
        json = wantsJson(Collections.list(request.getHeaders("Accept")));
        target = RequestTarget.parse(path(request), request.getQueryString());
        knowsAccepted = ApiVersion.knowsAccepted(ApiVersion.of(request.getHeader(Headers.API_VERSION)));
        token = request.getHeader(Headers.OWNER);
    }

    /** As it came, since the server's own decoding is lenient and differs from server to server. */
    private static String path(HttpServletRequest request) {
        String uri = request.getRequestURI();
        String contract = request.getContextPath() + request.getServletPath();
        if (!uri.startsWith(contract)) {
            throw new InvalidInputException("'" + Bounds.shown(uri) + "' does not begin with " + contract);
        }
        return uri.substring(contract.length());
    }

    private static boolean wantsJson(List<String> accepted) {
        List<String> types = accepted.stream()
                .flatMap(list -> RequestHead.mediaRanges(list).stream())
                .map(type -> type.toLowerCase(Locale.ROOT))
                .toList();
        return !types.isEmpty()
                && types.stream().noneMatch(type -> covers(type, "text", "plain"))
                && types.stream().anyMatch(type -> covers(type, "application", "json"));
    }

    private static boolean covers(String range, String type, String subtype) {
        return range.equals("*")
                || range.equals("*/*")
                || range.equals(type + "/*")
                || range.equals(type + "/" + subtype);
    }

    Lras lras() {
        return coordinator.lras();
    }

    Operations operations() {
        return coordinator.operations();
    }

    Adapters adapters() {
        return coordinator.adapters();
    }

    /** Whom the server has authenticated; null for nobody. */
    @Nullable
    String user() {
        Principal user = request.getUserPrincipal();
        return user == null ? null : user.getName();
    }

    /** Whether the body is said to be JSON. */
    boolean hasJson() {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).matches("application/json([ \t]*;.*)?");
    }

    /** What the ids of LRAs begin with that this request starts. */
    String baseUrl() {
        String url = request.getRequestURL().toString();
        String server = url.substring(0, url.length() - request.getRequestURI().length());
        return coordinator.baseUrl().forRequest(server + request.getContextPath() + request.getServletPath());
    }

    String method() {
        return request.getMethod();
    }

    /** The segments of the path below the contract's root. */
    List<String> path() {
        return target.path();
    }

    @Nullable
    String query(String name) {
        return target.query().get(name);
    }

    @Nullable
    String header(String name) {
        return request.getHeader(name);
    }

    /** The header's lines as one list. */
    Optional<String> list(String name) {
        List<String> lines = Collections.list(request.getHeaders(name));
        return Optional.of(lines.size() == 1 ? lines.get(0) : String.join(",", lines))
                .filter(value -> !value.isBlank());
    }

    /** The whole body; the request's thread waits for it. */
    String body() {
        if (request.getContentLengthLong() == 0) {
            return "";
        }
        try {
            return Bounds.body(request.getInputStream());
        } catch (IOException broken) {
            throw Bounds.brokenBody(broken);
        }
    }

    Optional<String> owner() {
        return Bounds.owner(token);
    }

    /** Whether the client knows that an end that is under way is answered 202. */
    boolean knowsAccepted() {
        return knowsAccepted;
    }

    /** Whether the client speaks as an owner. */
    boolean showsToken() {
        return token != null;
    }

    boolean isJson() {
        return json;
    }

    /** An answer whose text form is the value and whose JSON form is an object with the value under the name. */
    Reply reply(int status, String name, String value) {
        return json
                ? Reply.json(
                        status,
                        Json.createObjectBuilder().add(name, value).build().toString())
                : Reply.text(status, value);
    }

    Reply reply(int status, LraStatus value) {
        return reply(status, "status", value.word());
    }

    @Override
    public String toString() {
        return request.getMethod() + " " + Bounds.shown(String.join("/", target.path()));
    }
}
