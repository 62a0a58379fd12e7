package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Who wants something, and why.
 *
 * @param operator the name that the server has authenticated, 1 to 200 characters
 * @param reason as the operator said, 1 to 4000 characters
 */
public record Order(String operator, String reason) {
    static final int MAX_OPERATOR_CHARACTERS = 200;
    static final int MAX_REASON_CHARACTERS = 4_000;

    /** @throws InvalidInputException if one is missing or too long */
    public static Order of(@Nullable String operator, @Nullable String reason) {
        return new Order(
                given("The operator's name", operator, MAX_OPERATOR_CHARACTERS),
                given("The reason", reason, MAX_REASON_CHARACTERS));
    }

    private static String given(String what, @Nullable String value, int max) {
        String text = Bounds.atMost(max, what, value);
        if (text.isBlank()) {
            throw new InvalidInputException(what + " must have 1 to " + max + " characters, not '" + text + "'");
        }
        return text;
    }
}
