package io.holdfast.engine.mutation;

import io.holdfast.mutation.RulePlacesContract;

class RulePlacesTest extends RulePlacesContract {
    RulePlacesTest() {
        super(BrokenRules.ALL);
    }
}
