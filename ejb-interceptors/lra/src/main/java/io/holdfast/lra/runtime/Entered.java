package io.holdfast.lra.runtime;

/** Whether a method may run. */
public sealed interface Entered {
    record Runs(Invocation invocation) implements Entered {}

    /**
     * It must not.
     *
     * @param status for the caller
     * @param reason for the caller: a message's number, without what the log tells
     */
    record Refused(int status, String reason) implements Entered {}
}
