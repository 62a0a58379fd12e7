package io.holdfast.lra.runtime;

/**
 * What the caller is told after a method has answered.
 *
 * @param isReplaced whether the answer is to be replaced, since what the caller has to rely on is not so
 * @param reason for the caller, when it is
 */
public record Departure(int status, boolean isReplaced, String reason) {
    static Departure as(int status) {
        return new Departure(status, false, "");
    }
}
