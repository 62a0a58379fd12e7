package io.holdfast.lra.client;

import java.util.regex.Pattern;

/** Foreign text, fit for a message. */
final class Shown {
    private static final int SHOWN_CHARACTERS = 100;
    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");

    private Shown() {}

    /** The beginning of a value without control characters. */
    static String head(String value) {
        String head = value.length() <= SHOWN_CHARACTERS
                ? value
                : value.substring(0, SHOWN_CHARACTERS) + "... (" + value.length() + " characters)";
        return CONTROL_CHARACTER.matcher(head).replaceAll("?");
    }
}
