package io.holdfast.api;

/** A dispatcher's registration. Thread-safe. */
public interface LocalRegistration extends AutoCloseable {
    /**
     * Ends it: no call begins any more, and those under way are waited for, 10 seconds at most. Later decisions wait until the application
     * registers again. The adapter then refers to nothing of the application. Can be called again without effect.
     */
    @Override
    void close();
}
