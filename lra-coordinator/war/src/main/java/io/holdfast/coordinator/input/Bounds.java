package io.holdfast.coordinator.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long or large what comes from outside may be, and the checks of it. */
public final class Bounds {
    public static final int MAX_PORT = 65_535;
    public static final int MAX_LINK_CHARACTERS = 8_192;
    public static final int MAX_BODY_BYTES = 65_536;
    public static final int MAX_DATA_CHARACTERS = 65_536;
    public static final int MAX_CLIENT_ID_CHARACTERS = 2_048;
    public static final int MAX_OWNER_CHARACTERS = 256;
    public static final int MAX_LISTED = 10_000;
    /** The id of a nested LRA names all those around it, in a header. */
    public static final int MAX_PARENT_CHARACTERS = 2_048;
    /** A hundred years. */
    public static final long MAX_TIME_LIMIT_MILLIS = 3_155_760_000_000L;

    private static final int SHOWN_CHARACTERS = 100;
    private static final Pattern CONTROL_CHARACTER = Pattern.compile("\\p{Cntrl}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private Bounds() {}

    /** @return empty for no limit, which is what nothing and 0 mean */
    public static Optional<Duration> timeLimit(@Nullable String millis) {
        if (millis == null || millis.isBlank()) {
            return Optional.empty();
        }
        String digits = millis.strip();
        // Long.parseLong takes the digits of every script, and a sign.
        if (!DIGITS.matcher(digits).matches()) {
            throw badTimeLimit(millis);
        }
        long value = Long.parseLong(digits);
        if (value > MAX_TIME_LIMIT_MILLIS) {
            throw badTimeLimit(millis);
        }
        return value == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(value));
    }

    private static InvalidInputException badTimeLimit(String millis) {
        return new InvalidInputException("TimeLimit must be 0 (none) to " + MAX_TIME_LIMIT_MILLIS
                + " milliseconds, not '" + shown(millis) + "'");
    }

    /** The value itself when it is not longer than the bound. */
    public static String atMost(int characters, String what, @Nullable String value) {
        if (value == null) {
            return "";
        }
        if (value.length() > characters) {
            throw new InvalidInputException(what + " has " + value.length() + " characters, more than the " + characters
                    + " that are allowed: '" + shown(value) + "'");
        }
        return value;
    }

    public static String clientId(@Nullable String value) {
        return atMost(MAX_CLIENT_ID_CHARACTERS, "ClientID", value);
    }

    /** The id of an LRA that another is nested in. */
    public static String parentId(String id) {
        return atMost(MAX_PARENT_CHARACTERS, "The id of the parent, which names all LRAs around it,", id);
    }

    /** @return empty when there is none */
    public static Optional<String> owner(@Nullable String value) {
        if (value == null) {
            return Optional.empty();
        }
        String token = atMost(MAX_OWNER_CHARACTERS, "Holdfast-Owner", value);
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new InvalidInputException("Holdfast-Owner has 1 to " + MAX_OWNER_CHARACTERS
                    + " visible ASCII characters without blanks, not '" + shown(token) + "'");
        }
        return Optional.of(token);
    }

    /** Data of a participant, which are given back to it in a header. */
    public static String participantData(@Nullable String value) {
        String data = atMost(MAX_DATA_CHARACTERS, "The participant's data", value);
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            if (c != '\t' && (c < ' ' || c == 127 || c > 255)) {
                throw new InvalidInputException(String.format(
                        Locale.ROOT,
                        "The participant's data are given back in a header, which cannot hold the character U+%04X at"
                                + " position %d",
                        (int) c,
                        i));
            }
        }
        return data;
    }

    /** Reads a body as UTF-8. One that breaks off, or that the server finds too large, is as bad as any other. */
    public static String body(@Nullable InputStream body) {
        if (body == null) {
            return "";
        }
        try {
            var bytes = new ByteArrayOutputStream();
            bytes.write(body.readNBytes(MAX_BODY_BYTES + 1));
            if (bytes.size() > MAX_BODY_BYTES) {
                throw new InvalidInputException(
                        "The body has more than the " + MAX_BODY_BYTES + " bytes that are allowed");
            }
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw brokenBody(broken);
        }
    }

    /** What a body is that cannot be read. */
    public static InvalidInputException brokenBody(IOException failure) {
        return new InvalidInputException("The body, of at most " + MAX_BODY_BYTES
                + " bytes, cannot be read to its end: " + shown(failure.toString()));
    }

    /** The beginning of a value, fit for a message: no control characters, not too long. */
    public static String shown(String value) {
        String head = value.length() <= SHOWN_CHARACTERS
                ? value
                : value.substring(0, SHOWN_CHARACTERS) + "... (" + value.length() + " characters)";
        return CONTROL_CHARACTER.matcher(head).replaceAll("?");
    }
}
