package io.holdfast.scenarios;

import java.time.Duration;

/** One thing that can happen to the sample, played through its public interfaces. */
public interface Scenario {
    String name();

    String title();

    /** How long after it the invariants may take until they hold. */
    default Duration patience() {
        return Duration.ofMinutes(3);
    }

    /**
     * Plays it and checks what it is about. The rules that always hold are checked by the caller afterwards.
     *
     * @throws ScenarioFailed when something else happened than must have
     */
    void play(Stage stage);
}
