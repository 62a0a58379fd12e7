package io.holdfast.engine.state;

/** The form that every id has, so that it can stand in a URL and in a file without escapes. */
final class Identifiers {
    private static final int MAX_LENGTH = 64;

    private Identifiers() {}

    static void check(String what, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(Identifiers::allowed)) {
            throw new IllegalArgumentException("A " + what + " has 1 to " + MAX_LENGTH
                    + " characters of A-Z a-z 0-9 _ -, not '" + abbreviate(value) + "'");
        }
    }

    private static boolean allowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static String abbreviate(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "... (" + value.length() + " characters)";
    }
}
