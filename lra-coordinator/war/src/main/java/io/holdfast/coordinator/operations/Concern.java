package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Why an LRA may concern an operator. One LRA can have several. */
public enum Concern {
    /** It can still be joined. */
    ACTIVE,
    /** It waits for its owner's decision (in doubt). */
    HELD,
    /** It is decided, and participants have not answered, or not acknowledged forget or after. */
    WAITING,
    /** A participant failed for good. */
    FAILED,
    /** An alarm stands for one of its participants. */
    ALARMED;

    /** Those that may need a person. */
    private static final Set<Concern> DEFAULT = EnumSet.of(HELD, WAITING, FAILED, ALARMED);

    /**
     * Reads a comma separated list, in any case.
     *
     * @return held, waiting, failed and alarmed for an empty text
     * @throws InvalidInputException if a word is no concern
     */
    public static Set<Concern> parse(String words) {
        return words.isBlank() ? DEFAULT : Words.parse("concern", words, Concern.class, Concern::word);
    }

    /** As it stands in a query and in an answer. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Set<Concern> of(Transaction tx, StandingAlarms alarms) {
        return Arrays.stream(values())
                .filter(concern -> concern.fits(tx, alarms))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Concern.class)));
    }

    boolean fits(Transaction tx, StandingAlarms alarms) {
        return switch (this) {
            case ACTIVE -> tx.state() == TransactionState.ACTIVE;
            case HELD -> tx.state() == TransactionState.PREPARED;
            case WAITING -> Lra.isWaiting(tx);
            case FAILED -> tx.state().isFailed();
            case ALARMED -> alarms.isFor(tx);
        };
    }
}
