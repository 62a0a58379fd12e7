package io.holdfast.scenarios;

/** Something else happened than must have; an assertion error, so that a test framework reports a failure. */
public final class ScenarioFailed extends AssertionError {
    public ScenarioFailed(String message) {
        super(message);
    }
}
