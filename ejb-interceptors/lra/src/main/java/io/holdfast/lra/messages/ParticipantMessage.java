package io.holdfast.lra.messages;

import java.lang.System.Logger.Level;
import java.util.Locale;

/** What participants are told and what stands in the log. A number is never used again for something else; docs/messages.md lists them. */
public enum ParticipantMessage {
    NO_CALLBACK(
            1,
            Level.ERROR,
            "{0} runs in an LRA ({1}), but its class has neither a @Compensate nor an @AfterLRA method",
            "Give the class one of them, or the method the type NOT_SUPPORTED or NEVER, and deploy again."),
    SEVERAL_CALLBACKS(
            2,
            Level.WARNING,
            "{0} is called for @{1}; the other methods of the class with that annotation are not: {2}",
            "Take the annotation off the methods that are not to be called."),
    CALLBACK_NOT_PUBLIC(
            3,
            Level.ERROR,
            "{0} is @{1}, but it is not public, or static, so that it cannot be called on the bean",
            "Make it a public method of the instance and deploy again."),
    WRONG_VERB(
            4,
            Level.ERROR,
            "{0} is @{1}, which is called by {2}, but it answers to {3}",
            "Give it the HTTP method that the text names, or neither an HTTP method nor a @Path, and deploy again."),
    WRONG_RETURN_TYPE(
            5,
            Level.ERROR,
            "{0} is @{1} and no JAX-RS method, and returns {2}; allowed are {3}",
            "Change the return type and deploy again."),
    WRONG_PARAMETERS(
            6,
            Level.ERROR,
            "{0} is @{1} and no JAX-RS method, and takes ({2}); allowed are {3}",
            "Change the parameters and deploy again."),
    NO_ADDRESS(
            7,
            Level.WARNING,
            "{0} is @{1} and a JAX-RS method, but its class has no @Path, so that it has no address and is never called",
            "Nothing if the class is only there to be extended. In a subresource make the callback a method without JAX-RS annotations."),
    UNKNOWN_TEMPLATE(
            8,
            Level.ERROR,
            "{0} is @{1} and its @Path has '{2}', which the @Path of the class has not, so that nobody knows what to put there",
            "Take it out; the id of the LRA comes in the header Long-Running-Action. Then deploy again."),
    WRONG_TIME_LIMIT(
            9,
            Level.ERROR,
            "{0} is @LRA with timeLimit {1} {2}; allowed are 0 (none) to {3} milliseconds",
            "Correct the annotation and deploy again."),
    NOT_CONNECTED(
            10,
            Level.ERROR,
            "None of the coordinators {0} could be connected for {1}: {2}",
            "See that a coordinator runs there and can be reached from this server; nothing was done."),
    NO_ANSWER(
            11,
            Level.ERROR,
            "The coordinator {0} gave no answer to {1}: {2}; whether it was done is not known",
            "Look at the coordinator. An LRA that was started but whose id nobody knows is cancelled at its time limit."),
    REFUSED(
            12,
            Level.ERROR,
            "The coordinator {0} answered {1} with {2}: {3}",
            "The status and its text say why: with 412 the LRA is ending or has ended; without a text it may be another server."),
    UNKNOWN_LRA(
            13,
            Level.ERROR,
            "The coordinator {0} does not know the LRA {1} (answer {2}): it never was, or it has ended",
            "Nothing, if it has ended; else see that the caller sends the id that it was given."),
    UNTRUSTED_COORDINATOR(
            14,
            Level.ERROR,
            "The LRA {0} is at {1}, which is not called; trusted are {2}",
            "Add the address to the trusted ones if the coordinator is yours; else somebody sends ids of a strange one."),
    MALFORMED_ANSWER(
            15,
            Level.ERROR,
            "The coordinator {0} answered {1} with {2}; whether it was done is not known",
            "See that the address is a coordinator's and that nothing between changes its answers."),
    INVALID_LRA_ID(
            16,
            Level.ERROR,
            "'{0}' is not the id of an LRA: {1}",
            "See what the caller sends in the header Long-Running-Action."),
    BAD_PROPERTY(
            17,
            Level.ERROR,
            "{0} must be {1}, not '{2}'",
            "Correct the property in MicroProfile Config, the system properties or web.xml and deploy again."),
    NOT_RUN(18, Level.WARNING, "{0} was not run, its caller was answered {1}: {2}", "The reason stands in the text."),
    SWITCHED_OFF(
            19,
            Level.INFO,
            "The server has LRA participants of its own for this application ({0}); this library does nothing",
            "Nothing; or take the server's out to have this library's."),
    NOT_ENDED(
            20,
            Level.ERROR,
            "The LRA {0} was to end with {1} after {2}, and nobody knows whether it has: {3}",
            "Look the LRA up at its coordinator; close or cancel it there, or let its time limit do it."),
    ENDED_BEFORE(
            21,
            Level.WARNING,
            "The LRA {0} was to end with {1} after {2}, but was ended otherwise before: {3}",
            "Nothing, its participants were told; if its time limit was too short, give it a longer one. After a JTA transaction that had committed see to what it has changed, which stays."),
    CALLBACK_FAILED(
            22,
            Level.ERROR,
            "{0} was called for the LRA {1} as @{2} and failed: {3}",
            "See the stack trace. After a failed @Compensate or @Complete a person has to repair what it left; others are called again."),
    SECRET_NOT_KEPT(
            23,
            Level.WARNING,
            "The addresses of callbacks that are no JAX-RS methods do not outlive this server ({0})",
            "Set holdfast.lra.callback.secret, the same on all nodes of the application."),
    NOT_LEFT(
            24,
            Level.WARNING,
            "{0} did not leave the LRA {1}: {2}",
            "Nothing if it had not joined it; else see whether it is reached under another address than when it joined."),
    DATA_NOT_STORED(
            25,
            Level.ERROR,
            "The participant's data of {0} for the LRA {1} could not be stored: {2}",
            "The caller was answered an error. Compensate by hand what the missing data were for if it does not cancel."),
    NO_BASE_ADDRESS(
            26,
            Level.ERROR,
            "{0} cannot join the LRA {1}: nobody knows yet under which address this application is reached",
            "Set holdfast.lra.participant.url, or join after the application has answered a first JAX-RS request."),
    CALLBACK_REFUSED(
            27,
            Level.WARNING,
            "A call to {0} was refused: {1}",
            "Nothing if it came from a stranger; else see that all nodes have the same holdfast.lra.callback.secret."),
    NOT_PROPAGATED(
            28,
            Level.WARNING,
            "The header {0} of a request is not sent on with outgoing calls: it has {1} characters, more than {2}",
            "See what the caller sends."),
    NOT_A_PARTICIPANT(
            29,
            Level.ERROR,
            "{0} has neither a @Compensate nor an @AfterLRA method that can be called, so that it cannot join",
            "Name a class that has one of them."),
    WRONG_CONTEXT(
            31,
            Level.WARNING,
            "it is {0} and was called {1} an LRA",
            "Call it as its @LRA wants: MANDATORY with an LRA, NEVER without one."),
    NOT_ACTIVE(
            32,
            Level.ERROR,
            "The LRA {0} is {1}",
            "Nothing: it is ending or has ended, so that nobody can join it any more."),
    UNREADABLE(
            33,
            Level.WARNING,
            "The annotations of {0} could not be read: {1}",
            "Add the class that the text names, if the class is used."),
    BEAN_NOT_RUN(
            34,
            Level.ERROR,
            "{0} did not run: {1} (status {2})",
            "The text is a number of this page, and the log has the whole line before this one; the caller was thrown an LraException."),
    BEAN_NOT_ENDED(
            35,
            Level.ERROR,
            "{0} has run, but what had to follow failed: {1} (status {2})",
            "The text is a number of this page, and the log has the whole line before this one; the caller was thrown an LraException."),
    NOT_INTERCEPTED(
            36,
            Level.ERROR,
            "{0} is @LRA or @Leave and a method of a message-driven bean, but not @LraGoverned, so that servers do not let it into an LRA",
            "Put @LraGoverned beside it and deploy again."),
    NO_VIEW(
            37,
            Level.ERROR,
            "{0} is a participant and a session bean without a no-interface view, so that its callbacks cannot be called on it",
            "Put @LocalBean on the class and deploy again."),
    END_REPEATED(
            38,
            Level.WARNING,
            "The LRA {0} was to end with {1} after {2}, and nobody knows whether it has: {3}; this is repeated until the coordinator answers or the application stops",
            "See that the coordinator can be reached. HFPAR039, HFPAR021 or HFPAR040 follows; if the server dies before, look the LRA up at its coordinator and end it there."),
    END_ANSWERED(
            39,
            Level.INFO,
            "The LRA {0} was to end with {1} after {2}, which the coordinator has answered at attempt {3}: {4}",
            "Nothing."),
    END_GIVEN_UP(
            40,
            Level.ERROR,
            "The LRA {0} was to end with {1} after {2}, nobody knows whether it has, and this is not repeated any more: {3}",
            "Look the LRA up at its coordinator and end it there as the text says: its time limit would cancel it, whatever the text says, and without one it stays open.");

    private static final System.Logger LOG = System.getLogger("io.holdfast.lra");

    private final String id;
    private final Level level;
    private final String text;
    private final String action;

    ParticipantMessage(int number, Level level, String text, String action) {
        this.id = String.format(Locale.ROOT, "HFPAR%03d", number);
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

    /** The id and the text with the arguments put in, each once, so that braces in an argument stay as they are. */
    public String line(Object... arguments) {
        StringBuilder line = new StringBuilder(id).append(' ');
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            line.append(text, at, open).append(arguments[Integer.parseInt(text.substring(open + 1, close))]);
            at = close + 1;
        }
        return line.append(text, at, text.length()).toString();
    }

    public void log(Object... arguments) {
        if (LOG.isLoggable(level)) {
            LOG.log(level, line(arguments));
        }
    }

    /** Writes a line of it that was made before. */
    public void logLine(String line) {
        LOG.log(level, line);
    }

    /** Logs it with a stack trace. */
    public void log(Throwable failure, Object... arguments) {
        LOG.log(level, line(arguments), failure);
    }
}
