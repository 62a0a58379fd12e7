package io.holdfast.api;

/**
 * What an operator asked for and was not refused, as it was noted before it was done; in one line each, without control characters. What a crash has cut
 * off is empty. It was done, unless the adapter or its disk failed then (HFRAR038), or something else, as the participant's answer, was faster in that
 * moment (HFRAR034): what became of the branch is told by the branch.
 *
 * @param time in ISO 8601
 * @param operator who asked for it
 * @param action what for, and for which branch
 * @param reason why, as the operator said
 */
public record OperatorAction(String time, String operator, String action, String reason) {}
