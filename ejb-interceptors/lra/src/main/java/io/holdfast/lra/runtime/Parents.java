package io.holdfast.lra.runtime;

import io.holdfast.lra.client.LraId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whose child an LRA is: its coordinator writes the parent's id into the query of a nested one's. */
final class Parents {
    private static final String PARAMETER = "ParentLRA=";
    private static final Pattern TWICE = Pattern.compile("(?i)^https?%3A(?:[^%]|%[0-9a-f]{2})*$");

    private Parents() {}

    static Optional<String> of(LraId lra) {
        String query = lra.uri().getRawQuery();
        return Stream.ofNullable(query)
                .flatMap(text -> Stream.of(text.split("&")))
                .filter(part -> part.startsWith(PARAMETER))
                .map(part -> decoded(part.substring(PARAMETER.length())))
                .filter(parent -> !parent.isBlank())
                .findFirst();
    }

    /** Some encode it twice. */
    private static String decoded(String text) {
        String once = URLDecoder.decode(text, StandardCharsets.UTF_8);
        return TWICE.matcher(once).find() ? URLDecoder.decode(once, StandardCharsets.UTF_8) : once;
    }
}
