package io.holdfast.rar.mutation;

import io.holdfast.mutation.RulePlacesContract;

class RulePlacesTest extends RulePlacesContract {
    RulePlacesTest() {
        super(AdapterRules.ALL);
    }
}
