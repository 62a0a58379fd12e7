package io.holdfast.engine.state;

/**
 * Gives equal texts as one object: the addresses and origins of most transactions are those of many others. Remembers a bounded number
 * of texts of bounded length. Thread-safe.
 */
public final class Texts {
    private static final int SLOTS = 1 << 10;
    private static final int MAX_LENGTH = 1_024;

    private final String[] known = new String[SLOTS];

    /** An equal text. Without a lock: who comes in between only gets an object of its own. */
    public String shared(String text) {
        if (text.isEmpty()) {
            return "";
        }
        if (text.length() > MAX_LENGTH) {
            return text;
        }
        int hash = text.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        String same = known[slot];
        if (text.equals(same)) {
            return same;
        }
        known[slot] = text;
        return text;
    }
}
