package io.holdfast.sample.common;

import io.holdfast.sample.common.RefusedException.Reason;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON object that somebody sent; every wrong value is a refusal that names it. */
public final class RequestBody {
    private static final int LONGEST = 10_000;
    private static final int LONGEST_ECHO = 80;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final JsonObject object;

    private RequestBody(JsonObject object) {
        this.object = object;
    }

    public static RequestBody parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new RefusedException(Reason.INVALID, "The body is empty; it must be a JSON object");
        }
        if (text.length() > LONGEST) {
            throw new RefusedException(
                    Reason.INVALID, "The body has " + text.length() + " characters; allowed are " + LONGEST);
        }
        JsonReader reader = Json.createReader(new StringReader(text));
        try (reader) {
            return new RequestBody(reader.readObject());
        } catch (JsonException | IllegalStateException e) {
            throw new RefusedException(Reason.INVALID, "The body is not a JSON object: '" + shortened(text) + "'", e);
        }
    }

    /** An id of the sample: letters, digits, dot, dash and underline, at most 64, the first a letter or digit. */
    public static String id(String what, String value) {
        if (!ID.matcher(value).matches()) {
            throw new RefusedException(
                    Reason.INVALID,
                    what + " '" + shortened(value)
                            + "' must be 1 to 64 letters, digits, dots, dashes or underlines and start with a letter or digit");
        }
        return value;
    }

    public String id(String field) {
        return id(field, text(field).orElseThrow(() -> missing(field)));
    }

    public Optional<String> optionalId(String field) {
        return text(field).map(value -> id(field, value));
    }

    public BigDecimal amount(String field) {
        JsonValue value = value(field).orElseThrow(() -> missing(field));
        if (value instanceof JsonString string) {
            return Money.amount(string.getString());
        }
        if (value instanceof JsonNumber number) {
            return Money.amount(number.toString());
        }
        throw wrong(field, value, "must be a number or a text with one");
    }

    public Optional<String> text(String field) {
        return value(field).map(value -> {
            if (value instanceof JsonString string) {
                return string.getString();
            }
            throw wrong(field, value, "must be a text");
        });
    }

    public boolean flag(String field) {
        return value(field)
                .map(value -> {
                    if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
                        return value == JsonValue.TRUE;
                    }
                    throw wrong(field, value, "must be true or false");
                })
                .orElse(false);
    }

    public Optional<Long> wholeNumber(String field, long least, long most) {
        return value(field).map(value -> {
            if (value instanceof JsonNumber number && within(number.bigDecimalValue(), least, most)) {
                try {
                    return number.bigDecimalValue().longValueExact();
                } catch (ArithmeticException e) {
                    throw wrong(field, value, "must be a whole number");
                }
            }
            throw wrong(field, value, "must be a whole number from " + least + " to " + most);
        });
    }

    /** From 0 to 1; 0 when it is missing. */
    public double probability(String field) {
        return value(field)
                .map(value -> {
                    if (value instanceof JsonNumber number && within(number.bigDecimalValue(), 0, 1)) {
                        return number.doubleValue();
                    }
                    throw wrong(field, value, "must be a number from 0 to 1");
                })
                .orElse(0.0);
    }

    private static boolean within(BigDecimal value, long least, long most) {
        return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private Optional<JsonValue> value(String field) {
        return Optional.ofNullable(object.get(field)).filter(value -> value != JsonValue.NULL);
    }

    private static RefusedException missing(String field) {
        return new RefusedException(Reason.INVALID, field + " is missing");
    }

    private static RefusedException wrong(String field, JsonValue value, String why) {
        return new RefusedException(Reason.INVALID, field + " " + shortened(value.toString()) + " " + why);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "...";
    }
}
