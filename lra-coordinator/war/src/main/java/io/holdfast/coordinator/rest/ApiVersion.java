package io.holdfast.coordinator.rest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of the contract that every answer carries: the one that the client named, as Narayana does, else the default. */
final class ApiVersion {
    private static final String DEFAULT = "1.2";
    private static final Pattern FORM = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){0,3}");

    private ApiVersion() {}

    static String of(@Nullable String requested) {
        if (requested == null || requested.equals(DEFAULT)) {
            return DEFAULT;
        }
        return FORM.matcher(requested).matches() ? requested : DEFAULT;
    }

    /** Whether a client of that version knows that an end that is under way is answered 202, as from version 2.0. */
    static boolean knowsAccepted(String version) {
        int dot = version.indexOf('.');
        return Integer.parseInt(dot < 0 ? version : version.substring(0, dot)) >= 2;
    }
}
