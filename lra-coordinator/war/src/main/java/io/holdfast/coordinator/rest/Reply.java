package io.holdfast.coordinator.rest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered. Immutable.
 *
 * @param type of the body; null for an answer without one
 */
record Reply(int status, @Nullable String type, String body, List<Header> headers) {
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final String JSON = "application/json";

    /** One line of the answer's head. */
    record Header(String name, String value) {}

    static Reply text(int status, String body) {
        return new Reply(status, TEXT, body, List.of());
    }

    static Reply json(int status, String body) {
        return new Reply(status, JSON, body, List.of());
    }

    static Reply noContent() {
        return new Reply(204, null, "", List.of());
    }

    Reply with(Header... more) {
        return new Reply(
                status,
                type,
                body,
                headers.isEmpty()
                        ? List.of(more)
                        : Stream.concat(headers.stream(), Arrays.stream(more)).toList());
    }

    Reply with(String name, String value) {
        return with(new Header(name, value));
    }
}
