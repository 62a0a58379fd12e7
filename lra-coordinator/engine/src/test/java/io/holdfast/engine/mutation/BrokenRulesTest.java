package io.holdfast.engine.mutation;

import io.holdfast.mutation.BrokenRulesContract;
import java.util.Optional;

/** See {@link BrokenRules}. */
class BrokenRulesTest extends BrokenRulesContract {
    BrokenRulesTest() {
        super("io.holdfast.engine.", BrokenRules.TESTS, Optional.of(BrokenRules.SIMULATION), BrokenRules.ALL);
    }
}
