package io.holdfast.coordinator.messages;

import java.lang.System.Logger.Level;
import java.util.Locale;

/** What the coordinator writes into the log. An id is never used again for something else; docs/messages.md lists them. */
public enum CoordinatorMessage {
    STARTED(
            1,
            Level.INFO,
            "The LRA coordinator is ready: node {0}, log in {1}, callbacks allowed to {2}",
            "Nothing. Check that the log directory survives a new installation and is backed by a durable disk."),
    STOPPED(2, Level.INFO, "The LRA coordinator has stopped; its log in {0} stays", "Nothing."),
    NOT_STARTED(
            3,
            Level.ERROR,
            "The LRA coordinator cannot start: {0}",
            "Correct what the text names (a property and its bounds, or the log directory) and deploy again. Nothing was changed."),
    BASE_URL_FROM_REQUEST(
            4,
            Level.INFO,
            "holdfast.coordinator.base.url is not set: LRA ids take their host from the request when it is one of {0}",
            "Set holdfast.coordinator.base.url when the coordinator is called from other machines."),
    REQUEST_FAILED(
            5,
            Level.ERROR,
            "The request {0} was answered {1}: {2}",
            "Read the stack trace; the caller has got the status 500 or 503 and does not know whether its request was done."),
    PROGRESS_ADDRESS_IGNORED(
            6,
            Level.WARNING,
            "A participant's Location '{0}' is not an allowed address and is ignored (LRA {1}); its status address is asked instead",
            "Widen holdfast.coordinator.callback.hosts when the host is yours, else look at the participant."),
    WATCH_FAILED(
            8,
            Level.ERROR,
            "The end of the LRA {0} cannot be waited for: {1}",
            "Who closed or cancelled it is answered Closing or Cancelling; the LRA itself is not affected."),
    CALLBACK_CONNECTION_FAILED(
            9,
            Level.WARNING,
            "A connection to a participant failed unexpectedly: {0}",
            "The call is repeated. Report it with its stack trace when it comes again."),
    OPERATOR_ACTED(
            10,
            Level.WARNING,
            "The operator {0} has told the coordinator to {1}: {2}",
            "Nothing, if it was meant. It is also noted in operators.txt in the log directory."),
    ALARM_NOT_SENT(
            11,
            Level.WARNING,
            "An alarm could not be sent to {0} ({1}): {2}",
            "See that holdfast.coordinator.alarm.url is right and answers with 2xx. The alarm is also in the log and in the MBean's counts."),
    BEAN_NOT_REGISTERED(
            12,
            Level.WARNING,
            "The MBean {0} could not be registered or taken out ({1}); the coordinator runs without it",
            "See why the server's MBean server refuses it; deploy the coordinator again to try again.");

    private static final System.Logger LOG = System.getLogger("io.holdfast.coordinator");

    private final String id;
    private final Level level;
    private final String text;
    private final String action;

    CoordinatorMessage(int number, Level level, String text, String action) {
        this.id = String.format(Locale.ROOT, "HFLRA%03d", number);
        this.level = level;
        this.text = text;
        this.action = action;
    }

    public String id() {
        return id;
    }

    public Level level() {
        return level;
    }

    /** The text, with {@code {0}}, {@code {1}} ... for the arguments. */
    public String text() {
        return text;
    }

    /** What the reader should do. */
    public String action() {
        return action;
    }

    /** The whole line. */
    public String line(Object... arguments) {
        String line = text;
        for (int i = 0; i < arguments.length; i++) {
            line = line.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return id + " " + line;
    }

    public void log(Object... arguments) {
        if (LOG.isLoggable(level)) {
            LOG.log(level, line(arguments));
        }
    }

    /** Logs it with a stack trace. */
    public void log(Throwable failure, Object... arguments) {
        LOG.log(level, line(arguments), failure);
    }
}
