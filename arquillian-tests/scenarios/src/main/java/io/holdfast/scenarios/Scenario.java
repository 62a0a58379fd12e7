package io.holdfast.scenarios;

/** One thing that can happen to the bank, played through its public interfaces. */
public interface Scenario {
    String name();

    String title();

    /**
     * Plays it and checks what it is about. The rules that always hold are checked by the caller afterwards.
     *
     * @throws ScenarioFailed when something else happened than must have
     */
    void play(Stage stage);
}
