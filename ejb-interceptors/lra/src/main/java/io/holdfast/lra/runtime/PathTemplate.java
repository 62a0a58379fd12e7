package io.holdfast.lra.runtime;

import java.util.Map;

/** Puts values into the templates of a {@code @Path}, whose regular expressions may have braces of their own. */
final class PathTemplate {
    private PathTemplate() {}

    /**
     * Fills a path.
     *
     * @param values encoded, by name
     * @throws IllegalArgumentException if there is no value for a template
     */
    static String fill(String path, Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', at)) {
            int close = endOf(path, open);
            String name = path.substring(open + 1, close).split(":", 2)[0].strip();
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("The request has no value for {" + name + "} of " + path);
            }
            filled.append(path, at, open).append(value.replace(",", "%2C").replace(";", "%3B"));
            at = close + 1;
        }
        return filled.append(path, at, path.length()).toString();
    }

    private static int endOf(String path, int open) {
        int depth = 0;
        for (int i = open; i < path.length(); i++) {
            if (path.charAt(i) == '{') {
                depth++;
            } else if (path.charAt(i) == '}') {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
        }
        throw new IllegalArgumentException("A brace is not closed in " + path);
    }
}
