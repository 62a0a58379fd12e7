package io.holdfast.engine;

import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.Transaction;

/**
 * A participant has joined.
 *
 * @param earlierData the data that the participant had stored before, empty for none
 */
public record Joined(Transaction transaction, Participant participant, String earlierData) {}
