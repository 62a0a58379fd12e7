package io.holdfast.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks one rule of a module after the other; the module's tests, and where it matters its simulation alone, must notice. */
@Tag("mutations")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BrokenRulesContract {
    private final String module;
    private final List<String> tests;
    private final Optional<String> simulation;
    private final List<BrokenRule> rules;

    /**
     * @param module the package whose classes are loaded anew, with a dot at the end
     * @param tests the test classes, below that package, quick ones first
     * @param simulation the one that plays random histories
     */
    protected BrokenRulesContract(
            String module, List<String> tests, Optional<String> simulation, List<BrokenRule> rules) {
        this.module = module;
        this.tests = tests;
        this.simulation = simulation;
        this.rules = rules;
    }

    /** Else a harness that fails for reasons of its own would count as having noticed. */
    @Test
    void the_module_as_it_is_passes(@TempDir Path output) throws IOException {
        try (BrokenModule asItIs = BrokenModule.compile(getClass(), module, BrokenModule.sources(), output)) {
            assertThat(Stream.concat(tests.stream(), simulation.stream())).noneMatch(asItIs::fails);
        }
    }

    /** Those in whose name the regular expression mutations.only, a system property, is found; all by default. */
    List<BrokenRule> rules() {
        Pattern only = Pattern.compile(System.getProperty("mutations.only", ""));
        return rules.stream().filter(rule -> only.matcher(rule.rule()).find()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void every_broken_rule_is_noticed(BrokenRule rule, @TempDir Path output) throws IOException {
        Map<String, String> sources = BrokenModule.sources();
        rule.breakIn(sources);
        try (BrokenModule broken = BrokenModule.compile(getClass(), module, sources, output)) {
            boolean simulated = simulation.filter(broken::fails).isPresent();
            System.out.println(rule + ": the simulation " + (simulated ? "notices" : "does not notice"));
            assertThat(simulated || likeliestFirst(rule).anyMatch(broken::fails))
                    .as("noticed by a test")
                    .isTrue();
            assertThat(simulated || !rule.bySimulation())
                    .as("noticed by the simulation")
                    .isTrue();
        }
    }

    private Stream<String> likeliestFirst(BrokenRule rule) {
        return Stream.concat(Stream.of(rule.caughtBy()), tests.stream()).distinct();
    }
}
