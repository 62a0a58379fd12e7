package io.holdfast.sample.shop;

import io.holdfast.interceptors.messages.OnFailureReply;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;

/** The account centre's answers. */
final class Outcome {
    private Outcome() {}

    /** Why it was not debited; empty when it was. */
    static Optional<String> failure(Message answer) {
        try {
            return Optional.ofNullable(answer.getStringProperty(OnFailureReply.FAILURE_PROPERTY));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
