package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.ServerControl;

class AdapterOperationsOnWildFlyIT extends AdapterOperationsContract {
    @Override
    ServerControl started() {
        return TccServer.wildFlyWithOperators().control();
    }
}
