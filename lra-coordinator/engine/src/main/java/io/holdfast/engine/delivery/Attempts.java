package io.holdfast.engine.delivery;

import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.TransactionId;

/**
 * What has come so far of telling a participant, which has not answered for good. Immutable.
 *
 * @param made how many were made in this run, with one that is under way
 * @param lastResult what came of the last one that is over, or that none is made while its endpoint is silent; empty when nothing has come of it yet
 * @param alarmed whether an {@link Alarm} was raised
 */
public record Attempts(
        TransactionId transaction,
        ParticipantId participant,
        Instruction instruction,
        int made,
        String lastResult,
        boolean alarmed) {}
