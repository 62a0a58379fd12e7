package io.holdfast.scenarios;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Plays scenarios one after the other, checks the invariants after each and keeps the results. Confined to one thread. */
public final class Performance {
    private final Stage stage;
    private final Invariants invariants;
    private final List<Result> results = new ArrayList<>();

    /** How a scenario ended. */
    public record Result(String name, String title, Optional<String> failure, Duration time) {
        boolean passed() {
            return failure.isEmpty();
        }
    }

    /** From now on the money that the bank's books show must stay the same. */
    public Performance(Stage stage) {
        this.stage = stage;
        this.invariants = new Invariants(stage.book().money());
    }

    /** Plays it and goes on with what comes next also when it fails. */
    public void play(Scenario scenario) {
        long start = System.nanoTime();
        Optional<String> failure = failureOf(scenario);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        failure.ifPresent(reason -> stage.narrator().step("FAILED: " + reason));
        results.add(new Result(scenario.name(), scenario.title(), failure, time));
    }

    /**
     * Plays it.
     *
     * @throws ScenarioFailed when it failed or an invariant is broken
     */
    public void playOrFail(Scenario scenario) {
        play(scenario);
        results.get(results.size() - 1).failure().ifPresent(reason -> {
            throw new ScenarioFailed(scenario.name() + ": " + reason);
        });
    }

    /** Checks the invariants once more, without a scenario. */
    public void audit() {
        play(new ClosingAudit());
    }

    /** A result that was not played here, such as the audit of the log. */
    public void add(Result result) {
        results.add(result);
    }

    public boolean allPassed() {
        return results.stream().allMatch(Result::passed);
    }

    /** The results for people. */
    public String table() {
        StringBuilder table =
                new StringBuilder(String.format(Locale.ROOT, "%-4s %-6s %8s  %s%n", "", "result", "time", "scenario"));
        for (Result result : results) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-4s %-6s %6d.%d s  %s%n",
                    result.name(),
                    result.passed() ? "pass" : "FAIL",
                    result.time().toSeconds(),
                    result.time().toMillisPart() / 100,
                    result.title()));
            result.failure().ifPresent(reason -> reason.lines()
                    .forEach(line -> table.append(String.format(Locale.ROOT, "%24s%s%n", "", line))));
        }
        return table.toString();
    }

    private Optional<String> failureOf(Scenario scenario) {
        stage.narrator().title(scenario.name() + ". " + scenario.title());
        try {
            stage.narrator().step("before: " + stage.book().balances());
            scenario.play(stage);
            Book after = stage.settle(invariants);
            stage.narrator().step("after:  " + after.balances());
            stage.narrator().step("checked: every invariant holds");
            return Optional.empty();
        } catch (ScenarioFailed | RuntimeException e) {
            String message = e.getMessage();
            return Optional.of(message == null ? e.toString() : message);
        }
    }

    private static final class ClosingAudit implements Scenario {
        @Override
        public String name() {
            return "all";
        }

        @Override
        public String title() {
            return "The books after everything";
        }

        @Override
        public void play(Stage stage) {
            stage.narrator().step("asking the bank, both services and the coordinator once more");
        }
    }
}
