package io.holdfast.interceptors;

import io.holdfast.api.HoldfastConnection;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The LRA of a {@link GlobalTransaction} that is nested in the one that its caller is in.
 *
 * @param id of the nested one
 * @param parent the caller's
 */
record NestedLra(String id, String parent) {
    private static final String PARENT_IN_ID = "ParentLRA=";

    /** Starts it, or gives the one that the JTA transaction has in this parent. */
    static NestedLra start(Directory jndi, URI parent, Duration limit) {
        try (HoldfastConnection connection = ConnectionFactories.find(jndi).getConnection()) {
            URI lra = limit.isZero() ? connection.nestedLra(parent) : connection.nestedLra(parent, limit);
            return new NestedLra(lra.toString(), parent.toString());
        }
    }

    /** Whether who is in that LRA is around this one or in it. */
    boolean isReachedFrom(String lra) {
        return lra.equals(parent) || lra.equals(id);
    }

    /** The parent of any LRA, which its coordinator writes into the id; empty for a top-level one. */
    static Optional<String> parentIn(String lra) {
        int query = lra.indexOf('?');
        return query < 0
                ? Optional.empty()
                : Arrays.stream(lra.substring(query + 1).split("&", -1))
                        .filter(part -> part.startsWith(PARENT_IN_ID))
                        .map(part -> part.substring(PARENT_IN_ID.length()))
                        .flatMap(NestedLra::decoded)
                        .findFirst();
    }

    private static Stream<String> decoded(String text) {
        try {
            return Stream.of(URLDecoder.decode(text, StandardCharsets.UTF_8)).filter(parent -> !parent.isBlank());
        } catch (IllegalArgumentException notEncoded) {
            return Stream.empty();
        }
    }
}
