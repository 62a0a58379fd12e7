package io.holdfast.lra.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a coordinator.
 *
 * @param target path and query below the coordinator's address
 * @param body null for none
 */
record Call(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body) {
    private static final String API_VERSION = "1.2";

    static Call of(String method, String target) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.API_VERSION, API_VERSION);
        headers.put("Accept", "text/plain");
        return new Call(method, target, headers, null);
    }

    Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, target, more, body);
    }

    Call withBody(String text) {
        return new Call(method, target, headers, text);
    }

    /** Whether doing it twice is the same as doing it once. */
    boolean isIdempotent() {
        return !method.equals("POST");
    }

    /** For messages: nothing of the query. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + (query < 0 ? target : target.substring(0, query));
    }
}
