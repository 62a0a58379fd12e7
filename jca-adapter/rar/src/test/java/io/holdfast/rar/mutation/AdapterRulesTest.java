package io.holdfast.rar.mutation;

import io.holdfast.mutation.BrokenRulesContract;
import java.util.Optional;

/** See {@link AdapterRules}. */
class AdapterRulesTest extends BrokenRulesContract {
    AdapterRulesTest() {
        super("io.holdfast.rar.", AdapterRules.TESTS, Optional.empty(), AdapterRules.ALL);
    }
}
