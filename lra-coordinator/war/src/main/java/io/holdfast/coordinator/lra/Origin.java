package io.holdfast.coordinator.lra;

/**
 * What is remembered of the start of an LRA, so that its id stays the same under whatever name the coordinator is called later.
 *
 * @param base the coordinator's base URL that its starter used
 * @param clientId what the starter called itself
 */
public record Origin(String base, String clientId) {
    private static final char SEPARATOR = '\n';

    public Origin {
        if (base.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("A base URL has no line break: " + base);
        }
    }

    /** Reads what {@link #toText()} wrote. */
    public static Origin parse(String text) {
        int end = text.indexOf(SEPARATOR);
        return new Origin(text.substring(0, end), text.substring(end + 1));
    }

    public String toText() {
        return base + SEPARATOR + clientId;
    }
}
