package io.holdfast.lra.config;

import io.holdfast.lra.messages.ParticipantMessage;

/** A property is not what it has to be; the message names it, its value and the bound. */
public final class ConfigurationException extends RuntimeException {
    ConfigurationException(String property, String expected, String value) {
        super(ParticipantMessage.BAD_PROPERTY.line(property, expected, value));
    }
}
