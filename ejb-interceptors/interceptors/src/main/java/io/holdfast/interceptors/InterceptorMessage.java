package io.holdfast.interceptors;

import io.holdfast.api.HoldfastException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Internal: every message of this module. Numbers are never used again; docs/messages.md explains each. */
public enum InterceptorMessage {
    NO_TRANSACTION(1, "%s is @GlobalTransaction but no JTA transaction is active (status %s)"),
    INCOMING_LRA(
            2,
            "%s is @GlobalTransaction but the call is already in the LRA %s: XA work that is committed here could not follow"
                    + " when that LRA is cancelled later; incoming = NESTED allows it"),
    WRONG_TIME_LIMIT(
            3,
            "%s is @GlobalTransaction with timeLimit %s %s: allowed are 0 (the adapter's default) and 1 ms to 365 days"),
    NO_CONNECTION_FACTORY(4, "No connection factory of Holdfast's resource adapter in JNDI; tried %s"),
    NOT_A_CONNECTION_FACTORY(
            5,
            "%s in JNDI is a %s and no io.holdfast.api.HoldfastConnectionFactory of this application: if the class name is the"
                    + " same, its API was loaded twice and must come from the resource adapter only"),
    NO_TRANSACTION_REGISTRY(6, "The server has no TransactionSynchronizationRegistry in JNDI under %s"),
    BEGUN_NOT_COMMITTED(7, "The transaction that was begun for %s did not commit: %s"),
    NO_ADAPTER_API(8, "%s is %s, but this application does not see the resource adapter's classes (io.holdfast.api)"),
    UNKNOWN_DATABASE(30, "The database is %s; known are H2, PostgreSQL, MySQL and MariaDB"),
    AUTO_COMMIT(
            31,
            "The connection is in auto-commit mode, so that the row would commit without the business change; nothing was done"),
    BAD_FENCE_ID(
            32,
            "The %s '%s' is not usable: it must have 1 to %s characters, no control characters and no spaces around it"),
    FENCE_ROW_CHANGES(
            33, "The fence's row of transaction %s, participant %s was removed again and again during one call"),
    CLEAN_UP_TOO_YOUNG(34, "Rows of an age of %s cannot be removed: the least age is %s"),
    CLEAN_UP_SIZE(35, "%s rows cannot be removed at once: allowed are 1 to %s"),
    UNWRITABLE_VALUE(36, "A value of type %s cannot be written as JSON: %s"),
    UNREADABLE_VALUE(37, "The stored text %s cannot be read: %s"),
    NO_KEY(40, "%s is @Idempotent, but its key '%s' is null or empty in this call; the method was not run"),
    IDEMPOTENT_WITHOUT_TRANSACTION(
            41, "%s is @Idempotent but no JTA transaction is active (status %s); the method was not run"),
    BAD_KEY(
            42,
            "%s is @Idempotent, but the key '%s' of this call is not usable: it must have 1 to %s characters, no control"
                    + " characters and no spaces around it; the method was not run"),
    WRONG_IDEMPOTENT(43, "%s is @Idempotent, but %s"),
    CALL_RUNNING(44, "%s with the key '%s' is running already, and was not over after %s; the method was not run"),
    IDEMPOTENCY_DATABASE(45, "%s is @Idempotent, but its record in the database %s could not be written or read: %s"),
    RECORD_CHANGES(46, "The record of %s with the key '%s' was removed again and again during one call"),
    RESULT_TOO_LONG(
            47,
            "%s with the key '%s' returned a result of %s characters as JSON; at most %s can be kept, so the call was rolled"
                    + " back"),
    STATE_CONFLICT(
            48,
            "%s cannot run and was not run before: the row of %s with the id '%s' is in the state '%s', and it runs in %s only"),
    EARLIER_CALL_UNREADABLE(49, "Whether %s was called with the key '%s' could not be read: %s"),
    UNUSABLE_QUERY(
            50,
            "There can be no earlier call with the %s '%s': it must have 1 to %s characters, no control characters and no spaces around it"),
    NO_RESULT_YET(
            51,
            "%s with the key '%s' has no result that could be returned: it was called within its own first call, in the same"
                    + " transaction, or was recorded when it returned nothing; the method was not run"),
    GUARD_OF_SEVERAL_ROWS(
            52,
            "%s is @Idempotent with a guard that finds %s rows of %s with %s = %s, where one row's state is to change; the method"
                    + " was not run and the transaction can only roll back"),
    WRONG_PARTICIPANT(60, "%s is %s, but %s"),
    PARTICIPANT_WITHOUT_TRANSACTION(
            61,
            "%s is %s and was called without a JTA transaction (status %s), so that nobody would confirm or cancel it"),
    ATTEMPT_REFUSED(62, "%s was not run: its transaction has been cancelled meanwhile"),
    ATTEMPT_ROLLED_BACK(63, "%s has marked its own transaction for rollback; the surrounding one can only roll back"),
    NO_SUCH_PARTICIPANT(
            64,
            "The participant %s#%s%s is to be told %s, but the deployed application has no such @Tcc or @Compensable method; it waits for"
                    + " a deployment that has it"),
    DECISION_FAILED(65, "%s of %s failed and is repeated: %s"),
    DECISION_REFUSED(66, "%s of %s is refused for good: %s"),
    FENCE_UNAVAILABLE(67, "The fence's table in the data source %s cannot be used: %s"),
    NO_DATA_SOURCE(68, "%s has the data source %s, which is not in JNDI or no javax.sql.DataSource: %s"),
    DECISION_ROLLED_BACK(69, "it has marked its transaction for rollback"),
    ATTEMPT_LOCKED_OUT(
            74,
            "%s has waited in vain for a lock: %s. Most likely the surrounding transaction has it, which is suspended while the"
                    + " method runs; the method must not touch rows that the surrounding transaction has written"),
    NO_FENCE(75, "%s and its like run without a fence: there is no data source at %s"),
    TRY_GOES_ON(76, "its try is still under way"),
    FLOW_NOT_ASKED(
            77,
            "What is to be done in the LRA %s could not be asked at the resource adapter, the coordinator asks again: %s"),
    FLOW_ELSEWHERE(
            78, "The @Tcc and @Compensable participants of the LRA %s are kept by %s, and not by %s, which was called"),
    FLOW_FAILED(
            79, "%s has failed in the LRA %s, which could not be cancelled: %s; what it has done here is cancelled"),
    WRONG_FENCE_RETENTION(80, "%s is '%s': allowed are %s to %s, and 0, with which rows of the fence stay for ever"),
    FENCE_CLEAN_UP_FAILED(
            81,
            "Finished rows of the fence in the data source %s could not be removed: %s; nothing else is disturbed, it is tried again"
                    + " each hour"),
    NO_FENCE_CLEAN_UP(
            82,
            "Finished rows of the fence are not removed by this application, which has no executor for that at %s: %s"),
    MESSAGE_WITHOUT_TRANSACTION(
            90,
            "The message %s to %s was sent without a JTA transaction that can commit (status %s), so that it could not share its outcome;"
                    + " nothing was sent"),
    WRONG_MESSAGE(91, "The message %s to %s cannot be sent: %s; the transaction can only roll back"),
    UNKNOWN_DESTINATION(
            92,
            "There is no queue or topic %s for the message %s: %s; nothing was sent, and the transaction can only roll back"),
    SEND_FAILED(93, "The message %s to %s could not be sent: %s; the transaction can only roll back"),
    WRONG_MESSAGE_BOUND(94, "A message cannot be bounded to %s characters: allowed are 1 to %s"),
    OUTBOX_UNAVAILABLE(
            95, "The message %s to %s could not be written into the outbox: %s; the transaction can only roll back"),
    RELAY_POSTPONED(
            96,
            "The message %s to %s could not be relayed at attempt %s: %s; it is tried again in %s, and those with the same key wait"
                    + " behind it"),
    RELAY_TURN_FAILED(97, "The outbox could not be relayed: %s; nothing is lost, it is tried again in %s"),
    WRONG_RELAY_SETTING(98, "The relay's %s is %s: allowed are %s to %s"),
    WRONG_FAILURE_REPLY(99, "%s is @OnFailureReply, but %s"),
    FAILURE_REPLIED(
            100,
            "%s could not do what the message %s asks for: %s; this was replied to %s, and the message is consumed"),
    UNREADABLE_OUTBOX_ROW(101, "The outbox row %s has properties that cannot be read"),
    DELIVERY_ROLLED_BACK(102, "%s has marked its transaction for rollback; the message is delivered again"),
    WRONG_INTERVAL(103, "The %s is %s: allowed are %s to %s"),
    RELAY_REJECTED(
            105,
            "The executor of an outbox's relay does not take one of its workers: %s; what it would have relayed is left to others"),
    RELAY_PARTITION_FAILED(
            106, "Partition %s of the outbox could not be relayed: %s; nothing is lost, it is tried again in %s"),
    NOT_AN_LRA(
            110,
            "%s is @GlobalTransaction(incoming = NESTED) but '%s', which the call is in, is not the id of an LRA: %s"),
    OTHER_INCOMING_LRA(
            111,
            "%s is @GlobalTransaction(incoming = NESTED) and was called in the LRA %s, but its JTA transaction is %s, so that its"
                    + " LRA cannot be nested in that one");

    private final int number;
    private final String text;

    InterceptorMessage(int number, String text) {
        this.number = number;
        this.text = text;
    }

    public String number() {
        return String.format(Locale.ROOT, "HFINT%03d", number);
    }

    public String text() {
        return text;
    }

    public String with(@Nullable Object... values) {
        return number() + " " + String.format(Locale.ROOT, text, values);
    }

    public HoldfastException exception(@Nullable Object... values) {
        return new HoldfastException(with(values));
    }
}
