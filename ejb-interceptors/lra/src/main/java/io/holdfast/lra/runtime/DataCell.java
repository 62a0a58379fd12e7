package io.holdfast.lra.runtime;

import io.holdfast.lra.client.CoordinatorClient;
import java.util.Optional;

/** The participant's data of one call. Thread-safe. */
public final class DataCell {
    private String value;
    private boolean isChanged;

    DataCell(String value) {
        this.value = value;
    }

    public synchronized String get() {
        return value;
    }

    /** @throws IllegalArgumentException if they are too long or cannot stand in a header */
    public void set(String data) {
        CoordinatorClient.requireData(data);
        synchronized (this) {
            isChanged |= !value.equals(data);
            value = data;
        }
    }

    synchronized Optional<String> changed() {
        return isChanged ? Optional.of(value) : Optional.empty();
    }

    /** The coordinator has it. */
    synchronized void stored(String data) {
        isChanged = !value.equals(data);
    }
}
