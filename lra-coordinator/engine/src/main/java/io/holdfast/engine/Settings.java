package io.holdfast.engine;

import io.holdfast.engine.delivery.RetryPolicy;
import java.time.Duration;

/**
 * How an engine behaves.
 *
 * @param retries the intervals at which a participant is told again
 * @param retention how long an ended transaction can still be asked for; zero forgets it at once; failed ones stay until resolved
 *     and owned ones until their owner forgets them
 * @param undecidedAfterRestart what becomes of a transaction that was found undecided in the log
 * @param maxCallsPerEndpoint how many calls may be under way to one endpoint, 1 to 10,000
 * @param maxParticipants how many participants a transaction may have, 1 to 1,000,000
 * @param checkpointBytes after how many bytes of log a checkpoint is written, at least 1,024
 */
public record Settings(
        RetryPolicy retries,
        Duration retention,
        UndecidedAfterRestart undecidedAfterRestart,
        int maxCallsPerEndpoint,
        int maxParticipants,
        long checkpointBytes) {
    /** What becomes of a transaction that a restart finds undecided; a prepared one always stays. */
    public enum UndecidedAfterRestart {
        /** It goes on: an LRA. */
        KEEP,
        /** It is cancelled: presumed abort. */
        CANCEL
    }

    /** For LRAs: undecided ones go on, ended ones stay for an hour. */
    public static final Settings FOR_LRAS =
            new Settings(RetryPolicy.DEFAULT, Duration.ofHours(1), UndecidedAfterRestart.KEEP, 64, 100_000, 16L << 20);

    /** For the branches of JTA transactions: presumed abort, forgotten at their end. */
    public static final Settings FOR_BRANCHES =
            new Settings(RetryPolicy.DEFAULT, Duration.ZERO, UndecidedAfterRestart.CANCEL, 64, 100_000, 16L << 20);

    public Settings {
        if (retention.isNegative()) {
            throw new IllegalArgumentException("The retention must not be negative: " + retention);
        }
        check("maxCallsPerEndpoint", maxCallsPerEndpoint, 1, 10_000);
        check("maxParticipants", maxParticipants, 1, 1_000_000);
        check("checkpointBytes", checkpointBytes, 1024, Long.MAX_VALUE);
    }

    public Settings withRetries(RetryPolicy newRetries) {
        return new Settings(
                newRetries, retention, undecidedAfterRestart, maxCallsPerEndpoint, maxParticipants, checkpointBytes);
    }

    public Settings withRetention(Duration newRetention) {
        return new Settings(
                retries, newRetention, undecidedAfterRestart, maxCallsPerEndpoint, maxParticipants, checkpointBytes);
    }

    public Settings withCheckpointBytes(long newCheckpointBytes) {
        return new Settings(
                retries, retention, undecidedAfterRestart, maxCallsPerEndpoint, maxParticipants, newCheckpointBytes);
    }

    private static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
