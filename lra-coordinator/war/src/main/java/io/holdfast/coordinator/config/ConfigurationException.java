package io.holdfast.coordinator.config;

/** A property is not what it has to be; the message names it, its value and the bound. */
public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(String message) {
        super(message);
    }
}
