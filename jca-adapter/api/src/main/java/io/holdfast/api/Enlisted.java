package io.holdfast.api;

/**
 * A participant as the adapter knows it: both ids are in every call to it.
 *
 * @param transaction the adapter's id of the transaction, the same for all participants of a JTA transaction
 * @param participant unique, also over restarts
 */
public record Enlisted(String transaction, String participant) {
    private static final char BETWEEN = ':';

    /** Both in one text, for addresses: {@code transaction:participant}. */
    public String text() {
        return transaction + BETWEEN + participant;
    }

    /**
     * Reads what {@link #text()} has written.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Enlisted parse(String text) {
        int between = text.indexOf(BETWEEN);
        if (between < 1 || between == text.length() - 1 || text.indexOf(BETWEEN, between + 1) >= 0) {
            throw new IllegalArgumentException("Not transaction:participant: '" + text + "'");
        }
        return new Enlisted(text.substring(0, between), text.substring(between + 1));
    }
}
