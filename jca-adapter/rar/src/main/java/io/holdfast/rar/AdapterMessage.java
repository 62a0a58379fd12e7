package io.holdfast.rar;

import java.lang.System.Logger.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The numbered messages of the resource adapter; numbers are never reused, and docs/messages.md lists them. */
public enum AdapterMessage {
    STARTED(
            1,
            Level.INFO,
            "The adapter is open: node {0}, log directory {1}, LRAs at {2}, {3} branch(es) in doubt",
            "Nothing. Branches in doubt are ended by the server's transaction recovery."),
    STOPPED(
            2,
            Level.INFO,
            "The adapter with the log directory {0} is closed; branches in doubt stay in its log",
            "Nothing."),
    BAD_PROPERTY(
            3,
            Level.ERROR,
            "The property {0} of the resource adapter is {1}; it must be {2}",
            "Correct the property in the server's configuration of the adapter and deploy again."),
    LOG_UNAVAILABLE(
            4,
            Level.ERROR,
            "The log directory {0} cannot be used: {1}",
            "Give every server a writable directory of its own in the property logDirectory. Never delete a directory that holds"
                    + " branches in doubt."),
    NO_LOG_DIRECTORY(
            5,
            Level.ERROR,
            "The property logDirectory is empty and this server names no directory for its data",
            "Set the property logDirectory."),
    NO_ENDPOINTS(
            6,
            Level.ERROR,
            "The adapter takes no message endpoints: {0}",
            "Remove the message-driven bean; this adapter is outbound only."),
    NOT_STARTED(
            7,
            Level.ERROR,
            "The adapter is not started or has been stopped",
            "Look for the reason earlier in the log; deploy or enable the adapter."),
    CONNECTION_CLOSED(8, Level.ERROR, "The connection {0} is closed", "Take a new connection from the factory."),
    NO_TRANSACTION(
            9,
            Level.ERROR,
            "The connection is not in the caller's JTA transaction (its branch: {0}; the caller: {1}), so it has no LRA and no participants",
            "Take and use the connection inside a JTA transaction, for example in an EJB method with the attribute REQUIRED."),
    TRANSACTION_ENDS(
            10,
            Level.ERROR,
            "The JTA transaction {0} can only roll back or has ended ({1}), so its LRA is not given out and nobody is enlisted",
            "Nothing more can be done in this transaction; the reason stands in the text."),
    LRA_NOT_STARTED(
            11,
            Level.ERROR,
            "The coordinator {0} did not start an LRA ({1}); the JTA transaction can only roll back",
            "See that the coordinator runs and that the property coordinatorUrl names it; then repeat the business."),
    BAD_TIME_LIMIT(
            12,
            Level.ERROR,
            "The time limit of an LRA must be 1 ms to {0}, not {1}",
            "Give a time limit within the bounds."),
    VOTED_NO(
            13,
            Level.ERROR,
            "The LRA was not held for the commit: {0}; the branch {1} rolls back",
            "A service has cancelled the LRA, or its time limit has passed. Repeat the business."),
    NO_VOTE(
            14,
            Level.ERROR,
            "The coordinator gave no answer to the hold of the LRA: {0}; the branch {1} rolls back",
            "See that the coordinator runs; raise the property holdTimeoutMillis if it is slow. The LRA is cancelled as soon as it"
                    + " answers."),
    TIME_LIMIT_PASSED(
            15,
            Level.ERROR,
            "The time limit of the branch {0} has passed; it rolls back",
            "Repeat the business; raise the transaction's time-out if it needs longer."),
    ROLLBACK_ONLY(
            16,
            Level.ERROR,
            "The branch {0} can only roll back: {1}",
            "The reason stands in the text; repeat the business when it is gone."),
    UNKNOWN_BRANCH(
            17, Level.DEBUG, "There is no branch {0} here", "Nothing: it has ended, or it belongs to another server."),
    PROTOCOL(
            18,
            Level.ERROR,
            "The branch {0} cannot take {1}: {2}",
            "The transaction manager called in an order that XA does not allow; report it with the text."),
    DECISION_NOT_STORED(
            19,
            Level.ERROR,
            "The decision about the branch {0} could not be stored: {1}",
            "See that the disk of the log directory works, then restart the adapter; recovery asks again."),
    DECIDED_OTHERWISE(
            20,
            Level.WARNING,
            "The branch {0} was to be told {1}, but the opposite had been decided here",
            "A person decided for this branch. Compare the resources of the transaction and repair them by hand."),
    OUTCOME_IN_DOUBT(
            21,
            Level.WARNING,
            "The branch {0} is {1}, but its LRA, or a participant, did not end as told",
            "Look the LRA up at its coordinator, or the participant in the adapter's lists, and repair what did not complete; then let the transaction manager forget the branch and"
                    + " resolve it at the adapter's MBean."),
    FOREIGN_LRA_VANISHED(
            22,
            Level.WARNING,
            "The coordinator no longer knows the LRA {0} that is to be cancelled; it cannot be told whether it was closed before",
            "With a coordinator other than Holdfast's, services must use end=false. Check that this LRA's services have compensated,"
                    + " then resolve the branch at the adapter's MBean."),
    WORK_REFUSED(
            23,
            Level.INFO,
            "The server's work manager gave no thread ({0}); the adapter uses one of its own",
            "Nothing, or raise the number of the work manager's threads."),
    FORGET_FAILED(
            24,
            Level.DEBUG,
            "The ended LRA {0} is not forgotten yet: {1}",
            "Nothing: its coordinator keeps it until it is told to forget it; the adapter keeps the branch in its log and tells it again,"
                    + " also after a restart, until the coordinator acknowledges."),
    TASK_FAILED(
            25,
            Level.ERROR,
            "A task of the adapter failed; it goes on with the next",
            "Report it with the stack trace."),
    UNKNOWN_REQUEST(
            26,
            Level.ERROR,
            "The adapter does not know connection requests or specifications of {0}",
            "Use the factory as it is."),
    NO_LOCAL_TRANSACTION(
            27,
            Level.ERROR,
            "A connection takes part in JTA transactions only, not in local ones",
            "Set the pool's transaction support to XATransaction."),
    NO_CONNECTION(
            28,
            Level.ERROR,
            "The server gave no connection: {0}",
            "The reason stands in the text; often the pool is empty because connections are not closed."),
    OUTCOME_UNKNOWN(
            29,
            Level.WARNING,
            "The decision to commit the branch {0} in one phase is perhaps in the log and perhaps not: {1}",
            "See that the disk of the log directory works, then restart the adapter: it closes the LRA if the decision is in the"
                    + " log, and cancels it otherwise. The LRA at its coordinator then shows which."),
    NOT_RECOVERED(
            30,
            Level.WARNING,
            "{0} branch(es) have been prepared for {1} seconds and the server's transaction recovery has not asked for them. WildFly:"
                    + " /subsystem=resource-adapters/resource-adapter=NAME/connection-definitions=DEFINITION"
                    + ":write-attribute(name=recovery-username,value=any), the same with recovery-password, then :reload. Payara:"
                    + " asadmin set configs.config.server-config.transaction-service.automatic-recovery=true, then restart the domain before it does other work",
            "Give the command for your server. Recovery then commits or rolls back what is prepared; until then it stays in doubt. Said"
                    + " once in each run of the adapter."),
    BEAN_NOT_REGISTERED(
            31,
            Level.WARNING,
            "The MBean {0} could not be registered ({1}); the adapter runs without it",
            "See why the server's MBean server refuses it; restart the adapter to try again."),
    OPERATOR_LOG_FAILED(
            32,
            Level.ERROR,
            "What the operator wants cannot be noted in {0}: {1}; nothing was done",
            "See that the disk of the log directory works, then repeat the operation."),
    OPERATOR_ACTED(
            33,
            Level.WARNING,
            "The operator {0} has told the adapter to {1}: {2}",
            "Nothing, if it was meant. It is also noted in operators.txt in the log directory."),
    OPERATOR_REFUSED(
            34,
            Level.ERROR,
            "The operation on the branch {0} was refused: {1}; nothing has changed",
            "The reason stands in the text. A branch that is in doubt can be committed or rolled back, and so can a flow that is active;"
                    + " a participant that is being told can be forced; a branch that has failed can be resolved."),
    BAD_OPERATION(
            35,
            Level.ERROR,
            "The argument {0} of the operation is {1}; it must be {2}",
            "Give the argument within the bounds."),
    OPERATIONS_OFF(
            36,
            Level.ERROR,
            "The adapter is not operated through applications: its property operatorRole names no role; nothing was done",
            "Set the property to the role that operators have, or use the adapter's MBean."),
    NOT_AN_OPERATOR(
            37,
            Level.WARNING,
            "The caller {0} does not have the role {1} that the property operatorRole demands; nothing was done",
            "If the caller is an operator, give the user that role in the server's security, and declare the role in the application where the server wants"
                    + " that. Else see why the application lets that caller in."),
    OPERATION_FAILED(
            38,
            Level.ERROR,
            "The adapter failed in an operation: {0}; what was asked may have been done",
            "See the cause, often the disk of the log directory; then look whether it was done, in the list of branches, and repeat it if not."),
    NOT_ENLISTED(
            50,
            Level.ERROR,
            "The participant, or its data, could not be stored ({0}); the JTA transaction can only roll back",
            "The reason stands in the text: often the transaction's time limit has passed, or the disk of the log directory fails."
                    + " Repeat the business."),
    TOO_MANY_PARTICIPANTS(
            51, Level.ERROR, "The participant was not enlisted: {0}", "Divide the business into several transactions."),
    UNKNOWN_PARTICIPANT(
            52,
            Level.ERROR,
            "This JTA transaction has no participant {0}",
            "Give what enlist has returned in the same transaction."),
    BAD_ADDRESS(
            53,
            Level.ERROR,
            "The {0} address of a participant is {1}; it must be {2}",
            "Correct the address; hosts other than this machine's loopback stand in the property participantHosts."),
    BAD_LOCAL_PARTICIPANT(
            54,
            Level.ERROR,
            "The {0} of a local participant has {1} characters; allowed are {2}",
            "Shorten it: keep large values in a database and give their key only."),
    APPLICATION_MISSING(
            55,
            Level.INFO,
            "The application {0} has registered no dispatcher",
            "Deploy the application. What its participants are to be told waits for it and is repeated until then."),
    APPLICATION_REGISTERED(56, Level.INFO, "The application {0} takes decisions to its local participants", "Nothing."),
    APPLICATION_GONE(
            57,
            Level.INFO,
            "The application {0} takes no more decisions; {1} call(s) to it had not ended within {2}",
            "Nothing. A call that had not ended is repeated when the application is back."),
    HOST_NOT_ALLOWED(
            58,
            Level.WARNING,
            "A participant at {0} is not called: its host is not among the hosts of the property participantHosts ({1})",
            "Put the host on the list, if it is trusted; the participant is then called when it is due again."),
    PROGRESS_ADDRESS_IGNORED(
            59,
            Level.WARNING,
            "A participant at {0} answered 202 with a Location that is not used: {1}",
            "Let the service answer with an http or https address at an allowed host; until then its status address is asked."),
    UNREADABLE_PARTICIPANT(
            60,
            Level.WARNING,
            "The log holds a participant that this release cannot read: {0}",
            "Use the release that has written it, or a newer one."),
    CONFIRM_REFUSED(
            70,
            Level.INFO,
            "The branch {0} was rolled back: the first participant that was told to confirm has refused, and no other had confirmed",
            "Nothing: all participants are cancelled. HFENG016 tells who refused and why."),
    ALARM_NOT_SENT(
            71,
            Level.WARNING,
            "An alarm could not be sent to {0} ({1}): {2}",
            "See that the property alarmUrl is right and answers with 2xx. The alarm is also in the log and in the MBean's counts."),
    ALARM_NOT_TAKEN(
            72,
            Level.WARNING,
            "The application {0} could not be told of an alarm: {1}",
            "See the exception: an observer of the alarm has thrown it, or there was no thread. HFENG010 or HFENG015 tells the alarm."),
    BAD_NOTIFICATION(
            80,
            Level.ERROR,
            "The notification's {0}; allowed is {1}",
            "Correct what the text names. Nothing was enlisted; the transaction can go on."),
    NOTIFICATION_GIVEN_UP(
            81,
            Level.WARNING,
            "The notification {0} to {1} was not acknowledged within {2} and is given up",
            "Tell the receiver by other means, then resolve the branch."),
    NO_JMS_FACTORY(
            82,
            Level.ERROR,
            "A notification to {0} needs the adapter's property jmsConnectionFactory, which is not set",
            "Set the property to the JNDI name of a connection factory of this server. Nothing was enlisted; the transaction can go on."),
    NO_DESTINATION(
            83,
            Level.ERROR,
            "There is no queue or topic {0} in the server's JNDI: {1}",
            "Correct the name, or make the destination. Nothing was enlisted; the transaction can go on."),
    FOREIGN_PARENT(
            90,
            Level.ERROR,
            "The LRA {0} is not one of the coordinator {1}, where this adapter starts its LRAs, so that none can be nested in it",
            "Let the caller start its LRA at the coordinator that the property coordinatorUrl names, spelt as in the ids that it gives."
                    + " No LRA was started; the transaction can go on."),
    OTHER_PARENT(
            91,
            Level.ERROR,
            "The LRA of this JTA transaction is {0} already, so that it cannot be nested in {1}",
            "Ask for the nested LRA before anything else starts the transaction's LRA. Nothing has changed; the transaction can go on.");

    private static final System.Logger LOG = System.getLogger("io.holdfast.rar");
    private static final String PREFIX = "HFRAR";

    private final int number;
    private final Level level;
    private final String pattern;
    private final String whatToDo;

    AdapterMessage(int number, Level level, String pattern, String whatToDo) {
        this.number = number;
        this.level = level;
        this.pattern = pattern;
        this.whatToDo = whatToDo;
    }

    /** The id under which docs/messages.md explains it. */
    public String id() {
        return String.format(Locale.ROOT, "%s%03d", PREFIX, number);
    }

    public Level level() {
        return level;
    }

    /** The text, with numbers in braces where the arguments go. */
    public String pattern() {
        return pattern;
    }

    /** What the reader of the message has to do. */
    public String whatToDo() {
        return whatToDo;
    }

    /** The id and the text with the arguments put in. */
    public String text(Object... arguments) {
        String text = pattern;
        for (int i = 0; i < arguments.length; i++) {
            text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return id() + " " + text;
    }

    void log(Object... arguments) {
        LOG.log(level, text(arguments));
    }

    void log(@Nullable Throwable cause, Object... arguments) {
        LOG.log(level, text(arguments), cause);
    }
}
