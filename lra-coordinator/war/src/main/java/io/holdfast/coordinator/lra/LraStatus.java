package io.holdfast.coordinator.lra;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.engine.state.TransactionState;
import java.util.Arrays;
import java.util.Optional;

/** The statuses of MicroProfile LRA 2.0, section "LRA states", with the word that the specification has for each. */
public enum LraStatus {
    ACTIVE("Active"),
    CLOSING("Closing"),
    CLOSED("Closed"),
    FAILED_TO_CLOSE("FailedToClose"),
    CANCELLING("Cancelling"),
    CANCELLED("Cancelled"),
    FAILED_TO_CANCEL("FailedToCancel");

    private final String word;

    LraStatus(String word) {
        this.word = word;
    }

    /** The status that the specification has for a state of the engine; a held LRA is Active. */
    public static LraStatus of(TransactionState state) {
        return switch (state) {
            case ACTIVE, PREPARING, PREPARED, PRE_COMMITTED -> ACTIVE;
            case CONFIRMING -> CLOSING;
            case CONFIRMED -> CLOSED;
            case FAILED_TO_CONFIRM -> FAILED_TO_CLOSE;
            case CANCELLING -> CANCELLING;
            case CANCELLED -> CANCELLED;
            case FAILED_TO_CANCEL -> FAILED_TO_CANCEL;
        };
    }

    /**
     * @return empty for an empty text, which asks for every status
     * @throws InvalidInputException if there is no such status
     */
    public static Optional<LraStatus> parse(String word) {
        if (word.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(status -> status.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("There is no LRA status '" + Bounds.shown(word)
                        + "', only "
                        + Arrays.stream(values()).map(LraStatus::word).toList())));
    }

    /** The name in the specification, {@code LRAStatus.name()}. */
    public String word() {
        return word;
    }

    /** The status of a nested LRA in the role of a participant, {@code ParticipantStatus.name()}. */
    public String participantWord() {
        return switch (this) {
            case ACTIVE -> "Active";
            case CLOSING -> "Completing";
            case CLOSED -> "Completed";
            case FAILED_TO_CLOSE -> "FailedToComplete";
            case CANCELLING -> "Compensating";
            case CANCELLED -> "Compensated";
            case FAILED_TO_CANCEL -> "FailedToCompensate";
        };
    }

    /** Whether participants are still being told. */
    public boolean isEnding() {
        return this == CLOSING || this == CANCELLING;
    }

    /** Whether a participant failed for good. */
    public boolean isFailed() {
        return this == FAILED_TO_CLOSE || this == FAILED_TO_CANCEL;
    }
}
