package io.holdfast.engine.message;

import java.util.Locale;

/** The numbered messages of the engine; numbers are never reused, and docs/messages.md lists them. */
public enum EngineMessage {
    LOG_TAIL_CUT(1, "The log in {0} ended in the middle of a write, as after a crash: {1} bytes of {2} were cut off"),
    LOG_FAILED(
            2,
            "Writing to the log in {0} failed; this node takes no more work until it is restarted on a working disk"),
    LOG_IN_USE(3, "The log directory {0} is in use by {1}"),
    LOG_NOT_WRITABLE(4, "The log directory {0} cannot be written: {1}"),
    LOG_DAMAGED(
            5,
            "The log file {0} in {1} is damaged at byte {2}, and records stand behind the damage; nothing was changed"),
    LOG_NEWER(6, "The log file {0} in {1} has format {2}, which is newer than {3}, the newest this release reads"),
    CHECKPOINT_FAILED(7, "A checkpoint of the log in {0} failed and will be tried again; nothing is lost"),
    COMMAND_FAILED(8, "Transaction {0} could not take {1}"),
    PARTICIPANT_UNREACHABLE(
            9, "Participant {0} of transaction {1} gave no answer to {2} ({3}); it is told again until it answers"),
    PARTICIPANT_REFUSED(10, "Participant {0} of transaction {1} refused to {2}: {3}; a person has to look at it"),
    LOG_INCONSISTENT(11, "The log in {0} has events of transaction {1} without its start; no record was dropped"),
    ENDPOINT_SILENT(
            12,
            "The endpoint {0} has given no answer {1} times in a row ({2}); one call at a time probes it, and the others wait"),
    ENDPOINT_ANSWERS(13, "The endpoint {0} answers again; {1} calls that waited for it go out"),
    LOG_INCOMPLETE(14, "The log in {0} lacks {1}; nothing was changed"),
    PARTICIPANT_OVERDUE(
            15,
            "Participant {0} of transaction {1} has not done what it is told ({2}) in {3} attempts, the last one: {4}; it is told again"
                    + " until it does, or until a person resolves it"),
    CONFIRM_TURNED_ROUND(
            16,
            "Participant {0} of transaction {1} refused to confirm ({2}) before any other had confirmed; all of them are cancelled");

    private static final String PREFIX = "HFENG";

    private final int number;
    private final String pattern;

    EngineMessage(int number, String pattern) {
        this.number = number;
        this.pattern = pattern;
    }

    /** The id under which docs/messages.md explains it. */
    public String id() {
        return String.format(Locale.ROOT, "%s%03d", PREFIX, number);
    }

    public String pattern() {
        return pattern;
    }

    /** The id and the text with the arguments put in. */
    public String text(Object... arguments) {
        String text = pattern;
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return id() + " " + text;
    }
}
