package io.holdfast.lra.client;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a coordinator answered.
 *
 * @param headers the first of each name, by the name in small letters
 * @param body as it came, within the bound
 */
record Answer(int status, Map<String, String> headers, String body) {
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
