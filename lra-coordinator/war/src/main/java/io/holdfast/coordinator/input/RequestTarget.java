package io.holdfast.coordinator.input;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes, decoded. An encoded slash does not divide a path, and parameters behind a semicolon are no part of it.
 * Immutable.
 *
 * @param path its segments
 * @param query of parameters that are given more than once, the first
 */
public record RequestTarget(List<String> path, Map<String, String> query) {
    /**
     * @param path as it came, below where the contract begins
     * @param query as it came, null for none
     * @throws InvalidInputException if one of them is not UTF-8, URL-encoded
     */
    public static RequestTarget parse(String path, @Nullable String query) {
        RequestHead.checkEncoding(path);
        if (query == null || query.isEmpty()) {
            return new RequestTarget(segments(path), Map.of());
        }
        RequestHead.checkEncoding(query);
        return new RequestTarget(segments(path), parameters(query));
    }

    private static List<String> segments(String path) {
        int begin = path.startsWith("/") ? 1 : 0;
        int end = path.length() > begin && path.endsWith("/") ? path.length() - 1 : path.length();
        return begin == end
                ? List.of()
                : Arrays.stream(path.substring(begin, end).split("/", -1))
                        .map(RequestTarget::segment)
                        .toList();
    }

    private static String segment(String encoded) {
        int semicolon = encoded.indexOf(';');
        String text = semicolon < 0 ? encoded : encoded.substring(0, semicolon);
        // In a path a plus is a plus.
        return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String encoded) {
        return encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0
                ? encoded
                : URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
