package io.holdfast.engine.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks one rule of the engine after the other; the engine's tests, and where it matters the simulation alone, must notice. */
@Tag("mutations")
class BrokenRulesTest {
    @TempDir
    Path output;

    /** Else a harness that fails for reasons of its own would count as having noticed. */
    @Test
    void the_engine_as_it_is_passes() throws IOException {
        try (BrokenEngine engine = BrokenEngine.compile(BrokenEngine.sources(), output)) {
            assertThat(BrokenRules.TESTS).noneMatch(engine::fails);
            assertThat(engine.fails(BrokenRules.SIMULATION)).isFalse();
        }
    }

    static List<BrokenRule> rules() {
        return BrokenRules.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void every_broken_rule_is_noticed(BrokenRule rule) throws IOException {
        Map<String, String> sources = BrokenEngine.sources();
        rule.breakIn(sources);
        try (BrokenEngine engine = BrokenEngine.compile(sources, output)) {
            boolean simulation = engine.fails(BrokenRules.SIMULATION);
            System.out.println(rule + ": the simulation " + (simulation ? "notices" : "does not notice"));
            assertThat(simulation || likeliestFirst(rule).stream().anyMatch(engine::fails))
                    .as("noticed by a test")
                    .isTrue();
            assertThat(simulation || !rule.bySimulation())
                    .as("noticed by the simulation")
                    .isTrue();
        }
    }

    private static List<String> likeliestFirst(BrokenRule rule) {
        return Stream.concat(Stream.of(rule.caughtBy()), BrokenRules.TESTS.stream())
                .distinct()
                .toList();
    }
}
