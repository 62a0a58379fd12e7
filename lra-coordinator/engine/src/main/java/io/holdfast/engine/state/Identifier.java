package io.holdfast.engine.state;

import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An id that can stand in a URL and in a file without escapes. Those that this engine makes, 32 hexadecimal digits, are kept as two
 * numbers, since there are three of them in memory for an LRA with two participants. Immutable.
 */
public abstract sealed class Identifier permits TransactionId, ParticipantId {
    private static final int MAX_LENGTH = 64;
    private static final int HEX_DIGITS_OF_LONG = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final long high;
    private final long low;
    /** Null when the two numbers say all. */
    private final @Nullable String other;

    Identifier(String what, String value) {
        check(what, value);
        if (isPlainHex(value)) {
            high = HexFormat.fromHexDigitsToLong(value, 0, HEX_DIGITS_OF_LONG);
            low = HexFormat.fromHexDigitsToLong(value, HEX_DIGITS_OF_LONG, 2 * HEX_DIGITS_OF_LONG);
            other = null;
        } else {
            high = 0;
            low = 0;
            other = value;
        }
    }

    Identifier(long high, long low) {
        this.high = high;
        this.low = low;
        this.other = null;
    }

    private static boolean isPlainHex(String value) {
        if (value.length() != 2 * HEX_DIGITS_OF_LONG) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    private static void check(String what, String value) {
        boolean right = !value.isEmpty() && value.length() <= MAX_LENGTH;
        for (int i = 0; right && i < value.length(); i++) {
            right = allowed(value.charAt(i));
        }
        if (!right) {
            throw new IllegalArgumentException("A " + what + " has 1 to " + MAX_LENGTH
                    + " characters of A-Z a-z 0-9 _ -, not '" + abbreviate(value) + "'");
        }
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static String abbreviate(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "... (" + value.length() + " characters)";
    }

    public String value() {
        return other == null ? HEX.toHexDigits(high) + HEX.toHexDigits(low) : other;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Identifier that
                && getClass() == that.getClass()
                && high == that.high
                && low == that.low
                && Objects.equals(other, that.other);
    }

    @Override
    public int hashCode() {
        return other == null ? Long.hashCode(high ^ low) : other.hashCode();
    }

    @Override
    public String toString() {
        return value();
    }
}
