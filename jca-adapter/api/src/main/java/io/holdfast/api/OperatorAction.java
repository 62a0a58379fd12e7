package io.holdfast.api;

/**
 * What an operator did, as it was noted before it was done; in one line each, without control characters. What a crash has cut off is empty.
 *
 * @param time in ISO 8601
 * @param operator who did it
 * @param action what was done, to which branch
 * @param reason why, as the operator said
 */
public record OperatorAction(String time, String operator, String action, String reason) {}
