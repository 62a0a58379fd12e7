package io.holdfast.mutation;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whether the texts by which a module's rules are broken are still in its sources. Quick, so that each build looks. */
public abstract class RulePlacesContract {
    private final List<BrokenRule> rules;

    protected RulePlacesContract(List<BrokenRule> rules) {
        this.rules = rules;
    }

    @Test
    void every_rule_is_where_its_mutation_looks_for_it() throws IOException {
        var sources = BrokenModule.sources();
        for (BrokenRule rule : rules) {
            assertThatCode(() -> rule.breakIn(new TreeMap<>(sources))).doesNotThrowAnyException();
        }
    }
}
