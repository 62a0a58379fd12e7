package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.ServerControl;

class AdapterOperationsOnPayaraIT extends AdapterOperationsContract {
    @Override
    ServerControl started() {
        return TccServer.payaraWithOperators().control();
    }
}
