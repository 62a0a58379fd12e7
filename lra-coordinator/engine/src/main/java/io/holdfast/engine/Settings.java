package io.holdfast.engine;

import io.holdfast.engine.delivery.AlarmPolicy;
import io.holdfast.engine.delivery.RetryPolicy;
import java.time.Duration;

/**
 * How an engine behaves.
 *
 * @param retries the intervals at which a participant is told again
 * @param alarms when somebody is told that a participant has not done what it is told
 * @param retention how long an ended transaction can still be asked for; zero forgets it at once; failed ones stay until resolved
 *     and owned ones until their owner forgets them
 * @param retentionCount how many ended transactions can be asked for at most, the newest; 0 to 10,000,000
 * @param undecidedAfterRestart what becomes of a transaction that was found undecided in the log
 * @param keptOrigin what the origin of those begins with that go on all the same; empty for none
 * @param maxCallsPerEndpoint how many calls may be under way to one endpoint, 1 to 10,000
 * @param patience how long a participant that has not answered holds back those that are told after it
 * @param maxParticipants how many participants a transaction may have, 1 to 1,000,000
 * @param checkpointBytes after how many bytes of log a checkpoint is written, at least 1,024
 */
public record Settings(
        RetryPolicy retries,
        AlarmPolicy alarms,
        Duration retention,
        int retentionCount,
        UndecidedAfterRestart undecidedAfterRestart,
        String keptOrigin,
        int maxCallsPerEndpoint,
        Duration patience,
        int maxParticipants,
        long checkpointBytes) {
    /** What becomes of a transaction that a restart finds undecided; a prepared one always stays. */
    public enum UndecidedAfterRestart {
        /** It goes on: an LRA. */
        KEEP,
        /** It is cancelled: presumed abort. */
        CANCEL
    }

    /** For LRAs: undecided ones go on, the newest 100,000 that ended stay for an hour. */
    public static final Settings FOR_LRAS = new Settings(
            RetryPolicy.DEFAULT,
            AlarmPolicy.DEFAULT,
            Duration.ofHours(1),
            100_000,
            UndecidedAfterRestart.KEEP,
            "",
            64,
            Duration.ofSeconds(2),
            100_000,
            16L << 20);

    /** For the branches of JTA transactions: presumed abort, forgotten at their end. */
    public static final Settings FOR_BRANCHES = new Settings(
            RetryPolicy.DEFAULT,
            AlarmPolicy.DEFAULT,
            Duration.ZERO,
            100_000,
            UndecidedAfterRestart.CANCEL,
            "",
            64,
            Duration.ofSeconds(2),
            100_000,
            16L << 20);

    public Settings {
        if (retention.isNegative()) {
            throw new IllegalArgumentException("The retention must not be negative: " + retention);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("The patience must not be negative: " + patience);
        }
        check("retentionCount", retentionCount, 0, 10_000_000);
        check("maxCallsPerEndpoint", maxCallsPerEndpoint, 1, 10_000);
        check("maxParticipants", maxParticipants, 1, 1_000_000);
        check("checkpointBytes", checkpointBytes, 1024, Long.MAX_VALUE);
    }

    public Settings withRetries(RetryPolicy newRetries) {
        return new Settings(
                newRetries,
                alarms,
                retention,
                retentionCount,
                undecidedAfterRestart,
                keptOrigin,
                maxCallsPerEndpoint,
                patience,
                maxParticipants,
                checkpointBytes);
    }

    public Settings withAlarms(AlarmPolicy newAlarms) {
        return new Settings(
                retries,
                newAlarms,
                retention,
                retentionCount,
                undecidedAfterRestart,
                keptOrigin,
                maxCallsPerEndpoint,
                patience,
                maxParticipants,
                checkpointBytes);
    }

    public Settings withRetention(Duration newRetention) {
        return new Settings(
                retries,
                alarms,
                newRetention,
                retentionCount,
                undecidedAfterRestart,
                keptOrigin,
                maxCallsPerEndpoint,
                patience,
                maxParticipants,
                checkpointBytes);
    }

    public Settings withRetentionCount(int newRetentionCount) {
        return new Settings(
                retries,
                alarms,
                retention,
                newRetentionCount,
                undecidedAfterRestart,
                keptOrigin,
                maxCallsPerEndpoint,
                patience,
                maxParticipants,
                checkpointBytes);
    }

    public Settings withKeptOrigin(String newKeptOrigin) {
        return new Settings(
                retries,
                alarms,
                retention,
                retentionCount,
                undecidedAfterRestart,
                newKeptOrigin,
                maxCallsPerEndpoint,
                patience,
                maxParticipants,
                checkpointBytes);
    }

    /** Whether a transaction with this origin that a restart finds undecided is cancelled. */
    boolean isPresumedAborted(String origin) {
        boolean kept = !keptOrigin.isEmpty() && origin.startsWith(keptOrigin);
        return undecidedAfterRestart == UndecidedAfterRestart.CANCEL && !kept;
    }

    public Settings withMaxCallsPerEndpoint(int newMaxCallsPerEndpoint) {
        return new Settings(
                retries,
                alarms,
                retention,
                retentionCount,
                undecidedAfterRestart,
                keptOrigin,
                newMaxCallsPerEndpoint,
                patience,
                maxParticipants,
                checkpointBytes);
    }

    public Settings withPatience(Duration newPatience) {
        return new Settings(
                retries,
                alarms,
                retention,
                retentionCount,
                undecidedAfterRestart,
                keptOrigin,
                maxCallsPerEndpoint,
                newPatience,
                maxParticipants,
                checkpointBytes);
    }

    public Settings withMaxParticipants(int newMaxParticipants) {
        return new Settings(
                retries,
                alarms,
                retention,
                retentionCount,
                undecidedAfterRestart,
                keptOrigin,
                maxCallsPerEndpoint,
                patience,
                newMaxParticipants,
                checkpointBytes);
    }

    public Settings withCheckpointBytes(long newCheckpointBytes) {
        return new Settings(
                retries,
                alarms,
                retention,
                retentionCount,
                undecidedAfterRestart,
                keptOrigin,
                maxCallsPerEndpoint,
                patience,
                maxParticipants,
                newCheckpointBytes);
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
