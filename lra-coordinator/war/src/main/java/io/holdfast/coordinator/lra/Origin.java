package io.holdfast.coordinator.lra;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the start of an LRA, so that its id stays the same under whatever name the coordinator is called later.
 *
 * @param base the coordinator's base URL that its starter used
 * @param parent the id of the LRA that it was started in, null for a top-level one
 * @param clientId what the starter called itself
 */
public record Origin(String base, @Nullable String parent, String clientId) {
    private static final char SEPARATOR = '\n';
    private static final char BEFORE_PARENT = ' ';

    public Origin {
        checkNoBlanks(base);
        if (parent != null) {
            checkNoBlanks(parent);
        }
    }

    private static void checkNoBlanks(String url) {
        if (url.indexOf(SEPARATOR) >= 0 || url.indexOf(BEFORE_PARENT) >= 0) {
            throw new IllegalArgumentException("A URL has no blanks and line breaks: " + url);
        }
    }

    /** Reads what {@link #toText()} wrote. */
    public static Origin parse(String text) {
        int end = text.indexOf(SEPARATOR);
        String line = text.substring(0, end);
        String clientId = text.substring(end + 1);
        int blank = line.indexOf(BEFORE_PARENT);
        return blank < 0
                ? new Origin(line, null, clientId)
                : new Origin(line.substring(0, blank), line.substring(blank + 1), clientId);
    }

    public String toText() {
        return base + (parent == null ? "" : BEFORE_PARENT + parent) + SEPARATOR + clientId;
    }
}
